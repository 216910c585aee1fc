"""Names, addresses and places by the way they stand in a sentence, without a cue.

A small statistical tagger (`explainbot.privacy.tagger`): its weights ship with the package, with a model card beside
them. Rules find what announces itself ("my name is"); this finds the rest ("transfer it to Sarah").
"""

from __future__ import annotations

from collections.abc import Iterable

from explainbot.privacy.detection import Detection
from explainbot.privacy.remembered import Remembered, fingerprint
from explainbot.privacy.tagger.spans import spans
from explainbot.privacy.tagger.tagging import tagger
from explainbot.privacy.thresholds import graded

MAX_READ = 1_000_000
"""Characters of one text that are read: some seconds. Behind them rules alone look for names."""

_TAGGER = tagger()
"""Read with the settings, so that no request waits for a file."""


LONG = 1_000
"""Texts of at least so many characters are not read twice: a bot sends its instructions and documents again with each
conversation, whoever the customer is."""

_READ: Remembered[tuple[Detection, ...]] = Remembered()


@graded
def detect(text: str) -> Iterable[Detection]:
    """People, addresses, places and organisations in `text`, likely ones and less likely ones, each with its chance."""
    if len(text) < LONG:
        return spans(_TAGGER, text)
    key = fingerprint(text)
    found = _READ.get(key)
    if found is None:
        found = tuple(spans(_TAGGER, text[:MAX_READ]))
        _READ.put(key, len(text), found)
    return found
