"""The demo's questions: what customers of an invented bicycle shop write, with the personal data that people put in.

Nobody here exists. Phone numbers are from Ofcom's range for fiction (07700 900000 to 900999), e-mail domains from
RFC 2606, the card number is Visa's test number, the IBAN the example for the United Kingdom in SWIFT's IBAN registry.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["QUESTIONS", "Question"]


@dataclass(frozen=True, slots=True)
class Question:
    """One message to the support desk.

    Attributes:
        customer: id of the signed-in customer in the desk's order system.
        message: what they write.
        personal: every personal value in the message, as written: none of them may reach the model.
        fact: regular expression that a right answer matches. Used to measure the demo, never while it runs.
        order: the customer's order that the message names; its number counts as personal.
    """

    customer: str
    message: str
    personal: tuple[str, ...]
    fact: str
    order: str | None = None


MARTA, DEVENDRA, OLABISI, FINN = "cus-2041", "cus-2088", "cus-1763", "cus-2310"

QUESTIONS = (
    Question(
        MARTA,
        "Hello, this is Marta Lindqvist (marta.lindqvist@example.com). I sent a jacket back last week. "
        "How long does the refund take to reach my card 4111 1111 1111 1111?",
        ("Marta", "Lindqvist", "marta.lindqvist@example.com", "4111 1111 1111 1111"),
        r"5 working days",
    ),
    Question(
        FINN,
        "Where is my order LW-10448? You can reach me on 07700 900806 or at finn.osullivan@example.com. "
        "Finn O'Sullivan",
        ("LW-10448", "07700 900806", "finn.osullivan@example.com", "Finn", "O'Sullivan"),
        r"20 July",
        order="LW-10448",
    ),
    Question(
        OLABISI,
        "I have lost the key of my frame lock. What does a new one cost? "
        "Please post it to 9 Orchard Rise, Port Ansel, PA6 1DW. Olabisi Adeyemi",
        ("9 Orchard Rise", "PA6 1DW", "Olabisi", "Adeyemi"),
        r"£\s?14(?![.,]?\d)",
    ),
    Question(
        DEVENDRA,
        "Devendra Rao here, cus-2088, dev.rao@example.org. I bought a pannier bag and do not like it. "
        "How many days do I have to return it?",
        ("Devendra", "Rao", "cus-2088", "dev.rao@example.org"),
        r"45 days",
    ),
    Question(
        OLABISI,
        "I would like to pay by bank transfer from GB29 NWBK 6016 1331 9268 19. "
        "How long do you keep the items for me? O. Adeyemi, 07700 900381",
        ("GB29 NWBK 6016 1331 9268 19", "Adeyemi", "07700 900381"),
        r"7 days",
    ),
    Question(
        FINN,
        "My bike was stolen last night! What must I do first? "
        "Finn O'Sullivan, 54 Millrace Lane, BR2 9HS, +44 7700 900806",
        ("54 Millrace Lane", "BR2 9HS", "+44 7700 900806", "Finn", "O'Sullivan"),
        r"(?i)\bpolice\b",
    ),
    Question(
        MARTA,
        "When is the van coming with LW-10432? My phone is 07700 900142, the address is 17 Heron Close, BR4 7QT. Marta",
        ("LW-10432", "07700 900142", "17 Heron Close", "BR4 7QT", "Marta"),
        r"18 June",
        order="LW-10432",
    ),
    Question(
        DEVENDRA,
        "Can a mechanic come to Flat 3, 210 Quay Street, Castlemere, CM1 2LP, and how much is the travel fee? "
        "Regards, Devendra Rao",
        ("210 Quay Street", "CM1 2LP", "Devendra", "Rao"),
        r"£\s?25(?![.,]?\d)",
    ),
    Question(
        MARTA,
        "How long do you keep what I write in this chat? Marta Lindqvist, marta.lindqvist@example.com",
        ("Marta", "Lindqvist", "marta.lindqvist@example.com"),
        r"13 months",
    ),
    Question(
        OLABISI,
        "For how long are gift cards valid? I got one by e-mail for my birthday. "
        "Write to olabisi@example.net or ring 07700 900381. Olabisi Adeyemi",
        ("olabisi@example.net", "07700 900381", "Olabisi", "Adeyemi"),
        r"24 months",
    ),
)
