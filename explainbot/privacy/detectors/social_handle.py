"""Names of accounts on social networks, and user names, by the word before them.

Forms: X (help centre, "Username length": up to 15 letters, digits, underscores), Instagram (30, with dots), Telegram
(5 to 32), TikTok (24), Discord (32). A handle alone is not taken: companies have handles too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from explainbot.privacy.context import cues, glued
from explainbot.privacy.detection import Detection
from explainbot.privacy.names import NO_NAMES
from explainbot.privacy.triggers import triggered_by
from explainbot.privacy.words import FUNCTION_WORDS

_NETWORKS = frozenset(
    "venmo cashapp cashtag twitter instagram insta ig telegram tiktok snapchat snap discord skype facebook fb linkedin"
    " mastodon handle bluesky threads reddit gamertag psn wechat weixin signal xbox steam 微信号 微信".split()
)
_LOGINS = frozenset(
    "username usernames user logged login userid nickname benutzername gebruikersnaam utilisateur usuario usuário"
    " utente użytkownika användarnamn brukernavn brugernavn käyttäjätunnus kullanıcı 用户名 ユーザー名".split()
)
_HANDLE = re.compile(
    r"(?:\s{0,2}(?:handle|account|profile|user ?name|name|id|is|as|me|at|on|it's|[:=>#\"'(-]"
    r")){0,6}\s{0,2}(@[A-Za-z0-9][\w.-]{1,31}(?<![.-])|live:[\w.]{3,31}(?<!\.)|\$[A-Za-z][\w-]{1,20})(?![@\w])",
    re.IGNORECASE,
)
_FOLLOW = re.compile(r"\b(?:us|them) on \Z|\b(?:our|your|their|company|official) \Z")
_BARE = re.compile(
    r"(?:\s{0,2}(?:handle|account|profile|user ?name|name|id)){0,6}\s{0,2}(?:is|:|=)?\s{0,2}"
    r"((?=[A-Za-z]{1,24}[_.0-9])[A-Za-z][\w.]{2,30}(?<!\.)(?<!\.com|\.net|\.org))(?![@\w/])"
    r"|(?:\.com/in/|\.com/user/|\.com/u/|\s+/?u/)([\w-]{3,64})",
    re.IGNORECASE,
)
"""A handle without `@` has a digit, a dot or an underscore; who is at `linkedin.com/in/` is a person."""

_TAG = re.compile(r"(?:\s{0,2}(?:tag|name|id|is|:|=)){0,6}\s{0,2}([\w.]{2,32}#[0-9]{4})(?!\w)", re.IGNORECASE)
_FORMS = {"discord": (_HANDLE, _TAG, _BARE)}
_LOGIN = re.compile(
    r"(?:\s{0,2}(?:name|id)| in as(?: user)?)?[*_]{0,2}[\"'`]?\]?\s{0,2}(?:[:=>#]|\s-\s"
    r"|\bis\b|(?=\s[A-Za-z._-]{1,24}[0-9]))[*_]{0,2}\s{0,2}[\"'`]?([A-Za-z][\w.-]{2,31}(?<![.-]))(?![@\w])",
    re.IGNORECASE,
)
_MORE = re.compile(r"(?:\s{0,2}(?:name|id)\b)?", re.IGNORECASE)
_PLAIN = re.compile(r"[\"'`]?((?=[A-Za-z._-]{0,24}[0-9])[A-Za-z][\w.-]{2,31}(?<![.-]))(?![@\w])")
_CODE_TYPES = frozenset("str string bytes int optional none null undefined".split())
_MIXED = re.compile(r"[A-Za-z].*[0-9_.]|[0-9]")


@triggered_by(words=_NETWORKS | _LOGINS)
def detect(text: str) -> Iterator[Detection]:
    """Handles and user names in `text`."""
    for start, end, word in cues(text, _NETWORKS | _LOGINS):
        if _FOLLOW.search(text[max(0, start - 20) : start].lower()):
            continue
        if word in _NETWORKS:
            match = next(
                filter(None, (form.match(text, glued(text, end)) for form in _FORMS.get(word, (_HANDLE, _BARE)))), None
            )
            if match:
                yield Detection(*match.span(match.lastindex or 1), "SOCIAL_HANDLE", 0.8, "a handle after a network")
        else:
            more = _MORE.match(text, end)
            bare = more.end() if more else end
            glue = glued(text, bare)
            match = _PLAIN.match(text, glue) if glue > bare else _LOGIN.match(text, end)
            if match and (glue > bare or _named(word, match)):
                yield Detection(*match.span(1), "USER_ID", 0.8, "what follows a word for user name")


def _named(word: str, match: re.Match[str]) -> bool:
    """Whether a user name follows: more than letters, or after a colon; "user" alone names none."""
    if word == "user" and not re.match(r"\s{0,2}(?:name|id)", match[0], re.IGNORECASE):
        return False
    plain = match[1].lower()
    if (
        plain in _CODE_TYPES or plain.startswith("self.") or match.string[match.end(1) : match.end(1) + 1] in ("(", "[")
    ):  # code
        return False
    return _MIXED.search(plain) is not None or (":" in match[0] and plain not in FUNCTION_WORDS | NO_NAMES)
