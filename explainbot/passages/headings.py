"""Documents as Markdown sections: those under a heading that announces them, and those headed as a document.

    # Help articles                     ### Document 1: Refund policy
    ## Refund policy                    You can return any item.
    You can return any item.

A section ends at the next heading. In the instructions the last one of all is left, for nothing shows its end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from explainbot.passages.base import Passage, Place, cut, described
from explainbot.passages.words import ends_in_cue, is_cue, is_vague, refers_to, unclosed_end

_HEADING = re.compile(r"(?m)^(#{1,6})[ \t]+([^\n]{1,200}?)[ \t#]*$")
_DOCUMENT = re.compile(
    r"(?i)(?:document|doc|article|source|passage|excerpt|faq)[ #]*(?:\d{1,3})?[ \t]*[:：–—-][ \t]*(\S.*)"
)


def find(text: str, place: Place) -> Iterator[Passage]:
    """Sections that are documents. A tool's result in Markdown is one document as it is."""
    if place.data:
        return
    heads = list(_HEADING.finditer(text))
    ends = _ends(heads, len(text))
    under, announcing = 0, None
    for number, head in enumerate(heads):
        title = head[2].strip("* ")
        inside = head.start() < under
        named = _DOCUMENT.fullmatch(title)
        if not inside and not named and _announces(text, head, ends[number], place):
            under = ends[number]
            announcing, inside = head, True
        start, end = head.end(), heads[number + 1].start() if number + 1 < len(heads) else len(text)
        if not (inside or named or place.announced) or not text[start:end].strip():
            continue
        about = described({"title": named[1] if named else title}) if head is not announcing else {}
        if place.secret and not place.announced and number + 1 == len(heads):
            continue  # nothing shows where it ends
        end = unclosed_end(text, start, end, place, whole=True)
        yield cut(text, start, end, (head.start(), end), about, block=not about)


def _announces(text: str, head: re.Match[str], end: int, place: Place) -> bool:
    """Whether a heading says that documents follow; in the instructions a vague one needs more than its word."""
    if not is_cue(head[0]) or len(head[2].split()) > 5 or not ends_in_cue(head[2]):
        return False
    return not place.secret or not is_vague(head[2]) or refers_to(text, head.start(), end)


def _ends(heads: list[re.Match[str]], length: int) -> list[int]:
    """For each heading, where the next one of its level or above begins."""
    ends = [length] * len(heads)
    open_: list[int] = []
    for number, head in enumerate(heads):
        while open_ and len(heads[open_[-1]][1]) >= len(head[1]):
            ends[open_.pop()] = head.start()
        open_.append(number)
    return ends
