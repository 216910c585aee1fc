"""Every field of every request that the pinned clients know has a class in the table of fields."""

from __future__ import annotations

import inspect
import re
import types
from collections.abc import Iterator, Mapping
from typing import Any, Literal, TypedDict, Union, get_args, get_origin, get_type_hints

import anthropic
import openai
import pytest
from openai.types.realtime.conversation_item_param import ConversationItemParam
from openai.types.realtime.realtime_client_event_param import RealtimeClientEventParam
from openai.types.responses.response_steer_event_param import ResponseSteerEventParam
from openai.types.responses.responses_client_event_param import ResponseCreate

from explainbot._outgoing import Outgoing
from explainbot.errors import PrivacyError, UnsupportedContent
from explainbot.privacy import Customer, Redactor, Vault
from explainbot.protocols import protocol_for
from explainbot.protocols.fields import FIELDS, PART_TYPES, QUALIFIED, class_of, sent_fields

SENDS = re.compile(r'self\._(get|post|put|patch|delete|get_api_list)\(\s*(?:path_template\(\s*)?f?"([^"]+)"')
"""How a method of the generated clients sends its request."""

BESIDE = frozenset("self return timeout idempotency_key extra_headers extra_query extra_body".split())
"""Arguments of every method that are no fields of its request."""

NOBODYS = "admin."
"""Methods about the company's own account, which the customers' content is no part of."""

Field = tuple[str, str]
"""(field that the object stands in, name)"""


def is_object(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, dict) and hasattr(kind, "__total__")


def fields(kind: Any, parent: str = "", seen: set[tuple[Any, str]] | None = None) -> Iterator[tuple[Field, Any, Any]]:
    """Every field in a type, however deep: where it stands, its own type, and the object it belongs to."""
    seen = set() if seen is None else seen
    if is_object(kind):
        if (kind, parent) in seen:
            return
        seen.add((kind, parent))
        for name, inner in get_type_hints(kind).items():
            yield (parent, name), inner, kind
            yield from fields(inner, name, seen)
    elif get_origin(kind) is not Literal:
        for inner in get_args(kind):
            yield from fields(inner, parent, seen)


def leaves(kind: Any) -> Iterator[Any]:
    """The types of single values in a type: `str`, `int`, `Literal`, an object, ..."""
    origin = get_origin(kind)
    if origin is Literal:
        yield Literal
    elif origin in (Union, types.UnionType) or (origin is not None and not is_mapping(origin)):
        for inner in get_args(kind):
            yield from leaves(inner)
    elif kind is not type(None):
        yield origin or kind


def is_mapping(origin: Any) -> bool:
    return isinstance(origin, type) and issubclass(origin, Mapping)


def literals(kind: Any) -> Iterator[str]:
    if get_origin(kind) is Literal:
        yield from (value for value in get_args(kind) if isinstance(value, str))
    else:
        for inner in get_args(kind):
            yield from literals(inner)


def methods(thing: Any, kind: type, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every method of every resource of a client."""
    for name in dir(type(thing)):
        if name.startswith(("_", "with_")):
            continue
        value = getattr(thing, name, None)
        if isinstance(value, kind):
            yield from methods(value, kind, f"{path}{name}.")
        elif inspect.ismethod(value):
            yield f"{path}{name}", inspect.unwrap(value)


def requests() -> Iterator[Any]:
    """What the methods of both clients send to an endpoint that a protocol reads; all others are refused."""
    clients = (
        (openai.OpenAI(api_key="k", admin_api_key="k"), openai.resources.Chat.__base__),
        (anthropic.Anthropic(api_key="k"), anthropic.resources.Messages.__base__),
    )
    for client, kind in clients:
        for name, method in methods(client, kind):
            source = inspect.getsource(method)
            if name.startswith(NOBODYS) or not any(protocol_for(*asked(found)) for found in SENDS.findall(source)):
                continue
            hints = {key: hint for key, hint in get_type_hints(method).items() if key not in BESIDE}
            yield TypedDict(name, hints)  # type: ignore[operator]
    yield ResponseCreate  # over a WebSocket
    said = {"event": RealtimeClientEventParam, "items": list[ConversationItemParam]}
    yield TypedDict("realtime", said)  # type: ignore[operator]
    yield TypedDict("steered", {"steer": ResponseSteerEventParam})  # type: ignore[operator]


def asked(found: tuple[str, str]) -> tuple[str, str]:
    """Method and path of a request, as found in the source."""
    verb, path = found
    return "GET" if verb == "get_api_list" else verb.upper(), re.sub(r"\{[^}]*\}", "x", path).partition("?")[0]


ALL: dict[Field, list[tuple[Any, Any]]] = {}
for request in requests():
    for place, kind, owner in fields(request):
        ALL.setdefault(place, []).append((kind, owner))


def kind_of(owner: Any) -> str:
    """The `type` of an object, where it is a single word."""
    words = list(literals(get_type_hints(owner).get("type")))
    return words[0] if len(words) == 1 else ""


def classes(place: Field) -> Iterator[tuple[Any, str | None]]:
    parent, name = place
    for kind, owner in ALL[place]:
        yield kind, class_of(name, parent, kind_of(owner))


def test_the_walk_sees_the_clients() -> None:
    assert {("", "model"), ("messages", "role"), ("input", "call_id"), ("source", "media_type")} <= set(ALL)
    assert {("mcp_servers", "url"), ("multi_agent", "max_concurrent_subagents"), ("requests", "params")} <= set(ALL)
    assert ("", "stream_id") in ALL
    assert len(ALL) > 900


def test_every_field_has_a_class() -> None:
    missing = {name for parent, name in ALL for _, found in classes((parent, name)) if found is None}
    assert sorted(missing) == []


def test_what_is_chosen_from_a_list_of_words_is_a_name() -> None:
    """Else a customer called like one of the words would change what the bot asks for."""
    wrong = {
        place: found
        for place in ALL
        for kind, found in classes(place)
        if set(leaves(kind)) - {bool} == {Literal} and list(literals(kind)) and found != "name"
    }
    assert wrong == {}


def test_numbers_are_numbers() -> None:
    wrong = {
        place: found
        for place in ALL
        for kind, found in classes(place)
        if (set(leaves(kind)) & {int, float})
        and set(leaves(kind)) <= {int, float, bool}
        and found not in ("number", "name")
    }
    assert wrong == {}


def test_what_may_be_bytes_is_unreadable() -> None:
    wrong = {
        place: found
        for place in ALL
        for kind, found in classes(place)
        if bytes in leaves(kind) and found not in ("unreadable", "opaque")
    }
    assert wrong == {}


@pytest.mark.parametrize("field", PART_TYPES)
def test_the_types_of_parts_are_those_of_the_clients(field: str) -> None:
    known = {
        word
        for (parent, name), found in ALL.items()
        if parent == field and name == "type"
        for kind, _ in found
        for word in literals(kind)
    }
    assert sorted(known - PART_TYPES[field]) == []


def test_the_table_has_no_word_twice() -> None:
    from explainbot.protocols.fields import _WORDS

    words = [word for group in _WORDS.values() for word in group.split()]
    assert sorted({word for word in words if words.count(word) > 1}) == []
    assert set(QUALIFIED) & {("", word) for word in FIELDS} == set()


class Refusing:
    """A visitor that takes the word "jane" for personal data."""

    def text(self, text: str) -> str:
        return text.replace("jane", "[X]")

    key = text

    def name(self, name: str) -> None:
        if "jane" in name:
            raise PrivacyError(name)

    identifier = credential = name

    def unreadable(self, kind: str, detail: str) -> None:
        raise UnsupportedContent(kind, detail)


@pytest.mark.parametrize(
    ("body", "sent"),
    [
        ({"metadata": {"jane": "jane", "type": "jane"}}, {"metadata": {"[X]": "[X]", "type": "[X]"}}),
        ({"tools": [{"headers": {"jane": "key"}}]}, None),
        ({"prompt": {"variables": {"model": "jane"}}}, {"prompt": {"variables": {"model": "[X]"}}}),
        ({"input": [{"type": "tool_use", "input": {"status": "jane"}}]}, None),
        ({"messages": [{"role": "user", "name": "jane"}]}, {"messages": [{"role": "user", "name": "[X]"}]}),
        ({"tools": [{"name": "jane"}]}, None),
        ({"previous_response_id": "jane"}, None),
        ({"tools": [{"authorization": "jane"}]}, None),
        ({"content": [{"type": "image", "source": {"type": "base64", "data": "x"}}]}, None),
        ({"content": [{"type": "new"}]}, None),
        ({"tomorrow": {"status": ["jane"]}}, {"tomorrow": {"status": ["[X]"]}}),
        ({"tomorrow": "data:image/png;base64,AAAA"}, None),
        ({"tomorrow": "A" * 2000}, None),
        ({"encrypted_content": "A" * 2000}, {"encrypted_content": "A" * 2000}),
        ({"encrypted_content": "jane"}, None),
        ({"seed": 4, "logit_bias": {"50256": -100}}, {"seed": 4, "logit_bias": {"50256": -100}}),
    ],
)
def test_each_class_of_field_is_sent_in_its_own_way(body: dict[str, Any], sent: dict[str, Any] | None) -> None:
    if sent is None:
        with pytest.raises(PrivacyError):
            sent_fields(body, Refusing())
    else:
        assert sent_fields(body, Refusing()) == sent


@pytest.mark.parametrize("key", ["fields", "iban", "shipping_lines", "firstName"])
def test_a_key_as_programs_write_it_is_nobodys_name(key: str) -> None:
    tool = {"tools": [{"headers": {"X-Fleet-Key": "k"}}], "tomorrow": {key: 1}}
    assert sent_fields(tool, Outgoing(Redactor(), Vault(), frozenset())) == tool


@pytest.mark.parametrize("key", ["Priya Raman", "kim@example.org", "quist"])
def test_a_key_that_is_personal_data_is_replaced(key: str) -> None:
    visit = Outgoing(Redactor(customer=Customer(name="Marlene Quist")), Vault(), frozenset())
    assert [*sent_fields({"tomorrow": {key: 1}}, visit)["tomorrow"]] == [*visit.hidden]
    with pytest.raises(PrivacyError):
        sent_fields({"tools": [{"headers": {"Marlene Quist": "k"}}]}, visit)


def test_the_id_of_a_call_is_nobodys_name_but_may_be_an_address() -> None:
    visit = Outgoing(Redactor(), Vault(), frozenset())
    calls = [{"type": "function_call", "call_id": id} for id in ("prior-call", "kim.lee@example.org")]
    sent = sent_fields({"input": calls}, visit)["input"]
    assert [one["call_id"] for one in sent] == ["prior-call", "[EMAIL_1]"]


def test_a_key_that_says_what_was_hidden_is_replaced_on_the_second_walk() -> None:
    redactor, vault = Redactor(), Vault()
    redactor.redact("My name is Fields.", vault)
    assert "fields" not in sent_fields({"fields": 1}, Outgoing(redactor, vault, frozenset(), again=True))


def test_a_variable_of_a_prompt_is_text_whatever_it_is_called() -> None:
    visit = Outgoing(Redactor(), Vault(), frozenset())
    sent = sent_fields({"prompt": {"variables": {"id": "priya_raman", "call_id": "priya_raman"}}}, visit)
    assert {*sent["prompt"]["variables"].values()} == {*visit.hidden} != set()
