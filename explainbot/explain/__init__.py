"""Explanations: what a reply rests on, computed from the record of what was really sent and returned."""

from explainbot.explain.calls import CallNote
from explainbot.explain.decision import Condition, Decision
from explainbot.explain.explaining import explain
from explainbot.explain.explanation import Explanation, HiddenData, SourceNote
from explainbot.explain.grounding import ground, read_ahead
from explainbot.explain.source import Cited, Operator, Record, Source
from explainbot.explain.statement import Check, CheckedValue, Citation, Effect, Evidence, RemovalTest, Statement

__all__ = [
    "CallNote",
    "Check",
    "CheckedValue",
    "Citation",
    "Cited",
    "Condition",
    "Decision",
    "Effect",
    "Evidence",
    "Explanation",
    "HiddenData",
    "Operator",
    "Record",
    "RemovalTest",
    "Source",
    "SourceNote",
    "Statement",
    "explain",
    "ground",
    "read_ahead",
]
