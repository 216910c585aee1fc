"""Detectors that are too heavy to be there for everyone: each an extra of its own, and off until it is asked for.

    Settings(detectors=["ner"])                  # by name, as it is
    Settings(detectors=[NER(budget=0.2)])        # or with options

One file and one line each; more through entry points `explainbot.heavy_detectors`.
"""

from __future__ import annotations

from collections.abc import Callable

from explainbot._registry import Registry
from explainbot.detectors.ner import NER
from explainbot.detectors.presidio import Presidio
from explainbot.detectors.spacy import Spacy
from explainbot.privacy import Detector

__all__ = ["HEAVY", "NER", "Presidio", "Spacy"]

HEAVY: Registry[Callable[[], Detector]] = Registry(
    "detector",
    "explainbot.heavy_detectors",
    {
        "ner": "explainbot.detectors.ner:NER",
        "presidio": "explainbot.detectors.presidio:Presidio",
        "spacy": "explainbot.detectors.spacy:Spacy",
    },
)
