"""From tagged tokens to detections: neighbours of one kind become one span."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from math import prod

from explainbot.privacy.detection import Detection
from explainbot.privacy.tagger.meaning import Run, meaning
from explainbot.privacy.tagger.tagging import ADDRESS, ORGANISATION, PERSON, PLACE, WORTH, Tagged, Tagger
from explainbot.privacy.tagger.telling import SURE, WORD, is_one
from explainbot.privacy.tagger.things import is_called, is_named_after_street, is_place, is_thing

LEAST = 0.2
"""Spans less likely than this are not worth telling."""

SMALL = 0.3
"""A token without a capital belongs to a span from here on; one with a capital from `WORTH` on."""

STRANGE = 0.2
"""The same for a token without a capital that the lexicon does not have at all."""

BESIDE = 4
"""Characters at most between a number and the part of an address beside it: a number alone is an order's, or a sum."""

_NEXT = re.compile(
    r"[\s,;.:]{1,3}(?:phone|telephone|tel|mobile|cell|fax)[\s.:]{0,3}(?:[+(\d][\d() /-]{5,23})?\Z", re.IGNORECASE
)
"""What an address may run on into: the word for the number after it, and that number, which rules find."""

BLANKS = 4
"""Blanks at most between two words of one span; more part the columns of a table."""

MOST_HALVES = 6
"""Halves that a name is given on either side, so that the work stays in step with a text that is all hyphens."""

LONGEST_HALF = 24
"""Letters of the first half of a double name."""

_TITLE_BEHIND = re.compile(
    r",? ?\b(?:Mrs?|Ms|Miss|M\.?D|Ph\.?D|Psy\.?D|Ed\.?D|D\.?D\.?S|L?MFT|LCSW|RN|NP|JD|Esq|CPA|MBA|Jr|Sr|I{2,3}|IV)"
    r"\b\.?(?!\w)"
)
"""A title or degree behind a name: "Karen T. Fowler, Ms"."""

_HALF_BEHIND = re.compile(r"[-\u2010\u2011]([^\W\d_]+)")
_HALF_BEFORE = re.compile(r"(?<![\w-])([^\W\d_]+)[-\u2010\u2011]\Z")
_SURNAME_BEFORE = re.compile(r"(?:^|(?<=\W))([\uac00-\ud7a3]{1,2}|[\u3400-\u9fff])\Z")
"""What may stand before a name at the beginning of a word: a character of Han, or one or two of Hangul."""

_ELIDED = re.compile(r"(?<!\w)[DLON]['\u2019]\Z")
"""What a surname begins with: "D'Angelo"."""

_HANGUL = re.compile(r"(?<![\uac00-\ud7a3])[\uac00-\ud7a3]{2}")
_SYLLABLE_BEHIND = re.compile("(?![은는이가을를의도와과에께한씨님만로랑하])[\uac00-\ud7a3]")
"""The third syllable of a Korean name, which is no particle."""

_NUMBERED = re.compile(
    r"(?<![^\W_])(?:orders?|invoices?|tickets?|case|items?|products?|articles?|sku|parcel|shipment|tracking|booking|id"
    r"|bestellung|auftrag|rechnung|artikel|sendung|commande|facture|pedido|factura|ordine|fattura|encomenda|fatura"
    r"|bestelling|factuur|zamówienie|faktura)"
    r"(?:s?nummer|[ _-]?(?:ids?|no|nr|num|number|ref|code)\.?)?[^\w\n.!?]{0,6}\Z",
    re.IGNORECASE,
)
"""What a number that is no postcode stands behind."""


def spans(tagger: Tagger, text: str) -> Iterator[Detection]:
    """People, addresses, places and organisations in `text`; a pure function of the text."""
    likely = [run for run in _runs(tagger, text) if run.chance >= LEAST and is_one(tagger, text, run)]
    runs = list(_placed(tagger, text, likely))
    for index, run in enumerate(runs):
        kind, why = meaning(text, runs, index)
        yield Detection(run.start, run.end, kind, run.chance, why)


def _runs(tagger: Tagger, text: str) -> Iterator[Run]:
    """Tokens of one label with no more than blanks between them; of "Lyon, France" each is a place."""
    run: list[Tagged] = []
    for item in tagger.tag(text):
        first = text[item.start]
        if not (first == "\n" or first.isprintable()) or not _is_likely(tagger, text, item):
            continue
        if first == "," and item.label == PLACE:
            continue
        gap = text[run[-1].end : item.start] if run else ""
        if run and (gap.strip(" ") or len(gap) > BLANKS or not _one_name(text, run[-1], item)):
            yield _joined(tagger, text, run)
            run = []
        run.append(item)
    if run:
        yield _joined(tagger, text, run)


def _is_likely(tagger: Tagger, text: str, item: Tagged) -> bool:
    """Whether a token is likely enough to belong to a span."""
    if text[item.start].isupper() or item.chance >= SMALL:
        return item.chance >= WORTH
    return item.chance >= STRANGE and not tagger.knows(text[item.start : item.end])


def _one_name(text: str, left: Tagged, right: Tagged) -> bool:
    """Whether two tokens side by side are of one span: of one label, or a name of which a part is also a place."""
    if left.label == right.label:
        return True
    both = {left.label, right.label}
    return PERSON in both and ADDRESS not in both and text[left.start].isupper() and text[right.start].isupper()


def _joined(tagger: Tagger, text: str, run: Sequence[Tagged]) -> Run:
    start, end = run[0].start, run[-1].end
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    label = min((item.label for item in run), key=lambda label: label != PERSON)
    if label == PERSON:
        start, end = _whole(text, start, end)
    if label == ADDRESS and (beyond := _NEXT.search(text[start:end])):
        end = start + beyond.start()
    return Run(
        start, end, label, round(_any(tagger, text, run) if label == PERSON else max(item.chance for item in run), 3)
    )


def _any(tagger: Tagger, text: str, run: Sequence[Tagged]) -> float:
    """The chance that a run holds a name at all: words with capitals, none of them everyday, bear each other out."""
    together = 1 - prod(
        1 - item.chance
        for item in run
        if text[item.start].isupper() and not tagger.is_everyday(text[item.start : item.end])
    )
    return max(together, *(item.chance for item in run))


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """A name with the rest of it that reads as no name by itself: "-Lev" behind "Bar", a surname of one character."""
    for _ in range(MOST_HALVES):
        if not (tail := _HALF_BEHIND.match(text, end)) or not tail[1][0].isupper():
            break
        end = tail.end()
    for _ in range(MOST_HALVES):
        if not (head := _HALF_BEFORE.search(text, max(0, start - LONGEST_HALF), start)) or not head[1][0].isupper():
            break
        start = head.start()
    if " " in text[start:end] and (title := _TITLE_BEHIND.match(text, end)):
        end = title.end()
    if ahead := _ELIDED.search(text, max(0, start - 3), start):
        start = ahead.start()
    if end - start < 3 and (surname := _SURNAME_BEFORE.search(text, max(0, start - 3), start)):
        start = surname.start(1)
    if end - start == 2 and _HANGUL.match(text, start) and _SYLLABLE_BEHIND.match(text, end):
        end += 1
    return start, end


def _placed(tagger: Tagger, text: str, runs: Sequence[Run]) -> Iterator[Run]:
    """Addresses without a number or a word for street are places, and nothing if they are everyday words.

    A country is a place, too, where it was taken for a name.
    """
    for index, run in enumerate(runs):
        words = WORD.findall(text, run.start, run.end)
        if run.label == PERSON and is_place(tagger, text, run):
            yield run._replace(label=PLACE)
        elif (run.label == PERSON and (is_thing(tagger, text, run, words) or is_called(text, runs, index))) or (
            run.label == ADDRESS and words and is_named_after_street(text, run, words)
        ):
            yield run._replace(label=ORGANISATION)
        elif _is_bare(text, run) and (_is_numbered(text, run) or not _has_neighbour(runs, index)):
            continue
        elif run.label != ADDRESS or any(map(str.isdigit, text[run.start : run.end])) or tagger.has_street(words):
            yield run
        elif any(runs[other].label == ADDRESS for other in (index - 1, index + 1) if 0 <= other < len(runs)) or not all(
            map(tagger.is_everyday, words)
        ):
            yield run._replace(label=PLACE)


def _is_bare(text: str, run: Run) -> bool:
    """Whether a span is an address of digits alone, as a postcode is."""
    return run.label == ADDRESS and text[run.start : run.end].isdecimal()


def _is_numbered(text: str, run: Run) -> bool:
    """Whether the words right before a number say what it counts: `"order": "10021"` has no postcode in it."""
    return _NUMBERED.search(text, max(0, run.start - 40), run.start) is not None


def _has_neighbour(runs: Sequence[Run], index: int) -> bool:
    """Whether a number is sure to be a postcode, or stands beside another part of an address."""
    run = runs[index]
    before, after = runs[index - 1] if index else None, runs[index + 1] if index + 1 < len(runs) else None
    return (
        run.chance >= SURE
        or (before is not None and before.label in (ADDRESS, PLACE) and run.start - before.end <= BESIDE)
        or (after is not None and after.label in (ADDRESS, PLACE) and after.start - run.end <= BESIDE)
    )
