"""What was decided about the customer, and the reasons a model gave when it was asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from explainbot.explain.languages import Language
from explainbot.explain.lines import Item, Line, Part, listed, say
from explainbot.explain.view.naming import name

if TYPE_CHECKING:
    from explainbot.explain.decision import Condition, Decision
    from explainbot.explain.explanation import Explanation

__all__ = ["decision", "narrated"]


def decision(item: Decision, one: Explanation, words: Language) -> Item:
    """A decision: its outcome, who made it, the rule with the customer's data, what would change it, and who looks."""
    below = []
    if item.significant:
        below.append(say(words, "decision_significant"))
    if item.outcome != "asked":
        below.append(say(words, f"decided_{item.by}"))
    if item.rule:
        below.append(say(words, "decision_rule", rule=Part(item.rule, "name")))
    for condition in item.conditions:
        gaps = {"field": Part(condition.field, "name"), "actual": Part(condition.actual, "name")}
        message = "condition_met" if condition.met else "condition_missed"
        below.append(say(words, message, required=_required(condition, words), **gaps))
    changes = [
        say(words, "would_be", field=Part(condition.field, "name"), required=_required(condition, words))
        for condition in item.would_change_it
    ]
    if changes:
        below.append(say(words, "would_change", conditions=listed(words, changes)))
    review = Part(one.contact, "name") if one.contact else None
    below.append(say(words, "decision_review", contact=review) if review else say(words, "decision_review_none"))
    return Item(say(words, f"decision_{item.outcome}", what=Part(item.what, "name")), tuple(below))


def _required(condition: Condition, words: Language) -> Line:
    value = Part(condition.required, "name")
    if condition.test == "is":
        return (value,)
    return say(words, "at_least" if condition.test == "at least" else "at_most", value=value)


def narrated(one: Explanation, words: Language) -> Iterator[Item]:
    """The reasons a model gave when it was asked, said to be its own, and how many did not hold."""
    if one.narrated is None:
        return
    by_id = {source.id: source for source in one.sources}
    earlier = next((source for source in one.sources if source.stands_for > 1), None)
    for reason in one.narrated.reasons:
        quote = say(words, "quote", quote=Part(reason.quote, "quote"))
        given = by_id.get(reason.source_id, earlier)
        where = say(words, "state_found", source=name(given, words, linked=True)) if given else ()
        yield Item((Part(reason.text, "said"),), (where, quote))
    if one.narrated.reasons:
        yield Item(say(words, "narrated_note"))
    else:
        yield Item(say(words, "narrated_none"))
    if one.narrated.dropped:
        yield Item(say(words, "narrated_dropped", one.narrated.dropped))
