"""Documents that a bot pasted into a message without saying so: found by the shape they stand in.

One file and one line in `SHAPES` for each shape. A shape reads a message and names spans of it; none of them changes
it, so that a passage is a slice of the message as it was sent. All of them are linear in the message.

What may be found depends on whose words a message holds:

- *Instructions* are secret: trade secrets and other people's rights (GDPR recital 63; CJEU C-203/22). A document inside
  them was written for readers and is quoted, the rules round it never are. So everything doubtful stays with the rules:
  a document counts only inside marks that say what it is, and of all shapes in a message only the one that comes first
  counts; it ends where its marks end, and where its end has no mark, after its first line. What calls itself internal
  or confidential, and what stands among examples, is left. So a hostile document that closes its marks early, or opens
  others, makes less of itself found, not more of the rules.
- The *customer's message* may be the bot's template or the customer's own writing, and nobody can tell which. So a
  document in it is said to have come with the message, and none is looked for where the developer named documents.
- A *tool result* is data all through. Its documents need no sign but their form.
- *Earlier turns* are not searched: what a model wrote in one, with sources or without, is not a document.
"""

from __future__ import annotations

from collections.abc import Sequence

from explainbot._registry import Registry
from explainbot.explain.index import OVERHEAD
from explainbot.explain.source import digest
from explainbot.passages.base import PLACES, Passage, Place, Shape, blanked
from explainbot.passages.words import may_be_quoted
from explainbot.privacy.remembered import Remembered

__all__ = ["SHAPES", "Passage", "blanked", "passages"]

MAX_SEARCHED = 200_000
"""Characters of one message that are searched; as many as are matched (`explain.index.MAX_SOURCE`)."""

_KEPT: Remembered[tuple[Passage, ...]] = Remembered(1_000_000)
"""What was found in texts seen before, for a million characters of them: a bot's instructions come with every turn."""

SHAPES: Registry[Shape] = Registry(
    "shape",
    "explainbot.passages",
    {
        "tags": "explainbot.passages.tags:find",
        "objects": "explainbot.passages.objects:find",
        "fences": "explainbot.passages.fences:find",
        "records": "explainbot.passages.records:find",
        "numbered": "explainbot.passages.numbered:find",
        "headings": "explainbot.passages.headings:find",
        "labelled": "explainbot.passages.labelled:find",
    },
)
"""Shapes, those with the surest marks first: what one has found, the next do not see."""


ANNOUNCED_ONLY = frozenset({"headings", "labelled"})
"""Shapes made of an announcement alone. Another one that begins right below the announcement is meant by it."""


def passages(text: str, kind: str) -> tuple[Passage, ...]:
    """The documents inside a message, in order, not overlapping; `kind` is one of the kinds of `explainbot.Source`."""
    place = PLACES.get(kind)
    if place is None:
        return ()
    text = text[:MAX_SEARCHED]
    key = (kind, digest(text))
    known = _KEPT.get(key)
    if known is None:
        known = _searched(text, place)
        _KEPT.put(key, len(text) + OVERHEAD, known)
    return known


def _searched(text: str, place: Place) -> tuple[Passage, ...]:
    found = _foremost(text, place) if place.secret else _found(text, place, list(SHAPES))
    return tuple(sorted(found, key=lambda passage: passage.start))


def _foremost(text: str, place: Place) -> list[Passage]:
    """The documents in the one shape whose mark comes first: the bot sets its marks ahead of what they mark, so any
    that come later may be a document's own, set there to take the rules behind it for a document."""
    shapes = list(SHAPES)
    held = {name: sorted(SHAPES.load(name)(text, place), key=lambda one: one.outer_start) for name in shapes}
    firsts = {name: own[0].outer_start for name, own in held.items() if own}
    if not firsts:
        return []
    start = min(firsts.values())
    if all(firsts[name] > start for name in firsts if name not in ANNOUNCED_ONLY):
        line_end = text.find("\n", start)
        below = text[line_end:].lstrip()
        start_below = len(text) - len(below)
        meant = [name for name in firsts if name not in ANNOUNCED_ONLY and firsts[name] <= start_below]
        start = min([firsts[name] for name in meant], default=start)
    chosen = next(name for name in shapes if firsts.get(name) == start)
    return _taken(text, held[chosen], place, [name for name in shapes if name != chosen])


def _found(text: str, place: Place, shapes: Sequence[str]) -> list[Passage]:
    """The documents in all shapes, the surest first; what one has found, the next do not see."""
    found: list[Passage] = []
    whole = text
    for name in shapes:
        if found and name in ANNOUNCED_ONLY and not place.announced:
            break
        own = list(SHAPES.load(name)(text, place))
        taken = _taken(text, own, place, [other for other in shapes if other != name])
        # One that lies round what another shape has seen would be quoted with a hole in it.
        found += [one for one in taken if text[one.start : one.end] == whole[one.start : one.end]]
        text = blanked(text, [(one.outer_start, one.outer_end) for one in own])
    return found


def _taken(text: str, own: Sequence[Passage], place: Place, inner: Sequence[str]) -> list[Passage]:
    found: list[Passage] = []
    for one in own:
        if not one.doubtful:
            found += _inside(text, one, place, inner) if one.block else _quotable(one, place)
    return found


def _quotable(one: Passage, place: Place) -> list[Passage]:
    return [one] if one.says_something and may_be_quoted(one.text, one.about, place) else []


def _inside(text: str, block: Passage, place: Place, shapes: Sequence[str]) -> list[Passage]:
    """The documents inside a block of them: those that are marked, else the block as one."""
    inner = [one.moved(block.start) for one in _found(text[block.start : block.end], place.marked(), shapes)]
    if not inner:
        return _quotable(block, place)
    first = min(one.outer_start for one in inner)
    return inner if may_be_quoted(text[block.outer_start : first], block.about, place) else []
