"""Documents in XML-like tags: `<document index="1"><source>faq.md</source><document_content>...</document_content>`.

The forms are those of Anthropic's guide to long prompts (`<documents>`, `<document_content>`, `<source>`), OpenAI's
GPT-4.1 guide (`<doc id="1" title="...">`), LangChain and Dify (`<context>`), and Open WebUI (`<source id="1">`).

Tags are paired with a stack: a closing tag closes the nearest open one of its name and whatever was left open inside
it. A document is the innermost element, and one with torn tags inside is none, so a tag that stands in a sentence, or
in a hostile document, cannot stretch one document over the text between two.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from explainbot.passages.base import Passage, Place, cut, described, plain_name
from explainbot.passages.words import may_be_quoted, refers_to

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9_-]{0,40})((?:\s[^<>]{0,400})?)>")
_ATTRIBUTE = re.compile(r"([A-Za-z][\w:-]{0,40})\s{0,3}=\s{0,3}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")

DOCUMENT = frozenset(
    "document doc article passage chunk snippet excerpt search_result kb_article faq_entry webpage web_page reference "
    "source help_article".split()
)
"""Elements that are one document."""

MEMBER = frozenset("result item page file entry record section".split())
"""Elements that are one document inside a block of documents."""

BLOCK = frozenset(
    "documents docs articles passages chunks snippets excerpts search_results results sources references context "
    "contexts knowledge knowledge_base knowledgebase kb faq faqs help_articles retrieved_documents retrieved_context "
    "retrieved_docs retrieval_results reference_material web_results retrieved_information".split()
)
"""Elements that hold documents."""

VAGUE = frozenset({"context", "contexts", "knowledge", "references", "results", "sources"})
"""Blocks that may as well hold background for the model: in the instructions they count if the model is told to answer
from them."""

OTHER = frozenset(
    "example examples few_shot instruction instructions rule rules guideline guidelines system policy policies task "
    "persona role tone sample samples thinking output_format internal secret private".split()
)
"""Elements in which nothing is a document that was given for this answer."""

BODY = frozenset("document_content content text body page_content document_text contents".split())
ABOUT = frozenset("source title url link date updated last_updated name id index author metadata version".split())
KNOWN = DOCUMENT | MEMBER | BLOCK | OTHER | BODY | ABOUT


@dataclass(slots=True)
class _Element:
    """An element; offsets of its outer and inner edges, and what it holds."""

    name: str
    attributes: str
    outer_start: int
    start: int
    parent: str
    end: int = 0
    outer_end: int = 0
    documents: bool = False
    parts: list[_Element] = field(default_factory=list)

    @property
    def is_document(self) -> bool:
        if self.name == "source" and (self.parent in DOCUMENT or self.parent in MEMBER):
            return False
        return self.name in DOCUMENT or (self.name in MEMBER and self.parent in BLOCK)


def find(text: str, place: Place) -> Iterator[Passage]:
    """Documents and blocks of documents in tags."""
    if "</" not in text:
        return
    closed = list(_closed(text))
    hidden = _merged([(one.outer_start, one.outer_end) for one in closed if _is_hidden(text, one, place)])
    taken = 0
    for one in sorted(closed, key=lambda one: (one.outer_start, -one.outer_end)):
        while hidden and hidden[-1][1] <= one.outer_start:
            hidden.pop()
        if one.outer_start < taken or (hidden and hidden[-1][0] <= one.outer_start):
            continue
        if one.documents:
            if one.is_document or one.name in BLOCK:
                yield replace(cut(text, one.start, one.start, (one.outer_start, one.start), {}), doubtful=True)
            continue
        passage = _passage(text, one, place)
        if passage is not None and passage.says_something:
            taken = one.outer_end
            yield passage


def _is_hidden(text: str, one: _Element, place: Place) -> bool:
    """Whether no document inside an element may be used: of its name, or of what is written ahead of the first one."""
    if one.name in OTHER or one.name not in BLOCK or not one.parts:
        return one.name in OTHER
    return not may_be_quoted(text[one.start : one.parts[0].outer_start], {}, place)


def _passage(text: str, one: _Element, place: Place) -> Passage | None:
    outer = (one.outer_start, one.outer_end)
    if one.is_document:
        return cut(text, *_body(text, one), outer, described(_about(text, one)))
    if one.name not in BLOCK or (
        place.secret and one.name in VAGUE and not refers_to(text, *outer, one.name.rstrip("s"))
    ):
        return None
    return cut(text, one.start, one.end, outer, {}, block=True)


def _closed(text: str) -> Iterator[_Element]:
    """Elements that were opened and closed, of the names that matter."""
    opened: list[_Element] = []
    count: Counter[str] = Counter()
    for tag in _TAG.finditer(text):
        name = plain_name(tag[2].replace("-", "_"))
        if name not in KNOWN or tag[3].rstrip().endswith("/"):
            continue
        if not tag[1]:
            parent = next((one.name for one in reversed(opened) if one.name not in BODY), "")
            opened.append(_Element(name, tag[3], tag.start(), tag.end(), parent))
            count[name] += 1
            continue
        if not count[name]:
            if opened and name in DOCUMENT:
                opened[-1].documents = True  # something was closed twice: what is open may be stretched over two
            continue
        broken = False
        while (one := opened.pop()).name != name:
            count[one.name] -= 1
            broken = broken or one.documents or one.is_document
        count[name] -= 1
        one.documents |= broken
        one.end, one.outer_end = tag.start(), tag.end()
        if opened:
            opened[-1].documents |= one.documents or one.is_document
            opened[-1].parts.append(one)
        yield one


def _body(text: str, one: _Element) -> tuple[int, int]:
    """Where the text of a document element stands: its body element, else all behind the particulars at its head."""
    if (body := next((part for part in one.parts if part.name in BODY), None)) is not None:
        return body.start, body.end
    at = one.start
    for part in one.parts:
        if part.name in ABOUT and not text[at : part.outer_start].strip():
            at = part.outer_end
    return at, one.end


def _about(text: str, one: _Element) -> dict[str, str]:
    fields = {match[1]: match[2] or match[3] or match[4] or "" for match in _ATTRIBUTE.finditer(one.attributes)}
    for part in one.parts:
        if part.name in ABOUT and part.end - part.start <= 400:
            fields.setdefault(part.name, text[part.start : part.end])
    return fields


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans without those inside others, the first one last."""
    kept: list[tuple[int, int]] = []
    for span in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept[::-1]
