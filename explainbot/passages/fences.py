"""Documents between lines or marks that fence them off, under a line that announces them.

    Context information is below.                     Wikipedia article section:
    ---------------------                             \"\"\"
    ...                                               ...
    ---------------------                             \"\"\"

The first is LlamaIndex's question-answering prompt, the second that of OpenAI's cookbook on embeddings.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from explainbot.passages.base import Passage, Place, cut
from explainbot.passages.words import is_cue, is_vague, line_above, refers_to

_FENCE = re.compile(r"(?m)^[ \t]*+(-{3,}|={3,}|_{3,}|\*{3,}|#{3,}|~{3,}|\"{3}|'{3}|`{3})([\w-]{0,20})[ \t]*$")


def find(text: str, place: Place) -> Iterator[Passage]:
    """Blocks of documents between two equal fences, the first of them under an announcement.

    In the instructions there must be two fences of the kind and no more: with three, nobody can tell inside from
    outside, and a hostile document could bring its own.
    """
    fences = list(_FENCE.finditer(text))
    following: dict[str, int] = {}
    closing = [len(fences)] * len(fences)
    for number in range(len(fences) - 1, -1, -1):
        closing[number] = following.get(fences[number][1], len(fences))
        following[fences[number][1]] = number
    count = Counter(fence[1] for fence in fences)
    at = 0
    while at < len(fences):
        first, last = fences[at], closing[at]
        cue = line_above(text, first.start())
        if last == len(fences) or not is_cue(cue):
            at += 1
            continue
        outer = (first.start(), fences[last].end())
        passage = cut(text, first.end(), fences[last].start(), outer, {}, block=True)
        announced = not is_vague(cue) or refers_to(text, *outer, r"\w+")
        clear = not place.secret or (count[first[1]] == 2 and announced)
        yield passage if clear else replace(passage, doubtful=True)
        at = last + 1
