"""Where a browser would fetch or run what a JSON reply says, followed as the reply is written.

Front ends show the strings of a JSON reply as Markdown or HTML, or make links of them. So each string is followed as
the text that it says, escapes undone, by the rules of `markup.Places`. One that begins as a path or a URL is taken for
an address as a whole (URL Living Standard, 4.4: white space ahead of it and line breaks in it do not count, blanks are
encoded). An address ends with its string; a tag or a link target that its string left open goes on in the next one,
since strings may be put into one page.

What turns out to be no JSON (RFC 8259) is shown as it is, and followed so from its beginning; until then a tag counts
that is one in the text as it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from explainbot.privacy.markup import Places

_OUTSIDE = re.compile(r'["{}\[\],:]|[ \t\r\n]+|[^ \t\r\n"{}\[\],:]+')
_STRING = re.compile(r'(?P<plain>[^"\\]+)|(?P<end>")|(?P<escape>\\(?:u[0-9a-fA-F]{4}|[^u]))|(?P<broken>\\u)', re.DOTALL)
_CUT_ESCAPE = re.compile(r"\\(?:u[0-9a-fA-F]{0,3})?\Z")
_NUMBER = re.compile(r"[-+.0-9eE]+")
_WORDS = ("true", "false", "null")
_ADDRESS = re.compile(r"[/\\](?!\s)|(?:https?|wss?|ftp|javascript|vbscript):|data:(?!\s)", re.IGNORECASE)
_LONGEST_HEAD = len("javascript:") + 1
_DROPPED = dict.fromkeys(map(ord, "\t\r\n"))
_LEADING = "".join(map(chr, range(0x21)))


class Strings:
    """Follows a JSON text.

    Attributes:
        inside: whether it ends in a string.
        broken: whether it is no JSON, or no more of it than what came before.
    """

    def __init__(self) -> None:
        self.inside = False
        self.broken = False
        self._closers: list[str] = []
        self._next = "value"
        self._word = ""
        self._carry = ""

    def feed(self, text: str) -> Iterator[str]:
        """Take the next piece of the text; gives what its strings say, and "" where one ends. Read it to the end."""
        buffer, self._carry = self._carry + text, ""
        at = 0
        while at < len(buffer):
            token = (_STRING if self.inside else _OUTSIDE).match(buffer, at)
            if self.inside and (cut := _CUT_ESCAPE.match(buffer, at)):
                self._carry = cut[0]
                return
            assert token is not None
            at = token.end()
            if self.inside:
                yield self._said(token)
            else:
                self._sign(token[0])

    def _said(self, token: re.Match[str]) -> str:
        if token.lastgroup == "end":
            self.inside = False
            return ""
        if token.lastgroup != "escape":
            self.broken = self.broken or token.lastgroup == "broken"
            return token[0]
        try:
            return str(json.loads(f'"{token[0]}"'))
        except ValueError:
            self.broken = True
            return token[0][1:]

    def _sign(self, token: str) -> None:
        """What stands outside of strings: a bracket, a comma, a colon, white space, a number or a word, or a quote."""
        self.inside = token == '"'
        if self.broken:
            return
        if token[0] not in '"{}[],: \t\r\n':
            self._scalar(token)
            return
        if self._word and self._word not in ("0", *_WORDS):
            self.broken = True
        self._word = ""
        if not token.isspace():
            self._step(token)

    def _scalar(self, token: str) -> None:
        """A number or a word, or the next piece of one; a number is kept as "0", since it may be long."""
        if not self._word:
            self._step("0")
        word = self._word + token
        self._word = "0" if _NUMBER.fullmatch(word) else word
        self.broken = self.broken or not any(known.startswith(self._word) for known in ("0", *_WORDS))

    def _step(self, sign: str) -> None:
        """Go on over one sign of the grammar; "0" is any number or word."""
        last = self._closers[-1] if self._closers else ""
        values = self._next == "value" or (self._next == "first" and last == "]")
        if values and sign in "{[":
            self._closers.append("}" if sign == "{" else "]")
            self._next = "first"
        elif values and sign in '"0':
            self._next = "more"
        elif sign == '"' and (self._next == "key" or (self._next == "first" and last == "}")):
            self._next = "colon"
        elif sign == ":" and self._next == "colon":
            self._next = "value"
        elif sign == "," and self._next == "more" and last:
            self._next = "key" if last == "}" else "value"
        elif sign == last and self._next in ("more", "first"):
            self._closers.pop()
            self._next = "more"
        else:
            self.broken = True


class JsonPlaces:
    """Follows a JSON reply; in the place of `markup.Places`.

    Attributes:
        strings: how far it is JSON.
        text: the text as it is.
    """

    def __init__(self, strings: Strings) -> None:
        self.strings = strings
        self._said = Places()
        self.text = Places()
        self._head = ""

    @property
    def inside(self) -> str:
        """What the text ends in, as `Places` says it; "address" for a string that is one as a whole."""
        if self.strings.inside and _ADDRESS.match(self._head):
            return "address"
        shown = self.strings.broken or not self.strings.inside
        return self._said.inside or (self.text.inside if shown else self.text.tag)

    @property
    def before(self) -> str:
        """The last character of what is read."""
        return (self._said if self.strings.inside else self.text).before

    def feed(self, text: str) -> None:
        """Take the next piece of the text."""
        self.text.feed(text)
        for said in self.strings.feed(text):
            self._said.feed(said or "\n")
            if len(self._head) < _LONGEST_HEAD:
                self._head = (self._head + said.translate(_DROPPED)).lstrip(_LEADING)[:_LONGEST_HEAD]
            if not said:
                self._head = ""
