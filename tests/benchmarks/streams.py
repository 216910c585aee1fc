"""What long and abandoned streams leave in memory: nothing may grow with a stream, or with how many were cancelled.

    python tests/benchmarks/streams.py [--chunks 100000] [--cancelled 300]

One stream of many chunks, each with a placeholder in it, goes through a guarded client; blocks of memory that Python
holds (`sys.getallocatedblocks`) are counted at each tenth of it, the first half being the time in which the part of the
reply that is explained fills up. Then asynchronous streams are cancelled after their first piece of text: their tasks,
their exchanges and their vaults must be gone, and each must have a trace. The time to the first token is measured by
`first_token.py`. The exit code is 1 where something grew or stayed.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from servers import DONE, Pause, Server, chunk, frame, sse_reply

import explainbot
from explainbot.engine import engine_for
from explainbot.exchange import Exchange
from explainbot.privacy import Vault
from explainbot.stores import Where

MAIL = "someone@example.org"
ASK = [{"role": "user", "content": f"Write to {MAIL}."}]
SETTINGS = explainbot.Settings(store="memory", tenant="streams")
ENGINE = engine_for(SETTINGS)
GROWTH = 1.02
"""How much more memory the end of a stream may take than its middle."""


def long_stream(chunks: int) -> bool:
    """Whether memory stays flat over the second half."""
    pieces = [frame(chunk({"content": f"Dear [EMAIL_1], {number % 10} "})) for number in range(50)]
    end = frame(chunk({}, finish="stop")) + DONE
    blocks, read = [], 0
    with Server(sse_reply([*(b"".join(pieces) for _ in range(chunks // 50)), end])) as server:
        client = explainbot.OpenAI(base_url=server.url, api_key="k", max_retries=0, settings=SETTINGS)
        for one in client.chat.completions.create(model="m", messages=ASK, stream=True):
            read += MAIL in (one.choices[0].delta.content or "")
            if read % (chunks // 10) == 0 and len(blocks) < read // (chunks // 10):
                blocks.append(sys.getallocatedblocks())
        client.close()
    print(f"{read} chunks restored; blocks at each tenth, in thousands: {[block // 1000 for block in blocks]}")
    return read == chunks and blocks[-1] <= GROWTH * blocks[4]


async def cancel(count: int) -> int:
    """Cancel so many streams after their first piece of text; how many tasks they leave."""
    reply = sse_reply([frame(chunk({"content": "Dear [EMAIL_1]"})), Pause(30), DONE])
    with Server(reply) as server:
        client = explainbot.AsyncOpenAI(base_url=server.url, api_key="k", max_retries=0, settings=SETTINGS)

        async def read() -> None:
            async for one in await client.chat.completions.create(model="m", messages=ASK, stream=True):
                if one.choices[0].delta.content:
                    heard.set()

        for _ in range(count):
            heard = asyncio.Event()
            task = asyncio.create_task(read())
            await heard.wait()
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        await client.close()
    return len(asyncio.all_tasks()) - 1


def cancelled(count: int) -> bool:
    """Whether cancelled streams leave no task, no exchange and no vault, and a trace each."""
    gc.collect()
    before = alive()
    tasks = asyncio.run(cancel(count))
    gc.collect()
    left = alive() - before
    assert ENGINE.recorder is not None
    ENGINE.recorder.flush(10)
    traces = ENGINE.recorder.store.list(limit=count + 1, where=Where(status="abandoned"))
    print(f"{count} streams cancelled; left: {tasks} tasks, {dict(left)}; {len(traces)} traces of abandoned streams")
    return tasks == 0 and not left and len(traces) == count


def alive() -> Counter[str]:
    """Exchanges and vaults in memory."""
    return Counter(type(one).__name__ for one in gc.get_objects() if isinstance(one, Exchange | Vault))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--chunks", type=int, default=100_000)
    parser.add_argument("--cancelled", type=int, default=300)
    given = parser.parse_args()
    flat = long_stream(given.chunks)
    clean = cancelled(given.cancelled)
    return 0 if flat and clean else 1


if __name__ == "__main__":
    sys.exit(main())
