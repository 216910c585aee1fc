"""A value is found beside its label in every layout that people, tables, pages and chats put it in."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from explainbot.privacy import Redactor
from explainbot.privacy.detectors import DETECTORS

RULES = Redactor([(name, DETECTORS.load(name)) for name in DETECTORS if name != "tagger"])

FIELDS = {
    "account number": "1234567890",
    "customer id": "CUST-001288",
    "cvv": "482",
    "date of birth": "1990-04-05",
    "driver license number": "D1234567",
    "ip address": "203.0.113.7",
    "license plate": "7ABC123",
    "medical license": "A482913",
    "medical record number": "A-0012345",
    "national id": "AB123456",
    "password": "Tr0ub4dor3",
    "phone number": "415-555-0132",
    "passport number": "X1234567",
    "api key": "q7Zr2LbX9tMv4Kd1Wc8s",
    "tax id": "91-1144442",
    "username": "jdoe92",
    "user name": "jdoe92",
    "zip code": "94107",
    "card expiry": "12/29",
    "instagram": "@jane_doe",
    "latitude": "48.858370",
    "vin": "1HGCM82633A004352",
}
Layout = Callable[[str, str], str]
LAYOUTS: dict[str, Layout] = {
    "form": lambda label, value: f"{label.title()}: {value}",
    "bold": lambda label, value: f"- **{label.title()}:** {value}",
    "bold without the colon": lambda label, value: f"**{label.title()}**: {value}",
    "row of a table": lambda label, value: f"| {label.title()} | {value} |",
    "dash": lambda label, value: f"{label.title()} - {value}",
    "arrow": lambda label, value: f"{label.title()} \u2192 {value}",
    "leader dots": lambda label, value: f"{label.title()} ........ {value}",
    "tab": lambda label, value: f"{label.title()}\t{value}",
    "next line": lambda label, value: f"{label.title()}\n{value}",
    "cells of a page": lambda label, value: f'<td class="k">{label.title()}</td><td>{value}</td>',
    "bold on a page": lambda label, value: f"<b>{label.title()}:</b> {value}<br>",
    "element": lambda label, value: f"<{label.replace(' ', '_')}>{value}</{label.replace(' ', '_')}>",
    "dictionary": lambda label, value: str({label.replace(" ", "_"): value}),
    "json": lambda label, value: json.dumps({label.title().replace(" ", ""): value}),
    "settings": lambda label, value: f'{label.replace(" ", "_")}="{value}", ok=true',
}
TALK: dict[str, Layout] = {
    "said": lambda label, value: f"My {label} is {value}.",
    "question and answer": lambda label, value: f"Agent: What is your {label}?\nCustomer: {value}",
    "asked and given": lambda label, value: f"Could you give me your {label}? Sure, it's {value}",
    "on file": lambda label, value: f"The {label} on file is {value}, please update it.",
    "said after it": lambda label, value: f"{value} is my {label}",
    "to be used": lambda label, value: f"use {value} as the {label}",
}
TOLD = ("account number", "customer id", "driver license number", "license plate", "medical record number", "vin")


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("label", FIELDS)
def test_a_value_is_found_beside_its_label(label: str, layout: str) -> None:
    assert_hidden(LAYOUTS[layout](label, FIELDS[label]), FIELDS[label])


@pytest.mark.parametrize("talk", TALK)
@pytest.mark.parametrize("label", [*TOLD, "passport number"])
def test_a_value_is_found_when_it_is_asked_for_or_said_before_its_label(label: str, talk: str) -> None:
    assert_hidden(TALK[talk](label, FIELDS[label]), FIELDS[label])


def assert_hidden(text: str, value: str) -> None:
    start, found = text.index(value), RULES.detect(text)
    assert any(item.start <= start and start + len(value) <= item.end for item in found), (text, found)


@pytest.mark.parametrize(
    "text",
    [
        "| Password | Required |\n| Username | Optional |",
        "**Password:** at least 8 characters",
        "<b>Password</b> must be changed",
        "Forgot your password? Click here.",
        "Do you have a passport? You need one.",
        "Is it your account? No problem.",
        "Password - forgotten",
        "the password\nwas reset",
        "| Customer | Orders |\n|---|---|\n| Anna's shop | 1200 |",
        '"username": self._username,',
        "It's now possible to pass *attrs* to it",
        "<td>Account</td><td>open</td>",
        "order 12345678 is the customer's",
        "latitude of the law: 3.141",
    ],
)
def test_labels_without_a_value_call_for_nothing(text: str) -> None:
    assert [text[item.start : item.end] for item in RULES.detect(text) if item.entity_type != "PERSON"] == []
