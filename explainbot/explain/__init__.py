"""Explanations: what a reply rests on, computed from the record of what was really sent and returned."""

from explainbot.explain.decision import Condition, Decision
from explainbot.explain.explanation import Explanation, HiddenData, SourceNote, explain
from explainbot.explain.grounding import ground
from explainbot.explain.source import Operator, Record, Source
from explainbot.explain.statement import CheckedValue, Evidence, Statement

__all__ = [
    "CheckedValue",
    "Condition",
    "Decision",
    "Evidence",
    "Explanation",
    "HiddenData",
    "Operator",
    "Record",
    "Source",
    "SourceNote",
    "Statement",
    "explain",
    "ground",
]
