"""Server-sent events survive any cutting of their bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainbot._sse import Frame, FrameDecoder, encode, parse
from explainbot.errors import RemoteProtocolError


def read(*parts: bytes) -> list[Frame]:
    decoder = FrameDecoder()
    frames = [frame for part in parts for frame in decoder.feed(part)]
    rest = decoder.close()
    return [*frames, rest] if rest else frames


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"], ids=["LF", "CRLF", "CR"])
def test_every_line_end_of_the_standard_ends_a_frame(end: bytes) -> None:
    stream = end.join([b"event: ping", b"data: 1", b"", b"data: 2", b"", b""])
    assert [(frame.event, frame.data) for frame in read(stream)] == [("ping", "1"), (None, "2")]


def test_a_single_crlf_is_one_line_end_and_not_two() -> None:
    assert [frame.data for frame in read(b"data: a\r\ndata: b\r\n\r\n")] == ["a\nb"]


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"], ids=["LF", "CRLF", "CR"])
@given(data=st.data())
def test_frames_are_the_same_however_the_bytes_are_cut(end: bytes, data: st.DataObject) -> None:
    texts = data.draw(
        st.lists(st.text(st.characters(exclude_characters="\r\n", codec="utf-8")), min_size=1, max_size=5)
    )
    stream = b"".join(b"event: e" + end + b"data: " + text.encode() + end + end for text in texts)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=8)))
    parts = [stream[a:b] for a, b in zip([0, *cuts], [*cuts, len(stream)], strict=True)]
    assert read(*parts) == read(stream)
    assert b"".join(frame.raw for frame in read(*parts)) == stream
    assert [frame.data for frame in read(*parts)] == texts


def test_every_byte_position_can_be_a_cut() -> None:
    stream = "data: ä\r\n\r\ndata: 2\n\nevent: x\rdata: 3\r\r".encode()
    whole = read(stream)
    assert [frame.data for frame in whole] == ["ä", "2", "3"]
    for cut in range(len(stream)):
        assert read(stream[:cut], stream[cut:]) == whole
    assert read(*(stream[n : n + 1] for n in range(len(stream)))) == whole


def test_a_last_frame_without_its_blank_line_is_read_as_clients_read_it() -> None:
    assert [frame.data for frame in read(b"data: 1\n\ndata: half")] == ["1", "half"]


@pytest.mark.parametrize(
    ("raw", "event", "data"),
    [
        (b": comment\n\n", None, None),
        (b"id: 7\nretry: 10\n\n", None, None),
        (b"data\n\n", None, ""),
        (b"data:1\n\n", None, "1"),
        (b"data:  two\n\n", None, " two"),
        (b"data: a\ndata: b\n\n", None, "a\nb"),
        (b"event: done\ndata: [DONE]\n\n", "done", "[DONE]"),
        (b"data: \xff\n\n", None, None),
    ],
)
def test_fields_are_read_as_the_standard_says(raw: bytes, event: str | None, data: str | None) -> None:
    assert parse(raw) == Frame(raw, event, data)


def test_a_byte_order_mark_is_ignored_at_the_start_only() -> None:
    frames = read(b"\xef\xbb\xbfdata: 1\n\n\xef\xbb\xbfdata: 2\n\n")
    assert [frame.data for frame in frames] == ["1", None]


def test_a_frame_beyond_the_limit_is_refused_while_smaller_ones_pass() -> None:
    decoder = FrameDecoder(max_frame=20)
    assert [frame.data for frame in decoder.feed(b"data: 1\n\n" * 10)] == ["1"] * 10
    with pytest.raises(RemoteProtocolError, match="20 bytes"):
        decoder.feed(b"data: " + b"x" * 20)


@given(st.text(st.characters(exclude_characters="\r", codec="utf-8")), st.sampled_from([None, "delta"]))
def test_an_encoded_frame_reads_back(data: str, event: str | None) -> None:
    (frame,) = read(encode(data, event))
    assert (frame.event, frame.data) == (event, data)
