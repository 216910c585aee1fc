"""Presidio's recognizers, with spaCy for names and places (`pip install "explainbot[presidio]"`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from explainbot.detectors.slow import Slow, Taken, Timer, loaded, pieces
from explainbot.detectors.spacy import ENGLISH, checked_model, pipeline
from explainbot.errors import ConfigError
from explainbot.privacy import Detection

__all__ = ["Presidio"]

LEFT: Final = frozenset({"DATE_TIME", "NRP", "ORGANIZATION", "URL", "EMAIL_ADDRESS"})
"""What is not looked for: dates, nationalities and companies, which a bot has to read; and addresses on the internet,
which the rules find and for which Presidio fetches a list from the network."""

PIECE = 1_000
"""Characters that are read at once: some of its expressions take time that grows with the square of the text."""


@dataclass(frozen=True)
class Presidio(Slow):
    """Finds what the recognizers of Presidio's registry find, but for dates, nationalities and companies.

    Args:
        model: an installed package with a spaCy pipeline for the language.
        language: ISO 639-1 code.
        threshold: the lowest score of Presidio's that counts, 0 to 1; it then is 0.5 at least.
    """

    model: str = ENGLISH
    language: str = "en"
    threshold: float = 0.5
    name: ClassVar[str] = "presidio"
    packages: ClassVar[tuple[str, ...]] = ("presidio_analyzer", "spacy")

    def __post_init__(self) -> None:
        super().__post_init__()
        checked_model(self.model)
        if not 0 <= self.threshold <= 1:
            raise ConfigError("the threshold of the detector 'presidio' lies between 0 and 1")

    def load(self) -> Taken:
        return loaded(("presidio", self.model, self.language), lambda: Taken(_analyzer(self.model, self.language)))

    def read(self, text: str, in_time: Timer) -> Iterator[Detection]:
        model = self.load()
        for offset, piece in pieces(text, PIECE, in_time):
            for found in model.run(piece, in_time) or ():
                if found.score >= self.threshold:
                    start, end = offset + found.start, offset + found.end
                    kind, score = found.entity_type, max(0.5, found.score)
                    yield Detection(start, end, kind, score, "a recognizer of Presidio's", self.name)


def _analyzer(model: str, language: str) -> Callable[[str], list[Any]]:
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import SpacyNlpEngine

    words: Any = SpacyNlpEngine()
    words.nlp = {language: pipeline(model)}  # it would download a pipeline of its own
    analyzer: Any = AnalyzerEngine(nlp_engine=words, supported_languages=[language])
    wanted = sorted(set(analyzer.get_supported_entities(language)) - LEFT)

    def find(piece: str) -> list[Any]:
        found: list[Any] = analyzer.analyze(piece, language=language, entities=wanted)
        return found

    return find
