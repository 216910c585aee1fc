"""A text behind a plain label: "Context: ..." up to "Question:", as in LangChain's common retrieval prompts.

The form is that of `rlm/rag-prompt` and of the system prompt in LangChain's retrieval-chain guide, whose documents are
joined by empty lines and have no names of their own. In the instructions it ends at its first empty line, for what
follows may be a document or a rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from explainbot.passages.base import Passage, Place, cut
from explainbot.passages.words import is_cue, is_vague, refers_to, unclosed_end

MANY = 1_000
"""Lines it may have."""

_LABEL = re.compile(r"(?m)^[ \t*#]*+(?P<name>[^\W\d][^\n:：]{0,60}?)(?<!\d)[:：][*]*(?=[ \t]*\S|[ \t]*\n)")


def find(text: str, place: Place) -> Iterator[Passage]:
    """The text behind the first label that announces documents; it ends where a line speaks to the model."""
    if place.data or place.announced:
        return
    for label in _LABEL.finditer(text):
        if not is_cue(label[0]):
            continue
        if place.secret and is_vague(label[0]) and not refers_to(text, label.start(), label.end()):
            continue
        end = unclosed_end(text, label.end(), len(text), place, whole=not place.secret, lines=MANY)
        yield cut(text, label.end(), end, (label.start(), end), {}, block=True)
        return
