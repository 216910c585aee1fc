"""Documents with numbers or file names ahead of them.

    [1] You can return any item.        Source 1:                         returns.md: You can return any item.
    [2] Delivery takes two days.        You can return any item.          delivery.md: Delivery takes two days.

The first is the common form for models that shall cite by number, the second LlamaIndex's citation prompt (Haystack
writes `Document[1]:`), the third that of Azure's search sample ("Sources:" and a line for each file).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from explainbot.passages.base import Passage, Place, cut, described
from explainbot.passages.words import is_cue, line_above, unclosed_end

_WORDS = (
    "document|doc|source|passage|article|chunk|excerpt|snippet|context|result|reference"
    "|dokument|quelle|fuente|documento|fonte"
)
_LABEL = re.compile(
    rf"(?mi)^[ \t]*+(?:\*\*)?(?:"
    rf"\[(?P<bare>\d{{1,3}})\]"
    rf"|\[(?:{_WORDS})[ _#]?(?P<boxed>\d{{1,3}})(?P<boxed_title>[^\]\n]{{0,120}})\]"
    rf"|(?:{_WORDS})[ _#]?(?:\[(?P<indexed>\d{{1,3}})\]|(?P<word>\d{{1,3}}))"
    r"(?P<word_title>[ \t]*[(–—-][^\n:]{1,120})?[ \t]*[:：]"
    r"|\[?(?P<file>[\w][\w .()/-]{0,80}\.(?:pdf|md|txt|html?|docx?|csv|rst|pptx?)(?:#page=\d+)?)\]?[ \t]*[:：]"
    r")(?:\*\*)?[:：]?[ \t]*"
)
_TITLE_LINE = re.compile(r"[^\n.!?]{3,100}\n(?=[^\n])")


def find(text: str, place: Place) -> Iterator[Passage]:
    """Runs of numbered documents, counted up by one from 0 or 1; a bare `[1]` only where something announces it."""
    run: list[re.Match[str]] = []
    for label in [*_LABEL.finditer(text), None]:
        if label is not None and (not run or _follows(run[-1], label)):
            run.append(label)
            continue
        yield from _run(text, run, place)
        run = [] if label is None else [label]


def _kind(label: re.Match[str]) -> str:
    return next(name for name in ("bare", "boxed", "indexed", "word", "file") if label[name] is not None)


def _follows(before: re.Match[str], label: re.Match[str]) -> bool:
    kind = _kind(label)
    return kind == _kind(before) and (kind == "file" or int(label[kind]) == int(before[kind]) + 1)


def _run(text: str, run: list[re.Match[str]], place: Place) -> Iterator[Passage]:
    if not run:
        return
    kind = _kind(run[0])
    announced = place.data or place.announced or is_cue(line_above(text, run[0].start()))
    if kind != "file" and run[0][kind].lstrip("0") not in ("", "1"):
        return
    if not announced and (kind in ("bare", "file") or (place.secret and len(run) < 2)):
        return
    titled = len(run) > 2 and all(_TITLE_LINE.match(text, label.end()) for label in run)
    for number, label in enumerate(run):
        last = number + 1 == len(run)
        start, latest = label.end(), len(text) if last else run[number + 1].start()
        end = unclosed_end(text, start, latest, place, whole=not last and kind != "file", lines=2 if titled else 1)
        about = _about(label, kind)
        title = None if "title" in about else _TITLE_LINE.match(text, start, end)
        if title is not None and (titled or not place.secret or place.announced):
            about, start = described({"title": title[0]}), title.end()
        yield cut(text, start, end, (label.start(), end), about or {"title": label[0].strip(" \t*:：")})


def _about(label: re.Match[str], kind: str) -> dict[str, str]:
    if kind == "file":
        return described({"file": label["file"]})
    written = {"boxed": label["boxed_title"], "word": label["word_title"], "indexed": label["word_title"]}.get(kind)
    title = (written or "").strip(" \t:：–—-,|()")
    return described({"url" if title.startswith("http") else "title": title}) if title else {}
