"""Which fields of a look-up's JSON a statement repeats, so that a customer is shown those and not the JSON.

A field is repeated if the statement gives its value, in whatever form (`"2024-05-20"`, "20 May"), or holds all of its
words; a number of one or two digits only where a word of the field's name stands there too. It narrows down a passage
that was matched already, and says no more than the passage does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from explainbot import _json
from explainbot.explain.lexicons import LEXICONS, Lexicon, lexicon_for
from explainbot.explain.source import Source
from explainbot.explain.statement import Evidence, Field, Statement
from explainbot.explain.tokens import WORD, tokens
from explainbot.explain.values import values

MOST = 6
"""Fields shown of one passage."""

LONGEST = 200
"""Characters of a field's value; a longer one is a text, and is quoted as one."""

EMPTY = frozenset({"true", "false", "null"})


def with_fields(statement: Statement, sources: Sequence[Source]) -> Statement:
    """The statement, its evidence from JSON narrowed down to fields. Linear in the sources that are quoted."""
    by_id = {source.id: source for source in sources if source.kind in ("tool_result", "profile")}
    held = [item.source_id in by_id and not item.withheld for item in statement.evidence]
    if not any(held):
        return statement
    evidence = [
        item.model_copy(update={"fields": tuple(_repeated(statement, item, by_id[item.source_id].text))})
        if own
        else item
        for item, own in zip(statement.evidence, held, strict=True)
    ]
    return statement.model_copy(update={"evidence": tuple(evidence)})


def _repeated(statement: Statement, item: Evidence, text: str) -> Iterator[Field]:
    if not _json.is_container(text):
        return
    lexicon = lexicon_for(statement.text) or LEXICONS.load("en")
    stream = tokens(statement.text)
    words = {part for kind, word, _, _ in stream if kind == WORD for part in lexicon.parts(word)}
    needed = {key for value in values(statement.text, stream, lexicon) for key in value.needs}
    telling = {key for key in needed if not _SMALL.fullmatch(key)}
    stems = _stems(statement.text, lexicon)
    found = 0
    for node in _json.nodes(text):
        if node.kind in ("object", "array") or not item.start <= node.start < node.end <= item.end:
            continue
        written = text[node.start : node.end]
        if len(written) > LONGEST or written in EMPTY:
            continue
        said = _json.unescape(written) if node.kind == "string" else written
        own = tokens(said)
        held = values(said, own, lexicon)
        plain = [part for kind, word, _, _ in own if kind == WORD for part in lexicon.parts(word)]
        named = said.isdecimal() and not stems.isdisjoint(_stems(spoken(node.path), lexicon))
        known = needed if named else telling
        given = any(not known.isdisjoint(value.gives) for value in held)
        if given or (plain and not held and words.issuperset(plain)):
            yield Field(path=node.path, text=said, start=node.start, end=node.end)
            found += 1
            if found == MOST:
                return


_SMALL = re.compile(r"[nb]:\d{1,2}")
"""The key of a bare number that many fields hold: the 2 of "Flight 2" is not the two seats that are left."""


def _stems(text: str, lexicon: Lexicon) -> set[str]:
    return {stem for kind, word, _, _ in tokens(text) if kind == WORD for stem in lexicon.terms(word)[1]}


def spoken(path: str) -> str:
    """The last name of a path in words: of `payment_methods[0].dueDate` "due date". A name that is data itself, such
    as an address used as a key, stays as it is."""
    last = re.sub(r"\[\d+\]$", "", path).rpartition(".")[2]
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|_", " ", last).lower() if _IS_NAME.fullmatch(last) else last


_IS_NAME = re.compile(r"[A-Za-z][\w -]*")
