"""A person who was named in full is known again by first name or surname: "Priya Raman", later "Ms Raman" or "priya".

Only within one conversation. The placeholder of such a part carries the number of the whole: `[SURNAME_1]` belongs to
`[PERSON_1]`. A part that two people have in common belongs to neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from explainbot.privacy.detection import Detection
from explainbot.privacy.egress import standing
from explainbot.privacy.tagger.tagging import tagger


def called(text: str, short: Iterable[str]) -> Iterator[Detection]:
    """Where one of the parts (folded) stands as a word.

    One that is an everyday word and no name was taken for somebody's by mistake; one that is both counts only with a
    capital.
    """
    lexicon = tagger()
    for item in standing(text, [(part, "PERSON") for part in short if not lexicon.is_everyday(part)]):
        if text[item.start].isupper() or not lexicon.is_common(text[item.start : item.end]):
            yield item._replace(why="part of a name of this conversation")
