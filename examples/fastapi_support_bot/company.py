"""Who answers for this desk: the names and addresses that the page and every explanation show."""

from typing import Any

from explainbot import Allow, Operator, Settings

NAME = "Larkwheel"
PHONE = "020 7946 0321"
OPERATOR = Operator(name="Larkwheel Ltd, customer care", contact="help@larkwheel.example")
CONTACT = f'press "Talk to a person" on this page, or call {PHONE}'
OWN_WORDS = Allow(
    values=[NAME, PHONE, OPERATOR.contact or "", "GreenPedal", "PayNest", "Port Ansel"],
    patterns=[r"Lark [A-Z][a-z]{1,20}( [0-9])?( e(-bike)?)?"],
)
"""Names of the shop, its towns and its bikes, which a detector could take for those of people and addresses."""


def settings(**more: Any) -> Settings:
    """The desk's explainbot settings, to be given to `explainbot.configure` or a client; `more` overrides or adds."""
    own: dict[str, Any] = {"operator": OPERATOR, "contact": CONTACT, "tenant": "larkwheel", "allow": OWN_WORDS}
    return Settings(**{**own, **more})
