"""An explanation as HTML: a fragment that stands by itself, and the tree a page builds the same from.

Native `details` open by keyboard and work without script. Every state is said in words; line styles and colours only
repeat it. Text of others is cleaned, escaped, and stands in an isolated direction and, where it is told, in its own
language (WCAG 2.2, 1.3.2, 1.4.1, 1.4.10, 2.1.1, 3.1.2).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from explainbot.explain import depths
from explainbot.explain.languages import Language
from explainbot.explain.lines import Item, Line, Part, Section
from explainbot.explain.rendering import address, clean
from explainbot.explain.telling import told
from explainbot.explain.view import view

if TYPE_CHECKING:
    from explainbot.explain.explanation import Explanation

VIEW_VERSION = "1.0"
"""Version of the tree that `tree` gives."""

STYLE = (
    ".explainbot{--ink:#1c1e21;--soft:#55585e;--ground:#fff;--edge:#767a82;--link:#0b57b0;--mark:#fff3b8;--on-mark:#1c1e21;"
    "color:var(--ink);background:var(--ground);color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif;"
    "max-width:46rem;padding:.75rem 1rem;border:1px solid var(--edge);border-radius:.5rem;overflow-wrap:anywhere}"
    "@media(prefers-color-scheme:dark){.explainbot{--ink:#eceef1;--soft:#b3b8c0;--ground:#1b1d21;--edge:#8b9099;"
    "--link:#8ab8ff;--mark:#4d4313;--on-mark:#fff6cf}}"
    ".explainbot p{margin:.25rem 0}.explainbot h2{font-size:1.05rem;margin:1rem 0 .25rem}"
    ".explainbot ol,.explainbot ul{margin:0;padding-inline-start:1.5rem}.explainbot li{margin:.5rem 0}"
    ".explainbot ol>li:not([data-state]){list-style-type:disc}"
    ".explainbot li[data-state]{padding-inline-start:.6rem;border-inline-start:.25rem solid var(--edge)}"
    '.explainbot li[data-state="partly found"]{border-inline-start-style:dashed}'
    '.explainbot li[data-state="not found"]{border-inline-start-style:dotted}'
    '.explainbot li[data-state="conflicts"]{border-inline-start-style:double}'
    ".explainbot summary{cursor:pointer;font-weight:600;padding:.35rem 0;min-height:1.5rem}"
    ".explainbot details details{margin-top:.75rem}"
    ".explainbot a{color:var(--link)}"
    ".explainbot :is(a,summary):focus-visible{outline:3px solid var(--link);outline-offset:2px}"
    ".explainbot mark{background:var(--mark);color:var(--on-mark)}.explainbot bdi span{color:var(--soft)}"
)
"""The fragment's own style, light and dark. Text has a contrast of 7 to 1 or more (WCAG 2.2, 1.4.6)."""


def html(one: Explanation, texts: Mapping[str, str] | None = None) -> str:
    """The whole as an HTML fragment: the first line, then the details, simple words and the full record to open.

    Args:
        texts: the sources' texts by id, to show quotes where they stand.
    """
    shown = view(one, texts)
    words = shown.language
    simple = depths.simple(one)
    deeper = _details(simple.title, _section(simple, words, heading=False))
    if sections := depths.record(one):
        deeper += _details(words.template("record"), _sections(sections, words))
    return (
        f'<section class="explainbot" lang="{escape(words.code)}" dir="{words.direction}" data-ai-generated="true"'
        f' data-trace="{escape(clean(one.trace_id))}" aria-label="{escape(shown.details)}"><style>{STYLE}</style>'
        f'<p class="explainbot-line">{_line(shown.headline, words)}</p>'
        f"{_details(shown.details, _sections(shown.sections, words) + deeper)}</section>\n"
    )


def _details(title: str, body: str) -> str:
    return f"<details><summary>{escape(title)}</summary>{body}</details>"


def _sections(sections: Sequence[Section], words: Language) -> str:
    return "".join(_section(section, words) for section in sections)


def _section(section: Section, words: Language, *, heading: bool = True) -> str:
    items = "".join(_item(item, words) for item in section.items)
    tag = "ol" if section.numbered else "ul"
    title = f"<h2>{escape(section.title)}</h2>" if heading else ""
    return f"{title}<{tag}>{items}</{tag}>"


def _item(item: Item, words: Language) -> str:
    below = "".join(f"<p>{_line(line, words)}</p>" for line in item.below)
    state = f' data-state="{escape(item.state)}"' if item.state else ""
    return f"<li{state}><p>{_line(item.line, words)}</p>{below}</li>"


def _line(line: Line, words: Language) -> str:
    return "".join(_part(part, words) for part in line)


def _part(part: Part, words: Language) -> str:
    if part.role == "own":
        return escape(part.text)
    text = escape(clean(part.text))
    if part.role == "link":
        return f'<a href="{escape(address(part.href))}" rel="noopener noreferrer nofollow"><bdi>{text}</bdi></a>'
    if part.role == "name":
        return f"<bdi>{text}</bdi>"
    if part.before or part.after:
        before, after = (f"<span>{escape(side)}</span>" if side else "" for side in _sides(part))
        text = f"{before}<mark>{text}</mark>{after}"
    lang = _lang(part.text, words)
    opening = f'<bdi lang="{lang}">' if lang else "<bdi>"
    return f"{words.quotes[0]}{opening}{text}</bdi>{words.quotes[1]}"


def _lang(text: str, words: Language) -> str:
    """The language of a quote, where it is told and not the one round it."""
    own = told(text)
    return own if own and own != words.code else ""


def _sides(part: Part) -> tuple[str, str]:
    """What stands before and after a quote, cleaned, with the space between."""
    before, after = clean(part.before), clean(part.after)
    return (
        before + " " * (before != "" and part.before[-1:].isspace()),
        " " * (after != "" and part.after[:1].isspace()) + after,
    )


def tree(one: Explanation, texts: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The view as JSON, worded, cleaned and ordered, for a page that builds its own elements.

    Args:
        texts: the sources' texts by id, to show quotes where they stand.

    Returns:
        `version`, `trace_id`, `ai_generated`, `lang`, `dir`, `headline` (a line), `details` and `record_title`
        (titles), `sections` and `record` (lists of sections) and `simple` (a section). A section has `title`,
        `numbered` and `items`; an item has `state`, `line` and `below` (lines); a line is a list of parts with `text`,
        `role`, and where they are set `href`, `lang`, `before` and `after`.
    """
    shown = view(one, texts)
    words = shown.language
    return {
        "version": VIEW_VERSION,
        "trace_id": clean(one.trace_id),
        "ai_generated": True,
        "lang": words.code,
        "dir": words.direction,
        "headline": _line_tree(shown.headline, words),
        "details": shown.details,
        "sections": [_section_tree(section, words) for section in shown.sections],
        "simple": _section_tree(depths.simple(one), words),
        "record_title": words.template("record"),
        "record": [_section_tree(section, words) for section in depths.record(one)],
    }


def _section_tree(section: Section, words: Language) -> dict[str, Any]:
    items = [
        {
            "state": item.state,
            "line": _line_tree(item.line, words),
            "below": [_line_tree(line, words) for line in item.below],
        }
        for item in section.items
    ]
    return {"title": section.title, "numbered": section.numbered, "items": items}


def _line_tree(line: Line, words: Language) -> list[dict[str, str]]:
    return [made for part in line for made in _part_tree(part, words)]


def _part_tree(part: Part, words: Language) -> Iterator[dict[str, str]]:
    if part.role == "own":
        yield _own(part.text)
        return
    made = {"text": clean(part.text), "role": part.role}
    if part.role == "link":
        made["href"] = address(part.href)
    if part.role not in ("said", "quote"):
        yield made
        return
    before, after = _sides(part)
    optional = {"lang": _lang(part.text, words), "before": before, "after": after}
    yield _own(words.quotes[0])
    yield {**made, **{name: value for name, value in optional.items() if value}}
    yield _own(words.quotes[1])


def _own(text: str) -> dict[str, str]:
    return {"text": text, "role": "own"}
