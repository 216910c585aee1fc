"""Checkpoints and signed notes: read back as written, and refused once a byte is changed."""

from __future__ import annotations

import hmac
from base64 import b64encode
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainbot.trace.note import Checkpoint, key_id, open_note, sign_note

SECRET = b"a secret of this test"
PUBLIC = b"\x07" * 32
LINES = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=20)
CHECKPOINTS = st.builds(
    Checkpoint,
    LINES,
    st.integers(0, 10**12),
    st.binary(min_size=32, max_size=32),
    st.lists(LINES, max_size=3).map(tuple),
)


def sign(message: bytes) -> bytes:
    return hmac.digest(SECRET, message, sha256)


def verify(signature: bytes, message: bytes) -> bool:
    return hmac.compare_digest(signature, sign(message))


@given(CHECKPOINTS)
def test_a_checkpoint_survives_its_note(checkpoint: Checkpoint) -> None:
    note = sign_note(checkpoint.text(), "example.com/bot", PUBLIC, sign)
    assert Checkpoint.parse(open_note(note, "example.com/bot", PUBLIC, verify)) == checkpoint


@given(CHECKPOINTS, st.data())
def test_a_changed_note_is_refused(checkpoint: Checkpoint, data: st.DataObject) -> None:
    note = sign_note(checkpoint.text(), "bot", PUBLIC, sign)
    at = data.draw(st.integers(0, len(checkpoint.text()) - 2))
    changed = note[:at] + chr(ord(note[at]) ^ 1) + note[at + 1 :]
    with pytest.raises(ValueError, match=r"signature|note|base64"):
        open_note(changed, "bot", PUBLIC, verify)


def test_the_form_is_that_of_the_standard() -> None:
    note = sign_note(Checkpoint("example.com/log", 7, b"\x01" * 32, ("time 0",)).text(), "bot", PUBLIC, sign)
    text, _, signature = note.partition("\n\n")
    assert text.split("\n") == ["example.com/log", "7", b64encode(b"\x01" * 32).decode(), "time 0"]
    assert signature.startswith("\u2014 bot ")
    assert key_id("bot", PUBLIC) == sha256(b"bot\n\x01" + PUBLIC).digest()[:4]


def test_another_signature_beside_ours_does_no_harm() -> None:
    note = sign_note("hello\n", "bot", PUBLIC, sign)
    assert open_note(f"{note}\u2014 witness AAAAAAAA\n", "bot", PUBLIC, verify) == "hello\n"


@pytest.mark.parametrize("note", ["", "hello\n", "hello\n\n", "hello\n\n\u2014 bot !\n", "hello\n\n- bot AAAA\n"])
def test_what_is_no_note_is_refused(note: str) -> None:
    with pytest.raises(ValueError, match=r"signature|note|base64"):
        open_note(note, "bot", PUBLIC, verify)


@pytest.mark.parametrize(
    "text", ["", "a\n", "a\n1\n", "a\n01\nAAAA\n", "a\nx\nAAAA\n", "a\n1\n?\n", "a\n1\nAAAA", "\n1\nAAAA\n"]
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"checkpoint|base64"):
        Checkpoint.parse(text)


@pytest.mark.parametrize(("text", "name"), [("no newline", "bot"), ("a\n", ""), ("a\n", "two words"), ("a\n", "a+b")])
def test_what_cannot_be_a_note_is_not_signed(text: str, name: str) -> None:
    with pytest.raises(ValueError, match=r"newline|name"):
        sign_note(text, name, PUBLIC, sign)
