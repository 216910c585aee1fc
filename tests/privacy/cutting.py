"""Restoring a text in pieces, and the promise about it: however a text is cut, what comes out is the same."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from explainbot.privacy import Edit, Restorer, Vault


def restored(
    vault: Vault, text: str, cuts: Iterable[int] = (), edits: list[Edit] | None = None, **options: Any
) -> tuple[str, Restorer]:
    """The text as it is shown, fed to a restorer in pieces that end at the `cuts`; and that restorer."""
    restorer = Restorer(vault, shown=True, edits=edits, **options)
    marks = sorted({0, len(text), *[min(cut, len(text)) for cut in cuts]})
    pieces = [text[start:end] for start, end in pairwise(marks)]
    return "".join([restorer.feed(piece) for piece in pieces]) + restorer.flush(), restorer


def assert_cutting_changes_nothing(vault: Vault, text: str, cuts: Iterable[int], **options: Any) -> None:
    """Nor does cutting after every character: not the text, not what is noted of each place, not what is counted."""

    def outcome(cuts: Iterable[int]) -> tuple[object, ...]:
        edits: list[Edit] = []
        result, restorer = restored(vault, text, cuts, edits, **options)
        return result, edits, restorer.restored, restorer.withheld, restorer.unknown

    assert outcome(cuts) == outcome(range(len(text))) == outcome(())
