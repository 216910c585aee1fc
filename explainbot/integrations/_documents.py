"""A document as a framework's retriever gives it: a text, an id, and whatever the loader knew of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from explainbot.explain import Source

__all__ = ["source_of"]

TITLES = ("title", "file_name", "filename", "name")
PLACES = ("url", "source", "file_path", "path")
CHANGES = ("updated", "last_modified", "last_modified_date", "lastmod", "modified")
"""The names under which loaders of LangChain and LlamaIndex keep a title, a place and the time of the last change."""


def source_of(text: str, id: str | None, about: Mapping[str, Any]) -> Source:
    """A retrieved document as a source.

    Args:
        text: what the model is given of it.
        id: its id in the store, if it has one; else it is called by its place, or its title.
        about: its metadata.

    A place on the web becomes the link that the customer can read; of any other only the last part is told, as a title.
    """
    place, title = _first(about, PLACES), _first(about, TITLES)
    url = place if place and place.startswith(("https://", "http://")) else None
    if title is None and place and url is None:
        title = PurePath(place.replace("\\", "/")).name
    return Source(
        id=id or place or title or "document",
        text=text,
        title=title,
        url=url,
        updated=_first(about, CHANGES),
    )


def _first(about: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    """The first of the members that is set."""
    return next((str(value) for name in names if (value := about.get(name)) not in (None, "")), None)
