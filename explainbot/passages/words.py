"""What announces documents in a prompt, what speaks to the model, and what forbids to show a text."""

from __future__ import annotations

import re
from collections.abc import Mapping

from explainbot.passages.base import Place

__all__ = ["is_cue", "is_vague", "line_above", "may_be_quoted", "refers_to", "speaks_to_the_model", "unclosed_end"]

_CUES = (
    r"contexts?|documents?|docs|sources?|passages?|articles?|excerpts?|snippets?|references?"
    r"|(?:search|retrieval) results?"
    r"|knowledge(?: ?base)?|faqs?|help (?:articles?|cent(?:er|re)|pages?)|retrieved (?:text|information|content)"
    r"|information (?:below|provided|retrieved)|background information|product information|manuals?|web pages?"
    r"|kontext|dokumente?|quellen?|artikel|ausz[uü]ge?|wissensdatenbank|hilfeartikel|suchergebnisse"
    r"|contexte|extraits?|base de connaissances|résultats de recherche"
    r"|contexto|documentos?|fuentes?|art[ií]culos?|fragmentos?|base de conoc?imientos?|resultados de b[uú]squeda"
    r"|contesto|documenti|fonti|articoli|estratti|base di conoscenza|risultati di ricerca"
    r"|fontes?|artigos?|trechos?|base de conhecimento|contexto|documenten|bronnen|artikelen|kennisbank|zoekresultaten"
    r"|kontekst|dokumenty|źródła|artykuły|fragmenty|baza wiedzy|wyniki wyszukiwania"
)
_CJK_CUES = r"上下文|文档|文件|参考资料|知识库|搜索结果|コンテキスト|参考文書|参考資料|検索結果|ドキュメント"
_CUE = re.compile(rf"\b(?:{_CUES})\b|{_CJK_CUES}", re.IGNORECASE)

LONGEST_CUE = 160
"""Characters of a line that announces documents."""

_QUESTION = re.compile(
    r"[ \t>*#_-]*(?:(?:user |customer |final |the )?(?:question|query|message|request|user|customer|human)s?|"
    r"(?:helpful |final |your )?answer|instructions?|task|frage|antwort|réponse|pregunta|respuesta|domanda|risposta|"
    r"pergunta|resposta|vraag|antwoord|pytanie|odpowiedź|问题|回答|質問)\b[^\n]{0,20}[:：]",
    re.IGNORECASE,
)
"""Openings of lines that bring the customer's question."""

_RULES = re.compile(
    r"[ \t>*#_-]*(?:(?:rules?|instructions?|guidelines?|tasks?|notes?|important|remember|requirements?|constraints?|"
    r"output(?: format)?|response(?: format)?|style|tone|user|customer|human|assistant|system|examples?|"
    r"(?:user |customer |final |the )?(?:question|query|message|input|request)s?|(?:helpful |final |your )?answer)"
    r"\b[^\n]{0,40}[:：]|"
    r"(?:now|please|never|always|do not|don't|you are|you must|you should|you may|you can only|you will|your task|"
    r"your job|your answer|answer|respond|reply|use (?:the|only|this|these)|using|based on|given|if (?:the|you|a) "
    r"(?:answer|context|question|customer|user|don't|do not|cannot|can't)|only (?:use|answer)|cite|think|first,|"
    r"make sure|ensure|keep in mind|under no circumstances)\b|"
    r"(?:frage|antwort|anweisung(?:en)?|regeln?|wichtig|question|réponse|consignes?|règles?|pregunta|respuesta|"
    r"instrucciones|reglas|domanda|risposta|istruzioni|regole|pergunta|resposta|instruções|regras|vraag|antwoord|"
    r"instructies|regels|pytanie|odpowiedź|instrukcje|zasady|问题|回答|質問|回答)\b[^\n]{0,20}[:：]|"
    r"(?:antworte|beantworte|nutze|verwende|réponds|répondez|utilise|responde|contesta|usa|rispondi|responda|use|"
    r"beantwoord|gebruik|odpowiedz)\b)",
    re.IGNORECASE,
)
"""Openings of lines that speak to the model, or bring the customer's question: no part of any document."""

_INTERNAL = re.compile(
    r"\b(?:confidential|(?:for )?(?:internal|staff|agents?|employees?|team)[ -](?:use )?only|internal use|"
    r"(?:do not|don't|never|must not be|not to be) (?:shared?|disclosed?|reveal|shown?|tell|quote|forward)|"
    r"not (?:for|visible to) (?:the )?(?:customers?|users?|public)|hidden from (?:the )?(?:customer|user)s?|"
    r"vertraulich\w*|nur (?:für|zur) intern\w*|nicht (?:an|für) kunden|confidentiel\w*|usage interne|confidencial\w*|"
    r"uso interno|riservat[oaie]|uso interno|vertrouwelijk\w*|intern gebruik|poufn[eya]\w*)\b",
    re.IGNORECASE,
)
_INTERNAL_NAME = re.compile(r"\b(?:internal|intern\w{0,2}|secret|private|playbook|system prompt)\b", re.IGNORECASE)


def is_cue(line: str) -> bool:
    """Whether a line announces documents: short, with a word for them, and ending as an announcement does."""
    line = line.strip()
    ends = line.startswith("#") or line.rstrip("*_ ").endswith((":", "："))
    ends = ends or re.search(r"\b(?:below|following|unten|ci-dessous|a continuación)\b[^\n]{0,20}\.$", line) is not None
    return ends and len(line) <= LONGEST_CUE and _CUE.search(line) is not None


def refers_to(text: str, start: int, end: int, word: str = "context") -> bool:
    """Whether what stands round a block tells the model to answer from it: "use the following context"."""
    pattern = re.compile(
        rf"\b(?:following|given|retrieved|provided|below|above|these|inside|within|from|us(?:e|ing)|based on|only)\b"
        rf"[^\n.]{{0,80}}\b{word}s?\b",
        re.IGNORECASE,
    )
    return (
        pattern.search(text, max(0, start - NEAR), start) is not None
        or pattern.search(text, end, end + NEAR) is not None
    )


def ends_in_cue(heading: str) -> bool:
    """Whether the last word of a heading is one for documents: "Help articles", but not "Document formatting"."""
    last = max(_CUE.finditer(heading), key=lambda cue: cue.end(), default=None)
    return last is not None and not any(map(str.isalnum, heading[last.end() :]))


NEAR = 2_000
"""Characters before and after a block in which its mention counts."""


def speaks_to_the_model(line: str, place: Place) -> bool:
    """Whether a line brings the question or, in the instructions, opens like a rule: no document goes on with it."""
    return (_RULES if place.secret else _QUESTION).match(line) is not None


def is_vague(line: str) -> bool:
    """Whether an announcement may as well be one of background for the model, so that it takes a mention besides."""
    return _VAGUE.search(line) is not None


_VAGUE = re.compile(
    r"(?i)\b(?:contexts?|information|references?|sources?|kontext|contexte|contexto|contesto|kontekst)\b|"
    r"上下文|コンテキスト"
)


def line_above(text: str, at: int) -> str:
    """The last line before `at` that is not empty."""
    above = text[max(0, at - 2 * LONGEST_CUE) : at].rstrip()
    return above[above.rfind("\n") + 1 :]


def may_be_quoted(text: str, about: Mapping[str, str], place: Place) -> bool:
    """Whether a document inside the instructions may be shown: it does not call itself internal or confidential."""
    if not place.secret:
        return True
    return _INTERNAL.search(text) is None and _INTERNAL_NAME.search(" ".join(about.values())) is None


def unclosed_end(text: str, start: int, end: int, place: Place, *, whole: bool = False, lines: int = 1) -> int:
    """Where a document ends of which only the beginning is marked.

    Args:
        start: where its text begins.
        end: the latest it can end.
        whole: something follows that shows that `end` is its end, such as the header of the next document.
        lines: lines it has, where that is known from those before it.

    In a marked block or a tool's result it runs to `end`; else to the first line that speaks to the model and, where
    nothing shows its end, to its first empty line, or, in the instructions, to the end of its last line.
    """
    if place.data or place.announced:
        return end
    at = start
    seen = 0
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        line = text[at:stop]
        if (seen or place.secret) and speaks_to_the_model(line, place):
            return at
        if not whole and seen and (not line.strip() or (place.secret and seen >= lines)):
            return at
        seen += bool(line.strip())
        at = stop + 1
    return end
