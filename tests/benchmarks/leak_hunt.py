"""Puts a canary into every text of every request that the openai client can make, and looks for it in what leaves.

    python tests/benchmarks/leak_hunt.py [--only responses] [--fields]

The client's own methods are called, one text changed at a time, with arguments made from their type hints: each field
of each alternative of each parameter, path parameters, and `extra_query`, `extra_headers` and `extra_body`. A recording
server on a loopback socket stands for the provider. What a client says on a guarded WebSocket is hunted too. The canary
is a customer's name and e-mail address, a telephone number, a card and a key; a second round puts the name alone, which
could also be a word. A text is then

    absent      from the bytes that left, however spelled: it was replaced
    refused     nothing left, and the error says why
    unsent      the client itself did not send it (it is no header, no path, or not part of the request)
    leaked      it was found; the field is named, and the exit code is 1

Fields nobody fills with text (numbers, words from a list) are left out, since type checkers refuse texts there.
"""

from __future__ import annotations

import argparse
import inspect
import io
import json
import os
import re
import sys
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, get_args, get_type_hints
from urllib.parse import unquote_plus

from openai._resource import SyncAPIResource
from openai.types.realtime.realtime_client_event_param import RealtimeClientEventParam
from openai.types.responses.response_steer_event_param import ResponseSteerEventParam
from openai.types.responses.responses_client_event_param import ResponseCreate

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from samples import FILLER, examples, named, put, texts
from servers import Server, json_reply

import explainbot
from explainbot.engine import Engine
from explainbot.errors import ExplainbotError
from explainbot.integrations._sockets import GUARDED
from explainbot.protocols.base import UNREADABLE
from explainbot.protocols.fields import FIELDS

NAME = "Marlene Quist"
PIECES = (
    NAME,
    "marlene.quist@example.com",
    "+1 415 555 0142",
    "4111 1111 1111 1111",
    "sk-proj-Zx81kd93mfQpLw72hRtYvNs4",
)
CANARIES = {"everything": ", ".join(PIECES), "name": NAME}
SENDS = re.compile(r"self\._(?:get|post|put|patch|delete|get_api_list)\(")
BESIDE: dict[str, Any] = {
    "extra_query": {FILLER: FILLER},
    "extra_headers": {"x-note": FILLER},
    "extra_body": {FILLER: {"deep": [FILLER]}},
}
FILE = "file"
SOCKETS: dict[str, dict[str, Any]] = {
    "responses": {"response.create": ResponseCreate, "response.steer": ResponseSteerEventParam},
    "realtime": {get_args(get_type_hints(kind)["type"])[0]: kind for kind in get_args(RealtimeClientEventParam)},
}
"""What a client says on a guarded WebSocket: by resource, the types of events by name."""

UNREAD = frozenset({"audio", "sources", *(name for name, kind in FIELDS.items() if kind == "unreadable")})
"""Fields that pass unread where their kind is allowed."""


@dataclass
class Found:
    """What came of the texts of one resource."""

    methods: set[str] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)


def methods(thing: Any, path: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every method of every resource that sends a request of its own."""
    for name in sorted(dir(type(thing))):
        if name.startswith(("_", "with_")):
            continue
        value = getattr(thing, name)
        if isinstance(value, SyncAPIResource):
            yield from methods(value, f"{path}{name}.")
        elif inspect.ismethod(value) and SENDS.search(inspect.getsource(inspect.unwrap(value))):
            yield f"{path}{name}", value


def arguments(method: Callable[..., Any]) -> tuple[dict[str, Any], dict[str, list[Any]]]:
    """The arguments a method needs, and examples of every argument."""
    hints = get_type_hints(inspect.unwrap(method))
    needed: dict[str, Any] = {}
    offered: dict[str, list[Any]] = {}
    for name, parameter in inspect.signature(inspect.unwrap(method)).parameters.items():
        if name in ("self", "timeout", *BESIDE) or name not in hints:
            continue
        values: list[Any] = [(FILE, FILLER)] if takes_file(hints[name]) else examples(hints[name])
        offered[name] = values
        if parameter.default is inspect.Parameter.empty and values:
            needed[name] = values[0]
    return needed, {**offered, **{name: [value] for name, value in BESIDE.items()}}


def takes_file(hint: Any) -> bool:
    return any(kind in (bytes, io.IOBase, os.PathLike) or "IO" in str(kind) for kind in get_args(hint))


def variants(name: str, value: Any) -> Iterator[tuple[str, Callable[[str], Any]]]:
    """Each text of an argument by name, and the argument with another text in its place."""
    if isinstance(value, tuple):
        yield f"{name} (content)", lambda text: ("notes.txt", text.encode())
        yield f"{name} (name)", lambda text: (f"{text}.txt", b"notes")
        return
    for path in texts(value):
        yield named((name, *path)), lambda text, path=path: put(value, path, text)
    if name == "extra_headers":
        yield "extra_headers.x-note", lambda text: {"x-note": text}


def plain(value: Any) -> Any:
    """An argument without files that are only marked."""
    return ("notes.txt", b"notes") if value == (FILE, FILLER) else value


def outcome(server: Server, call: Callable[[], Any], canary: str) -> str:
    before = len(server.requests)
    try:
        result = call()
        if hasattr(result, "close"):
            result.close()
    except ExplainbotError:
        return "leaked" if len(server.requests) > before else "refused"
    except Exception:  # noqa: BLE001 - the client's own refusal, or its trouble with an empty reply
        if len(server.requests) == before:
            return "unsent"
    return found_in("\n".join(request.raw.decode("utf-8", "replace") for request in server.requests[before:]), canary)


def found_in(said: str, canary: str) -> str:
    """Whether the canary can be read in what was sent."""
    sent = {bare(said), bare(unquote_plus(said)), bare(said.replace("\\u", "").replace("\\", ""))}
    pieces = PIECES if canary != NAME else (NAME,)
    return "leaked" if any(bare(piece) in text for piece in pieces for text in sent) else "absent"


def bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def calls(method: Callable[..., Any]) -> Iterator[tuple[str, Callable[[str], Any]]]:
    """Each text that a method takes by name, and the call with another text in its place."""
    needed, offered = arguments(method)
    for name, values in offered.items():
        rest = {key: plain(item) for key, item in needed.items() if key != name}
        for value in values:
            for place, changed in variants(name, value):
                yield place, partial(_called, method, rest, name, changed)


def _called(method: Callable[..., Any], rest: Any, name: str, changed: Callable[[str], Any], text: str) -> Any:
    return method(**rest, **{name: changed(text)})


def hunt(only: str, show: bool) -> dict[str, Found]:
    found: dict[str, Found] = {}
    explainbot.configure(explainbot.Settings(store="off"))
    with Server(json_reply({})) as server, explainbot.turn(customer=explainbot.Customer(name=NAME)):
        client = explainbot.OpenAI(base_url=server.url, api_key="k", admin_api_key="k", max_retries=0)
        for name, method in methods(client):
            if not name.startswith(only):
                continue
            resource = found.setdefault(name.rpartition(".")[0] or name, Found())
            resource.methods.add(name)
            for place, call in dict(calls(method)).items():
                for canary in CANARIES.values():
                    came = outcome(server, partial(call, canary), canary)
                    resource.counts[came] += 1
                    if came == "leaked" or show:
                        print(f"{came:8} {name}: {place}", file=sys.stderr)
        client.close()
    return found


def hunt_socket(resource: str, show: bool) -> Found:
    """The same for what is said on a WebSocket; once more with all content allowed, for what stands beside it."""
    found = Found({f"{resource}.connect: {name}" for name in SOCKETS[resource]})
    for allowed in (frozenset[str](), UNREADABLE):
        engine = Engine(explainbot.Settings(store="off", allow_content=allowed))
        with explainbot.turn(customer=explainbot.Customer(name=NAME)):
            dialogue = GUARDED[resource](engine, f"https://api.example/v1/{resource}", {})
            for place, said in events(resource, but=UNREAD if allowed else frozenset()):
                for canary in CANARIES.values():
                    try:
                        came = found_in(dialogue.send(json.dumps(said(canary))) or "", canary)
                    except ExplainbotError:
                        came = "refused"
                    found.counts[came] += 1
                    if came == "leaked" or show:
                        print(f"{came:8} {resource}.connect: {place}", file=sys.stderr)
    return found


def events(resource: str, but: frozenset[str]) -> Iterator[tuple[str, Callable[[str], Any]]]:
    """Each text of each event by name, and the event with another text in its place; `but` names fields left out."""
    for name, kind in SOCKETS[resource].items():
        found = {named((name, *path)): (value, path) for value in examples(kind) for path in texts(value)}
        for place, (value, path) in found.items():
            if but.isdisjoint(map(str, path)):
                yield place, lambda text, value=value, path=path, name=name: put({**value, "type": name}, path, text)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="only methods whose name begins so")
    parser.add_argument("--fields", action="store_true", help="print every field")
    given = parser.parse_args()
    warnings.simplefilter("ignore")
    found = hunt(given.only, given.fields)
    for resource in SOCKETS:
        if f"{resource}.connect".startswith(given.only):
            found[f"{resource}.connect"] = hunt_socket(resource, given.fields)
    kinds = ("absent", "refused", "unsent", "leaked")
    print(f"| resource | methods | texts | {' | '.join(kinds)} |")
    print(f"|---|---:|---:|{'---:|' * len(kinds)}")
    for resource, each in (*sorted(found.items()), ("all", total(found))):
        cells = " | ".join(str(each.counts[kind]) for kind in kinds)
        print(f"| {resource} | {len(each.methods)} | {each.counts.total()} | {cells} |")
    return 1 if total(found).counts["leaked"] else 0


def total(found: dict[str, Found]) -> Found:
    every = Found()
    for each in found.values():
        every.methods |= each.methods
        every.counts += each.counts
    return every


if __name__ == "__main__":
    sys.exit(main())
