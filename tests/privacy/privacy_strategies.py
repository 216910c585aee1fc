"""Texts for property tests: personal data, look-alikes of placeholders, and characters that join or part them."""

from __future__ import annotations

import json

from hypothesis import strategies as st

from explainbot.privacy import Customer

CUSTOMER = Customer(
    id="C-10442",
    name="Zoë O'Neil-van der Berg",
    email="mia.li3818@example.com",
    phone="+1 415 555 0132",
    address="975 Sunset Drive\nSuite 217\nAustin, TX 78750",
    extra={"dob": "1990-04-05", "user_id": "mia_li_3668", "payment": 4421486, "quote": 'a"b\\c123'},
)

LOOKALIKES = [
    "[EMAIL_1]",
    "[Email 1]",
    "[email_1]",
    "[ PHONE_12 ]",
    r"\[EMAIL\_1\]",
    "EMAIL_1",
    r"EMAIL\_1",
    "[LITERAL_1]",
    "PERSON_",
    "EMAIL",
    "_1",
]
PERSONAL = [
    "a@b.co",
    "x@y.de",
    "4111111111111111",
    "4111 1111 1111 1111",
    "+1 415 555 0132",
    "415-555-0132",
    "４１５－５５５－０１３２",
    "Zoë",
    "ZOË",
    "Zoe",
    "O'Neil",
    "van der Berg",
    "975 Sunset Drive",
    "78750",
    "mia_li_3668",
    "1990-04-05",
    "April 5, 1990",
    "4421486",
    'a"b\\c123',
    "123-45-6789",
    "GB29NWBK60161331926819",
    "https://u:p@h.de/x",
    "sk-abcdefghijklmnop1234567890",
    "10.0.0.1",
]
JOINTS = [
    *"[]\\_1 \n\t{}\":,éßİﬀx²'",
    "\u200b",
    "\u0301",
    "😀",
    "\ud800",
    "\\n",
    "\\u00eb",
    "%40",
    "0x",
    '{"a":"',
    '"}',
]

texts = st.lists(st.sampled_from(LOOKALIKES + PERSONAL + JOINTS) | st.text(max_size=4), max_size=14).map("".join)
"""Any text: pieces of personal data, look-alikes and joints in any order, and anything Hypothesis thinks of."""


def _containers(values: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    nested = values.map(json.dumps) | values.map(lambda value: json.dumps(value, ensure_ascii=False))
    return st.lists(values, max_size=4) | st.dictionaries(texts, values, max_size=4) | nested


_scalars = st.integers() | st.floats(allow_nan=False) | st.booleans() | st.none()
_numbers = st.sampled_from([4111111111111111, 4421486, 78750])
_values = st.recursive(texts | _scalars | _numbers, _containers, max_leaves=8)
json_texts = st.builds(
    lambda value, ascii_only, indent: json.dumps(value, ensure_ascii=ascii_only, indent=indent),
    st.lists(_values, max_size=3) | st.dictionaries(texts, _values, max_size=3),
    st.booleans(),
    st.sampled_from([None, 1]),
)
"""JSON objects and arrays, JSON within JSON strings included, in both escape notations."""
