"""Which of several media types a client would rather have (RFC 9110, 12.5.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

__all__ = ["acceptable"]


def acceptable(accept: str, offered: Sequence[str]) -> str | None:
    """The media type to answer with: highest quality first, the order of the offer among equals; None for none.

    Args:
        accept: the `Accept` header, empty where there is none.
        offered: media types, the preferred one first.
    """
    if not accept.strip():
        return offered[0]
    ranges = dict(_range(part) for part in accept.split(","))
    offers = [(_quality(name, ranges), name) for name in offered]
    best = max(offers, key=lambda offer: offer[0])
    return best[1] if best[0] > 0 else None


def _range(part: str) -> tuple[str, float]:
    name, *parameters = (piece.strip().lower() for piece in part.split(";"))
    quality = next((piece[2:] for piece in parameters if piece.startswith("q=")), "1")
    try:
        return name, min(max(float(quality), 0.0), 1.0)
    except ValueError:
        return name, 0.0


def _quality(name: str, ranges: Mapping[str, float]) -> float:
    """Quality of the most specific range that names this media type; 0 where none does."""
    for candidate in (name, f"{name.partition('/')[0]}/*", "*/*"):
        if candidate in ranges:
            return ranges[candidate]
    return 0.0
