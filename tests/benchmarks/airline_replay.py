"""Replay recorded airline-support conversations through the drop-in client and look for the customer in what left.

    python tests/benchmarks/airline_replay.py DATA [--mask-places] [--modes whole,stream,characters,bytes] [--limit N]

DATA is a directory (or the file in it) with `conversations_airline.jsonl`: one conversation a line, {"id", "policy_id",
"turns": [{"role", "content", "tool_calls", "name"}]}; `policies.jsonl` beside it gives the system prompt. The
conversations are sent turn by turn, with the history a real bot would send, tools and tool results included. What the
tool results say about the customer is given as the known customer.

The server plays a model that has read only what reached it. It lines up each text it received with the text the bot
wrote, so it knows which placeholder stands for what, and writes the recorded agent's turn with those placeholders. A
value that no request has carried so far is one such a model cannot know (the agent who calls "mia_li_3668" Mia); it is
sent as it is and counted.

Four ways to send each reply: `whole` (not streamed), `stream` (one delta), `characters` (a delta a character), `bytes`
(deltas of 16 characters, the body cut into one-byte HTTP chunks).

Checked, and any failure ends the run with status 1:
- no value of the customer in any byte received: raw, and in every string after decoding JSON as often as it is nested;
  whole words, any case, any spacing;
- text and tool-call arguments equal the recorded ones exactly, arguments stay valid JSON;
- an explanation for every exchange, whose statements stand at their offsets in the reply, and which says data was
  hidden whenever placeholders were sent; a trace for every exchange, with the body as sent;
- a message once sent is sent again as the same bytes in every later request, but for values that only a later message
  tells to be personal (a name that a form then gives): such a value is hidden from then on, and counted;
- no value of the customer in any trace of the conversation, nor an id or address of any customer in the database;
- control: the same conversation through a bare client does leak, so the search can find something.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openai

import explainbot
from explainbot import Customer, Settings
from explainbot.stores import STORES
from explainbot.trace import Trace

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from deep import strings
from servers import Reply, Request, Server, completion, cut, json_reply, message, sse_reply, stream_body

MODES = ("whole", "stream", "characters", "bytes")
PLACEHOLDER = re.compile(r"\[[A-Z][A-Z_]*_[0-9]+\]")
MODEL = "gpt-replay"


# The data


@dataclass(frozen=True)
class Talk:
    """One conversation: its messages as the bot wrote them, and what the tool results say about the customer."""

    id: str
    messages: tuple[dict[str, Any], ...]
    facts: Mapping[str, str]
    places: Mapping[str, str]

    @property
    def customer(self) -> Customer | None:
        if not self.facts:
            return None
        known = {key: value for key, value in self.facts.items() if key in ("id", "name", "email")}
        extra = {key: value for key, value in self.facts.items() if key not in (*known, "street", "unit", "postcode")}
        lines = [self.facts.get(key) for key in ("street", "unit")] + [self.places.get("city")]
        region = f"{self.places.get('province', '')} {self.facts.get('postcode', '')}".strip()
        address = ", ".join(part for part in [*lines, region, self.places.get("country")] if part)
        return Customer(**known, address=address or None, extra=extra)

    def secrets(self, mask_places: bool) -> dict[str, str]:
        """Name of the fact -> the value that must not leave."""
        values = dict(self.facts)
        given, _, surname = self.facts.get("name", "").partition(" ")
        values |= {"given name": given, "surname": surname}
        if mask_places:
            values |= {key: value for key, value in self.places.items() if key in ("city", "country")}
        return {key: value for key, value in values.items() if value}


def load(path: Path) -> list[Talk]:
    directory = path if path.is_dir() else path.parent
    lines = (directory / "conversations_airline.jsonl").read_text("utf-8").splitlines()
    policies = [json.loads(line) for line in (directory / "policies.jsonl").read_text("utf-8").splitlines()]
    return [_talk(json.loads(line), policies) for line in lines]


def _talk(record: Mapping[str, Any], policies: list[dict[str, Any]]) -> Talk:
    prompt = next(policy["text"] for policy in policies if policy["id"].endswith(record["policy_id"]))
    messages: list[dict[str, Any]] = [{"role": "system", "content": prompt}]
    pending: list[str] = []
    for number, turn in enumerate(record["turns"]):
        calls = [call | {"id": f"call_{number}_{at}"} for at, call in enumerate(turn.get("tool_calls") or [])]
        pending += [call["id"] for call in calls]
        said = {"role": turn["role"], "content": turn["content"]}
        if calls:
            said["tool_calls"] = calls
        if turn["role"] == "tool":
            said["tool_call_id"] = pending.pop(0)
        messages.append(said)
    facts, places = _profile(record["turns"])
    return Talk(record["id"], tuple(messages), facts, places)


def _profile(turns: list[dict[str, Any]]) -> tuple[dict[str, str], dict[str, str]]:
    """What tool results say about the customer. A reservation names its user; the passenger so called is the user."""
    facts: dict[str, str] = {}
    places: dict[str, str] = {}
    payments: list[str] = []
    asked = [json.loads(call["function"]["arguments"]) for turn in turns for call in turn.get("tool_calls") or []]
    results = [(turn["name"], _parsed(turn["content"])) for turn in turns if turn["role"] == "tool"]
    for name, result in results:
        if not isinstance(result, dict):
            continue
        if name == "get_user_details":
            facts["id"] = next(arguments["user_id"] for arguments in asked if "user_id" in arguments)
            facts["name"] = f"{result['name']['first_name']} {result['name']['last_name']}"
            facts |= {"email": result["email"], "date_of_birth": result["dob"]}
            address = result["address"]
            facts |= {"street": address["address1"], "unit": address["address2"], "postcode": address["zip"]}
            places = {key: address[key] for key in ("city", "province", "country")}
            payments += result["payment_methods"]
        elif "user_id" in result:
            facts.setdefault("id", result["user_id"])
            payments += [paid["payment_id"] for paid in result.get("payment_history", ())]
            for passenger in result.get("passengers", ()):
                full = f"{passenger['first_name']} {passenger['last_name']}"
                if result["user_id"].startswith(full.lower().replace(" ", "_") + "_"):
                    facts.setdefault("name", full)
                    facts.setdefault("date_of_birth", passenger["dob"])
    for number, payment in enumerate(dict.fromkeys(payments), 1):
        facts[f"payment_id_{number}"] = payment
    return facts, places


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


def tools_of(talks: Iterable[Talk]) -> list[dict[str, Any]]:
    """The tools the recorded agent had, with the argument names it used."""
    named: dict[str, dict[str, None]] = {}
    for talk in talks:
        for said in talk.messages:
            for call in said.get("tool_calls", ()):
                function = call["function"]
                named.setdefault(function["name"], {}).update(dict.fromkeys(json.loads(function["arguments"])))
    return [
        {"type": "function", "function": {"name": name, "parameters": {"type": "object", "properties": {
            key: {} for key in keys}}}}
        for name, keys in sorted(named.items())
    ]  # fmt: skip


# Looking for the customer


def pattern_of(value: str) -> re.Pattern[str]:
    """`value` as whole words, in any case, with any or no spacing or punctuation between its words."""
    words = r"[\W_]*".join(re.findall(r"[^\W_]+", value))
    return re.compile(rf"(?<![^\W_]){words}(?![^\W_])", re.IGNORECASE)


def leaks(request: Request, secrets: Mapping[str, re.Pattern[str]]) -> Counter[str]:
    texts = [request.raw.decode("utf-8", "replace"), *strings(request.json())]
    haystack = "\n".join(texts)
    return Counter({name: 1 for name, pattern in secrets.items() if pattern.search(haystack)})


# The model that has read only what reached it


@dataclass
class RedactedModel:
    """Knows, for one conversation, which placeholder stands for which text, from requests alone."""

    stands_for: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def read(self, written: Iterable[Mapping[str, Any]], received: Iterable[Mapping[str, Any]]) -> None:
        """Line up the messages the bot wrote with those that arrived."""
        for ours, theirs in zip(written, received, strict=True):
            for original, sent in zip(_leaves(ours), _leaves(theirs), strict=True):
                self._line_up(original, sent)

    def _line_up(self, original: str, sent: str) -> None:
        parts = PLACEHOLDER.split(sent)
        marks = PLACEHOLDER.findall(sent)
        if not marks:
            if original != sent:
                self.faults.append("a text without placeholders changed on its way")
            return
        if "".join(_mix(parts, [self.stands_for.get(mark, mark) for mark in marks])) == original:
            return
        seen: list[str] = []
        expression = re.escape(parts[0])
        for mark, part in zip(marks, parts[1:], strict=True):
            expression += f"(?P=g{seen.index(mark)})" if mark in seen else f"(?P<g{len(seen)}>.+?)"
            seen += [] if mark in seen else [mark]
            expression += re.escape(part)
        match = re.fullmatch(expression, original, re.DOTALL)
        if match is None:
            self.faults.append("more changed in a text than placeholders can account for")
            return
        for number, mark in enumerate(seen):
            text = match.group(f"g{number}")
            if self.stands_for.setdefault(mark, text) != text:
                self.faults.append("one placeholder stands for two texts")

    def write(self, text: str) -> str:
        """`text` as this model would write it."""
        by_length = sorted(self.stands_for.items(), key=lambda item: -len(item[1]))
        mark_of = {original: mark for mark, original in by_length}
        if not mark_of:
            return text
        words = re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, mark_of))})(?![^\W_])")
        return words.sub(lambda match: mark_of[match.group()], text)


def _mix(parts: list[str], marks: list[str]) -> Iterator[str]:
    for part, mark in zip(parts, [*marks, ""], strict=True):
        yield part
        yield mark


def _leaves(value: Any) -> list[str]:
    """The strings of a message, in order; strings that are JSON stay whole."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [leaf for item in value.values() for leaf in _leaves(item)]
    if isinstance(value, list):
        return [leaf for item in value for leaf in _leaves(item)]
    return []


# The replay


@dataclass
class Report:
    """What one mode came to."""

    counts: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    places: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0

    def fault(self, what: str, where: str) -> None:
        self.faults[what] += 1
        self.places.setdefault(what, where)


@dataclass
class Replay:
    """One conversation sent in one mode."""

    talk: Talk
    mode: str
    report: Report
    secrets: Mapping[str, re.Pattern[str]]
    traced: list[tuple[str, str, str]] = field(default_factory=list)
    model: RedactedModel = field(default_factory=RedactedModel)
    sent_before: list[str] = field(default_factory=list)
    own_words: dict[int, str] = field(default_factory=dict)

    def run(self, client: openai.OpenAI, server: Server, tools: list[dict[str, Any]]) -> None:
        history: list[dict[str, Any]] = []
        for said in self.talk.messages:
            if said["role"] == "assistant":
                server.script(lambda request, said=said, history=tuple(history): self.answer(request, history, said))
                reply = self.ask(client, history, tools)
                self.check(said, reply, server.last, len(history))
                history.append(_as_sent(reply))
            else:
                history.append(said)
        for fault in self.model.faults:
            self.report.fault(fault, self.talk.id)

    def answer(self, request: Request, history: Iterable[dict[str, Any]], said: Mapping[str, Any]) -> Reply:
        received = request.json()["messages"]
        self.model.read(history, received)
        content = None if said["content"] is None else self.model.write(said["content"])
        calls = [
            call | {"function": call["function"] | {"arguments": self.model.write(call["function"]["arguments"])}}
            for call in said.get("tool_calls", ())
        ]
        words = json.dumps([content, calls], ensure_ascii=False)
        self.own_words[len(received)] = words_of(content, calls)
        self.report.counts["placeholders in replies"] += len(PLACEHOLDER.findall(words))
        self.report.counts["replies with a value the model could not know"] += any(
            pattern.search(words) for pattern in self.secrets.values()
        )
        reply = message(content, tool_calls=calls)
        if self.mode == "whole":
            return json_reply(completion(reply, model=MODEL))
        size = {"stream": 1 << 20, "characters": 1, "bytes": 16}[self.mode]
        body = stream_body(reply, size=size)
        return sse_reply(cut(body, 1) if self.mode == "bytes" else (body,))

    def ask(self, client: openai.OpenAI, history: list[dict[str, Any]], tools: list[dict[str, Any]]) -> Any:
        conversation = f"{self.talk.id}-{self.mode}"
        arguments: dict[str, Any] = {"model": MODEL, "messages": history, "tools": tools}
        with explainbot.turn(conversation=conversation, customer=self.talk.customer, purpose="airline support"):
            if self.mode == "whole":
                return client.chat.completions.create(**arguments)
            with client.chat.completions.stream(**arguments) as stream:
                for _ in stream:
                    pass
                return stream.get_final_completion()

    def check(self, said: Mapping[str, Any], reply: Any, request: Request, messages: int) -> None:
        report, where = self.report, f"{self.talk.id}, message {messages}"
        report.counts["exchanges"] += 1
        numbers = [value.rpartition("_")[2] for key, value in self.talk.facts.items() if key.startswith("payment_id")]
        bare = any(re.search(rf"(?<!\w){number}(?!\w)".encode(), request.body) for number in numbers)
        if bare:
            report.fault("leak: payment number without its prefix", where)
        report.counts["bytes sent"] += len(request.raw)
        report.counts["placeholders sent"] += (placeholders := len(PLACEHOLDER.findall(request.body.decode())))
        for name, count in leaks(request, self.secrets).items():
            report.counts["leaks"] += count
            report.fault(f"leak: {_kind(name)}", where)
        self.check_reply(said, reply.choices[0].message, where)
        self.check_explanation(reply, request, placeholders, where)
        self.check_prefix(request.json()["messages"], where)

    def check_reply(self, said: Mapping[str, Any], got: Any, where: str) -> None:
        if (got.content or "") == (said["content"] or ""):
            self.report.counts["replies exact"] += 1
        else:
            self.report.fault("reply differs", where)
        for call, restored in zip(said.get("tool_calls", ()), got.tool_calls or (), strict=True):
            arguments = restored.function.arguments
            if arguments == call["function"]["arguments"] and _parsed(arguments) is not None:
                self.report.counts["tool calls exact"] += 1
            else:
                self.report.fault("tool-call arguments differ", where)

    def check_explanation(self, reply: Any, request: Request, placeholders: int, where: str) -> None:
        explanation = explainbot.explanation_of(reply)
        if explanation is None:
            self.report.fault("no explanation", where)
            return
        text = reply.choices[0].message.content or ""
        if any(text[part.start : part.end] != part.text for part in explanation.statements):
            self.report.fault("a statement is not where it says", where)
        elif bool(explanation.hidden) != bool(placeholders):
            self.report.fault("explanation and request disagree about hidden data", where)
        else:
            self.report.counts["explanations"] += 1
        self.traced.append((explanation.trace_id, digest(request.body.decode()), where))

    def check_traces(self, traces: Traces) -> None:
        for trace_id, sent, where in self.traced:
            trace = traces.get(trace_id)
            if trace is None:
                self.report.fault("no trace", where)
            elif trace.status != "ok" or trace.request is None or digest(trace.request) != sent:
                self.report.fault("the trace does not show the request as sent", where)
            elif trace.unknown_placeholders:
                self.report.fault("a placeholder of ours was not restored", where)
            elif any(
                pattern.search("\n".join(strings(json.loads(trace.to_json())))) for pattern in self.secrets.values()
            ):
                self.report.fault("a value of the customer is in the trace", where)
            else:
                self.report.counts["traces"] += 1

    def check_prefix(self, received: list[dict[str, Any]], where: str) -> None:
        now = [json.dumps(said, ensure_ascii=False) for said in received]
        for before, after in zip(self.sent_before, now, strict=False):
            if before == after:
                self.report.counts["messages sent again as before"] += 1
            elif only_masks(before, after):
                self.report.counts["masked once it was known"] += 1
            else:
                self.report.fault("a message changed when sent again", where)
        for at in range(len(self.sent_before), len(now)):
            if (words := self.own_words.get(at)) is not None:
                said = received[at]
                again = words_of(said.get("content"), said.get("tool_calls", ()))
                self.report.counts["model's words sent back as it wrote them"] += again == words
                self.report.counts["model's words sent back"] += 1
        self.sent_before = now


def words_of(content: str | None, calls: Iterable[Mapping[str, Any]]) -> str:
    """What a message says, for comparison."""
    return json.dumps([content, [call["function"] for call in calls]], sort_keys=True)


def only_masks(before: str, after: str) -> bool:
    """Whether all that changed is that placeholders stand where a value stood that nothing told for one at first."""
    rest = ".{1,80}?".join(re.escape(part) for part in PLACEHOLDER.split(after))
    more = len(PLACEHOLDER.findall(after)) > len(PLACEHOLDER.findall(before))
    return more and re.fullmatch(rest, before, re.DOTALL) is not None


def digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _as_sent(reply: Any) -> dict[str, Any]:
    """The reply as a bot puts it into its history."""
    got = reply.choices[0].message
    said: dict[str, Any] = {"role": "assistant", "content": got.content or None}
    if got.tool_calls:
        said["tool_calls"] = [
            {"id": call.id, "type": "function",
             "function": {"name": call.function.name, "arguments": call.function.arguments}}
            for call in got.tool_calls
        ]  # fmt: skip
    return said


def control(talk: Talk, secrets: Mapping[str, re.Pattern[str]]) -> Counter[str]:
    """What the search finds when a bare client sends the whole conversation."""
    with Server(json_reply(completion("ok"))) as server:
        with openai.OpenAI(base_url=server.url, api_key="none", max_retries=0) as client:
            client.chat.completions.create(model=MODEL, messages=list(talk.messages))  # type: ignore[arg-type]
        return leaks(server.last, secrets)


def table(reports: Mapping[str, Report]) -> str:
    rows = list(dict.fromkeys(name for report in reports.values() for name in report.counts))
    lines = [f"{'':50}" + "".join(f"{mode:>12}" for mode in reports)]
    lines += [f"{row:50}" + "".join(f"{report.counts[row]:>12}" for report in reports.values()) for row in rows]
    lines += [f"{'seconds':50}" + "".join(f"{report.seconds:>12.1f}" for report in reports.values())]
    for mode, report in reports.items():
        lines += [f"FAULT {mode}: {what} x{n}, first at {report.places[what]}" for what, n in report.faults.items()]
    return "\n".join(lines)


class Traces:
    """The traces of a SQLite file that a recorder writes in the background."""

    def __init__(self, path: Path) -> None:
        self._store = STORES.load("sqlite")(path)

    def get(self, id_: str, patience: float = 5.0) -> Trace | None:
        """The trace, waiting up to `patience` seconds for the writer."""
        until = time.monotonic() + patience
        while (trace := self._store.get(id_)) is None and time.monotonic() < until:
            time.sleep(0.02)
        return trace


def _kind(name: str) -> str:
    return re.sub(r"_[0-9]+$", "", name)


def replay(options: argparse.Namespace, talks: list[Talk], database: Path) -> dict[str, Report]:
    tools = tools_of(talks)
    traces = Traces(database)
    settings = Settings(store="sqlite", store_path=database, mask_places=options.mask_places)
    explainbot.configure(settings)
    reports = {}
    with Server() as server, explainbot.OpenAI(base_url=server.url, api_key="none", max_retries=0) as client:
        for mode in options.modes.split(","):
            report = reports[mode] = Report()
            started = time.perf_counter()
            for talk in talks:
                secrets = {name: pattern_of(value) for name, value in talk.secrets(options.mask_places).items()}
                one = Replay(talk, mode, report, secrets)
                one.run(client, server, tools)
                one.check_traces(traces)
                server.forget()
            report.seconds = time.perf_counter() - started
            print(f"{mode}: {report.counts['exchanges']} exchanges in {report.seconds:.1f} s", file=sys.stderr)
    return reports


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--mask-places", action="store_true", help="nor may the customer's city and country leave")
    parser.add_argument("--modes", default=",".join(MODES))
    parser.add_argument("--limit", type=int, default=None, help="only the first N conversations")
    options = parser.parse_args()
    talks = load(options.data)[: options.limit]
    with tempfile.TemporaryDirectory() as scratch:
        reports = replay(options, talks, Path(scratch) / "traces.db")
        files = b"".join(file.read_bytes() for file in Path(scratch).rglob("*") if file.is_file())
    last = list(reports.values())[-1]
    for talk in talks:
        # Other values may belong to somebody else in another conversation; these are one person's alone.
        if any(talk.facts[key].encode() in files for key in ("id", "email") if key in talk.facts):
            last.fault("a value of the customer is in the trace database", talk.id)
    known = next(talk for talk in talks if "email" in talk.facts)
    found = control(known, {name: pattern_of(value) for name, value in known.secrets(True).items()})
    if not {"id", "name", "email", "street", "postcode", "date_of_birth"} <= set(found):
        last.fault("the search finds nothing even through a bare client", known.id)
    print(table(reports))
    print(f"control: {len(found)} values of one customer seen through a bare client")
    failed = any(report.faults for report in reports.values())
    print("FAILED" if failed else f"passed: {len(talks)} conversations, {len(reports)} modes")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
