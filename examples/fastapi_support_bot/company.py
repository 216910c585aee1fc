"""Who answers for this desk: the names and addresses that the page and every explanation show."""

from explainbot import Operator, Settings

NAME = "Larkwheel"
PHONE = "020 7946 0321"
OPERATOR = Operator(name="Larkwheel Ltd, customer care", contact="help@larkwheel.example")
CONTACT = f'press "Talk to a person" on this page, or call {PHONE}'


def settings(**more: object) -> Settings:
    """The desk's explainbot settings, to be given to `explainbot.configure` or a client; `more` overrides or adds."""
    return Settings(**{"operator": OPERATOR, "contact": CONTACT, "tenant": "larkwheel", **more})
