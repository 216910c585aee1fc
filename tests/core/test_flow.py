"""One flow gives the same result in either colour."""

from __future__ import annotations

import asyncio

import pytest

from explainbot._flow import Call, Flow, Reply, adrive, drive


def ask_twice() -> Flow[list[str | None]]:
    first = yield Call({"n": 1})
    second = yield Call({"n": 2})
    return [first.text, second.text]


def answer(call: Call) -> Reply:
    return Reply(text=f"answer {call.arguments['n']}")


def test_a_flow_runs_to_its_result_in_both_colours() -> None:
    async def answer_later(call: Call) -> Reply:
        await asyncio.sleep(0)
        return answer(call)

    assert drive(ask_twice(), answer) == ["answer 1", "answer 2"]
    assert asyncio.run(adrive(ask_twice(), answer_later)) == ["answer 1", "answer 2"]


def test_an_error_while_sending_ends_the_flow_and_closes_it() -> None:
    closed = []

    def flow() -> Flow[None]:
        try:
            yield Call({})
        finally:
            closed.append(True)

    def fail(call: Call) -> Reply:
        raise OSError("down")

    with pytest.raises(OSError, match="down"):
        drive(flow(), fail)
    assert closed == [True]
