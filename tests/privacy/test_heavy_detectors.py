"""The detectors with a model of their own, with their real models: where what they find lies, and that it stays."""

from __future__ import annotations

import json
import os
import threading
import unicodedata
from collections.abc import Sequence
from importlib.util import find_spec

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from privacy_strategies import LOOKALIKES
from records import python

from explainbot import Settings, Vault, restore
from explainbot.detectors import NER, Presidio, Spacy
from explainbot.detectors.slow import Slow, Timer
from explainbot.engine import Engine
from explainbot.privacy import Redactor

MISSING = [package for kind in (NER, Spacy, Presidio) for package in kind.packages if find_spec(package) is None]
pytestmark = [
    pytest.mark.heavy,
    pytest.mark.skipif(bool(MISSING), reason=f"these packages are not installed: {', '.join(MISSING)}"),
]

KINDS: Sequence[type[Slow]] = (NER, Spacy, Presidio)
BUDGET = 600.0
"""Seconds: none of this is about how fast the machine is."""
LETTER = "Hello, my name is Catherine Dawson and I live at 48 Maple Avenue, Springfield, IL 62704. It never arrived."


def found(detector: Slow, text: str) -> list[tuple[str, str]]:
    return [(text[item.start : item.end], item.entity_type) for item in sorted(detector(text))]


@pytest.mark.parametrize("kind", KINDS)
def test_each_finds_a_name_that_no_rule_announces(kind: type[Slow]) -> None:
    text = "Yesterday Catherine Dawson told me that it never arrived."
    assert found(kind(budget=BUDGET), text) == [("Catherine Dawson", "PERSON")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (LETTER, [("Catherine Dawson", "PERSON"), ("48 Maple Avenue, Springfield, IL 62704", "ADDRESS")]),
        ("yesterday priya raman called", [("priya raman", "PERSON")]),
        ("please ask Dr. Richard Williams about it", [("Dr. Richard Williams", "PERSON")]),
        ("Thanks, Zoe\u0301", [("Zoe\u0301", "PERSON")]),
        ("Please ship it to Chicago, Illinois.", [("Chicago, Illinois", "LOCATION")]),
        ("Sean O’Connor and Mary-Jane Smith called", [("Sean O’Connor", "PERSON"), ("Mary-Jane Smith", "PERSON")]),
        ("Where is my order? It was due in May, and I will wait.", []),
        ("You answer questions about refunds. Refunds take 5 days.", []),
        ("Support desk 3 wrote: OpenAI/Python 3.57.0", []),
        ("", []),
        (" \n ", []),
    ],
)
def test_what_the_network_finds(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(NER(budget=BUDGET), text) == expected


def test_a_name_is_found_wherever_it_stands_among_other_scripts() -> None:
    """Offsets count code points: pictures, accents and characters outside the basic plane count as what they are."""
    for before in (
        "",
        "🙂🙂 ",
        "👩‍👩‍👧 e\u0301e\u0301 ",
        "你好，",
        "안녕하세요 ",
        "𝔘𝔫𝔦 ",
        "İstanbul ",
        "\ufeff\u200b",
        "नमस्ते ",
        "ﬁﬁ ß ",
    ):
        text = f"{before}My name is Catherine Dawson."
        assert ("Catherine Dawson", "PERSON") in found(NER(budget=BUDGET), text), before


@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                [
                    "Catherine Dawson",
                    "48 Maple Avenue",
                    "Chicago",
                    "José",
                    "Zoe\u0301",
                    "🙂",
                    "王小明",
                    "김철수",
                    *LOOKALIKES,
                ]
            ),
            st.sampled_from([" ", "\n", ", ", "-", "'", ".", "\u0301", "\u200d", "\ud83d", "İ", "ﬁ", "\x00", "[CLS]"]),
            st.text(max_size=8),
        ),
        max_size=40,
    ).map("".join)
)
def test_finds_lie_on_whole_characters_of_whole_words(text: str) -> None:
    """No find cuts a word, a letter from its accents, or a look-alike of a placeholder."""
    ours = [item for item in Redactor(detectors=[]).detect(text) if item.entity_type == "PLACEHOLDER_LIKE"]
    for item in NER(budget=BUDGET)(text):
        assert 0 <= item.start < item.end <= len(text)
        assert text[item.start].isalnum()
        assert item.end == len(text) or not unicodedata.category(text[item.end]).startswith("M")
        assert not _joins(text, item.start)
        assert not _joins(text, item.end)
        assert not any(item.start < one.end and one.start < item.end for one in ours)


def _joins(text: str, at: int) -> bool:
    """Whether two ASCII letters or digits meet here."""
    return 0 < at < len(text) and all(char.isascii() and char.isalnum() for char in text[at - 1 : at + 1])


@settings(max_examples=25)
@given(
    st.lists(st.sampled_from([LETTER, *LOOKALIKES, "Catherine Dawson", "🙂", "\n", " and ", '"', "\\"])).map("".join)
)
def test_what_all_of_them_hide_comes_back(text: str) -> None:
    engine, vault = Engine(Settings(store="off", detectors=[NER(budget=BUDGET), Spacy(budget=BUDGET)])), Vault()
    redaction = engine.redactor(None).redact(text, vault)
    assert restore(redaction) == text
    again = (
        Engine(Settings(store="off", detectors=[NER(budget=BUDGET), Spacy(budget=BUDGET)]))
        .redactor(None)
        .redact(text, Vault())
    )
    assert again.text == redaction.text


@pytest.mark.parametrize("kind", KINDS)
def test_json_is_read_value_by_value(kind: type[Slow]) -> None:
    """No find goes from one value into the next, and the names of members stay what a program expects."""
    text = '{"first_name":"Catherine","sku":"TR-4411","city":"Chicago","Dawson":{"last":"Dawson"},"n":["Paul"]}'
    sent = Engine(Settings(store="off", detectors=[kind(budget=BUDGET)])).redactor(None).redact(text, Vault()).text
    members = json.loads(sent)
    assert list(members)[:3] == ["first_name", "sku", "city"]
    assert len(members) == 5
    assert "Chicago" not in sent
    if kind is NER:
        assert not any(name in sent for name in ("Catherine", "Dawson", "Paul"))


def test_a_threshold_of_the_settings_leaves_what_the_detector_itself_is_sure_of() -> None:
    """0.5 in the settings is the detector's own threshold, so that naming one type changes nothing of the others."""
    texts = ["yesterday priya raman called", LETTER, "Order 12 for Will Hopes", "team: west", "It was Mei, not Tom."]
    plain, named = (
        Engine(Settings(store="off", detectors=[NER(budget=BUDGET, threshold=0.05)], thresholds=thresholds)).redactor(
            None
        )
        for thresholds in ({}, {"TAX_ID": 0.9})
    )
    strict = Engine(Settings(store="off", detectors=[NER(budget=BUDGET)], thresholds={"PERSON": 2.0})).redactor(None)
    assert all(plain.detect(text) == named.detect(text) for text in texts)
    assert not any(one.detector == "ner" and one.entity_type == "PERSON" for one in strict.detect(LETTER))


def test_a_placeholder_beside_a_name_stays_one_of_its_own() -> None:
    text = "Dear [PERSON_1] Catherine Dawson PERSON_2, hello"
    redaction = Redactor(detectors=[("ner", NER())]).redact(text, Vault())
    assert redaction.text == "Dear [LITERAL_1] [PERSON_1] [LITERAL_2], hello"


@pytest.mark.parametrize("kind", KINDS)
def test_a_long_text_is_read_to_its_end(kind: type[Slow]) -> None:
    """Names at every distance from the edges of what is read at once are found whole, and nothing is found twice."""
    filler = "The parcel did not arrive and nobody answers the phone. "
    text = "".join(f"{filler * count}Yesterday Catherine Dawson called. " for count in range(1, 14))
    assert len(text) > 5_000
    hits = [
        one for one in Redactor(detectors=[("heavy", kind(budget=BUDGET))]).detect(text) if one.entity_type == "PERSON"
    ]
    assert [text[one.start : one.end] for one in hits] == ["Catherine Dawson"] * 13


def test_windows_are_as_many_as_the_text_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Linear: no token is read more than twice, and a single endless word is one token."""
    network = NER().load()
    read: list[int] = []
    real = network.scores
    monkeypatch.setattr(network, "scores", lambda ids: read.append(len(ids)) or real(ids))
    for text in ("parcel " * 3_000, "a.b" * 1_000):
        read.clear()
        tokens = len(network.words(text)[0])
        list(NER().read(text, Timer(1000)))
        assert tokens <= sum(read) <= 2 * tokens
    read.clear()
    list(NER().read("a" * 100_000, Timer(1000)))
    assert read == [1]


def test_many_threads_find_the_same() -> None:
    texts = [f"Message {number}: Catherine Dawson lives at {number} Maple Avenue." for number in range(40)]
    expected = [NER(budget=BUDGET)(text) for text in texts]
    detector, results = NER(budget=BUDGET), {}
    threads = [
        threading.Thread(target=lambda part=part: results.update({i: detector(texts[i]) for i in range(part, 40, 4)}))
        for part in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [results[number] for number in range(40)] == expected


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_it_works_in_the_child_of_a_fork() -> None:
    """As under a server that loads the application and then forks its workers."""
    code = """
import os, warnings
from explainbot.detectors import NER
detector, text = NER(), "Yesterday Catherine Dawson called."
before = detector(text)
child = os.fork()
if child == 0:
    os._exit(0 if len(before) == 1 and NER()("Then Catherine Dawson left.") else 1)
assert os.waitpid(child, 0)[1] == 0
"""
    result = python(code)
    assert result.returncode == 0, result.stderr


def test_integer_weights_judge_as_the_packages_own_do() -> None:
    """The re-made network and the one in the package, of 4-bit weights, give each token nearly the same score."""
    import numpy as np
    import onnxruntime

    from explainbot.detectors import network as module

    ours = NER().load()
    theirs = module.Network.__new__(module.Network)
    theirs.__dict__.update(ours.__dict__)
    theirs._session = onnxruntime.InferenceSession(str(module._folder() / "onnx" / "model_q4.onnx"))
    ids, words = ours.words(LETTER)
    assert words[0] == (0, 5, 0, 1)
    difference = np.abs(ours.scores(ids) - theirs.scores(ids))
    assert difference.max() < 0.1
    assert (theirs.scores(ids).max(axis=1) > 0.9).sum() >= 8
