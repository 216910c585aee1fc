"""A pytest plugin that stands for the vendor's mock server: `pytest -p answering`, with this folder on the path.

The vendor runs its suite against a server that is generated from a description of the API. This one needs none: the
client says with each request which type it expects, so the reply is an example of that type, made from the type. A
request that says nothing gets an empty object.
"""

from __future__ import annotations

import functools
import inspect
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

from openai._base_client import AsyncAPIClient, SyncAPIClient
from openai._models import FinalRequestOptions

sys.path.append(str(Path(__file__).resolve().parents[2]))
from samples import examples
from servers import DONE, Reply, Request, Server, frame, json_reply, sse_reply

ADDRESS = "TEST_API_BASE_URL"
"""The variable that tells the vendor's suite where its server is."""

EXPECTED: dict[tuple[str, str], tuple[Any, Any]] = {}
"""Method and path of a request to the type of its reply, and of the events where it is a stream."""


def answer(request: Request) -> Reply:
    kind, stream = EXPECTED.get((request.method, request.path), (dict, None))
    if stream is not None:
        return sse_reply((*(frame(example(event)) for event in get_args(stream)), DONE))
    if kind in (type(None), None):
        return Reply((), 204, ())
    if inspect.isclass(kind) and not issubclass(kind, dict | str) and not hasattr(kind, "model_fields"):
        return Reply((b"bytes",), 200, (("content-type", "application/octet-stream"),))
    if kind is str:
        return Reply((b"text",), 200, (("content-type", "text/plain"),))
    return json_reply(example(kind))


@functools.cache
def example(kind: Any) -> Any:
    return next(iter(examples(kind)), {})


def noting(method: Callable[..., Any]) -> Callable[..., Any]:
    """`request`, that keeps what it is asked to make of the reply."""

    @functools.wraps(method)
    def noted(self: Any, cast_to: Any, options: FinalRequestOptions, **more: Any) -> Any:
        path = options.url.partition("?")[0]
        EXPECTED[options.method.upper(), path] = (cast_to, more.get("stream_cls") if more.get("stream") else None)
        return method(self, cast_to, options, **more)

    return noted


SERVER = Server(answer)
SERVER.__enter__()
os.environ[ADDRESS] = SERVER.origin
for client in (SyncAPIClient, AsyncAPIClient):
    client.request = noting(client.request)  # type: ignore[method-assign]


def pytest_unconfigure() -> None:
    SERVER.__exit__(None, None, None)
