"""A trace in as few bytes as can be, before it is encrypted.

Deflate with a preset dictionary does most of it. What it is poor at is done before, and undone when the trace is read:

- request and explanation, which would be JSON inside JSON, stand beside the trace, so that no quote in them is escaped;
- what the row says anyway (id, start, model) is one byte wherever it occurs;
- a run of what stands between two values, such as `","start":`, is one byte or two.

None of these bytes occurs in what they are put into: JSON escapes control characters (RFC 8259, section 7), and content
with one in it is left where it was. So every trace comes back as it was.

The file `phrases-N.json` holds the dictionary, and since 2 the runs. A file that was released is never changed: traces
were packed with it. A new one gets the next number, and the bodies packed with it the next first byte
(`tests/benchmarks/train_phrases.py` makes it).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

from explainbot import _json
from explainbot.trace import Trace

__all__ = ["JSON", "PACKED", "RUN", "coded", "codes", "pack", "unpack"]

JSON: Final = b"\x01"
"""First byte of a body before it was packed: the JSON of the trace, with the first dictionary."""

PACKED: Final = b"\x03"
"""First byte of a body that was packed as told above."""

SMALLEST: Final = 9
"""zlib's level: the smallest result, some 30 microseconds for a trace of 7 KB."""

BESIDE: Final = ("request", "explanation")
"""The content that stands beside the trace."""

BETWEEN: Final = b"\x02"
NAMED: Final = (b"\x01", b"\x03", b"\x04")
"""What stands between the trace and its content; and in the place of id, start and model."""

CONTROL: Final = bytes(range(0x20))

RUN: Final = re.compile(
    rb'([{}\[\],"][{}\[\],"]{0,8}+[a-z_]{1,40}+":(?:"[A-Za-z_]{0,40}+"[,}\]:]++|[{}\[\],]++|null|true|false)*+(?:0\.|"|))'
)
"""A key, and what stands around it up to the next value. Nothing in it backtracks, so it takes linear time. Like
`_CODE` it begins with one character of a class, which is what `re` looks for fastest."""

_CODE = re.compile(rb"([\x05-\x1f](?:(?<=[\x1d-\x1f]).)?)", re.DOTALL)


def pack(trace: Trace, model: str) -> bytes:
    """What a trace says, as it is before it is encrypted.

    Args:
        model: as in its row.

    Raises:
        TypeError: content is not redacted.
    """
    packer = _packer().copy()  # which has read the phrases already
    packed: bytes = packer.compress(coded(trace, model, _runs()[0])) + packer.flush()
    return packed


def coded(trace: Trace, model: str, runs: dict[bytes, bytes]) -> bytes:
    """A trace before it is deflated: its content beside it, with one byte for what its row says, and codes for `runs`.

    Raises:
        TypeError: content is not redacted.
    """
    beside = {field: data for field in BESIDE if (data := _without_control(getattr(trace, field)))}
    own = trace.to_json(without=beside).encode()
    text = BETWEEN.join([own, *(beside.get(field, b"") for field in BESIDE)])
    for code, name in zip(NAMED, _names(trace.id, trace.started, model), strict=True):
        text = text.replace(name, code)
    return _changed(RUN, text, runs)


def unpack(form: bytes, data: bytes, id: str, started: datetime, model: str) -> Trace:
    """The trace that was packed.

    Args:
        form: the first byte of the body.
        data: the rest of it, decrypted.
        id, started, model: what its row says.

    Raises:
        ValueError: it is none, or a newer version of explainbot packed it. The message shows no value.
    """
    if form == JSON:
        return Trace.from_json(_inflated(data, _file("phrases-1.json")))
    if form != PACKED:
        raise ValueError("packed in a form that is not known")
    text = _changed(_CODE, _inflated(data, _phrases()), _runs()[1])
    for code, name in reversed([*zip(NAMED, _names(id, started, model), strict=True)]):
        text = text.replace(code, name)
    own, *content = text.split(BETWEEN)
    return Trace.from_json(own, {field: part.decode() for field, part in zip(BESIDE, content, strict=True) if part})


def _changed(pattern: re.Pattern[bytes], text: bytes, known: dict[bytes, bytes]) -> bytes:
    """A text with each find exchanged for what is known for it. Faster than a call of a function for each."""
    parts = pattern.split(text)
    parts[1::2] = [known.get(find, find) for find in parts[1::2]]
    return b"".join(parts)


def codes(runs: Sequence[bytes]) -> dict[bytes, bytes]:
    """The code of each run: one byte for the first 24 of them, two for the next 189, none for more."""
    short = [bytes([one]) for one in range(0x05, 0x1D)]
    long = [bytes([first, second]) for first in range(0x1D, 0x20) for second in range(0x40, 0x7F)]
    return dict(zip(runs, [*short, *long], strict=False))


def _without_control(text: str | None) -> bytes:
    """A text as it can stand beside the trace; empty where it cannot."""
    try:
        data = (text or "").encode()
    except UnicodeEncodeError:  # a lone surrogate, which only an escape can carry
        return b""
    return data if len(data.translate(None, CONTROL)) == len(data) else b""


def _names(id: str, started: datetime, model: str) -> tuple[bytes, bytes, bytes]:
    """What the row says, as it stands in the trace; a byte that never occurs where that is empty."""
    return id.encode(), started.isoformat().replace("+00:00", "Z").encode(), model.encode() or b"\0"


def _inflated(data: bytes, phrases: bytes) -> bytes:
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS, zdict=phrases).decompress(data)
    except zlib.error:
        raise ValueError("it does not unpack") from None


@cache
def _packer() -> Any:
    return zlib.compressobj(SMALLEST, zlib.DEFLATED, -zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL, zdict=_phrases())


@cache
def _phrases() -> bytes:
    """What traces have in common, for the compressor to point at."""
    phrases: str = _json.loads(_file("phrases-2.json"))["phrases"]
    return phrases.encode()


@cache
def _runs() -> tuple[dict[bytes, bytes], dict[bytes, bytes]]:
    """Run to code, and code to run."""
    known = codes([run.encode() for run in _json.loads(_file("phrases-2.json"))["runs"]])
    return known, {code: run for run, code in known.items()}


@cache
def _file(name: str) -> bytes:
    return Path(__file__).with_name(name).read_bytes()


for _name in ("phrases-1.json", "phrases-2.json"):
    _file(_name)  # read now: later this process may have lost the right to
