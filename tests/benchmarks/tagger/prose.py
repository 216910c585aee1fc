"""What programs say to people in 37 languages: sentences in which nobody is named.

They teach the tagger how a language reads when it speaks of things: its nouns, its endings, what stands before them.
Sources: translations of Home Assistant's pages, by way of home-assistant-frontend (Apache-2.0), of a shop, django-oscar,
and of Django (both BSD-3-Clause), and what people do for a living, by way of Faker (MIT). Nothing of them ships but what
the weights and the lexicon have learned.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from pkgutil import iter_modules

from babel.messages.mofile import read_mo
from faker.providers import job

PROSE = """de fr es it nl pt pt-BR pl tr sv ru uk ar zh-Hans zh-Hant ja ko hi el da nb fi cs sk hu ro bg hr sl lt lv et ca he
id vi fa""".split()
"""The languages, by the names Home Assistant gives them. English is not among them: it has templates enough."""

CATALOGUES = {"pt-BR": "pt_BR", "zh-Hans": "zh_CN", "zh-Hant": "zh_TW"}
"""How Django and django-oscar name a language, where it is not the same."""

_SLOT = re.compile(r"\{[^{}]*\}|\[%[^%]*%\]|%\(\w+\)[sdi]|%[sdi]")
_MARKUP = re.compile(r"<[^<>]{1,80}>|&[a-z]+;|\*\*|`|https?://\S+")
_WORD = re.compile(r"[^\W\d_]{2,}")


@cache
def prose(language: str) -> list[str]:
    """Sentences of a language, each once, in a fixed order; `{}` stands where a program puts in a value of its own."""
    told = (*_pages(language), *_catalogues(CATALOGUES.get(language, language)), *_jobs(language))
    found = {" ".join(_MARKUP.sub(" ", _SLOT.sub("{}", text)).split()) for text in told}
    return sorted(
        text for text in found if 4 <= len(text) <= 400 and _WORD.search(text) and "{" not in text.replace("{}", "")
    )


@cache
def words(language: str) -> list[str]:
    """Words of a language's sentences in lower case, the most frequent first."""
    counted = Counter(word.lower() for text in prose(language) for word in _WORD.findall(text))
    return sorted(counted, key=lambda word: (-counted[word], word))


def _pages(language: str) -> Iterator[str]:
    folder = Path(str(files("hass_frontend"))) / "static" / "translations"
    for path in sorted(folder.glob(f"**/{language}-" + "[0-9a-f]" * 32 + ".json")):
        yield from _strings(json.loads(path.read_text(encoding="utf-8")))


def _catalogues(language: str) -> Iterator[str]:
    for package in ("django", "oscar"):
        for path in sorted(Path(str(files(package))).glob(f"**/locale/{language}/LC_MESSAGES/*.mo")):
            with path.open("rb") as opened:
                for message in read_mo(opened):
                    if message.id:
                        yield from [message.string] if isinstance(message.string, str) else message.string


def _jobs(language: str) -> Iterator[str]:
    for module in iter_modules(job.__path__):
        if module.name.partition("_")[0] == language:
            yield from import_module(f"{job.__name__}.{module.name}").Provider.jobs


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, str):
        yield value
