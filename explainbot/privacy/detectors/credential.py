"""Passwords, PINs, one-time codes, card security codes and answers to security questions, by the word before them.

What counts as an authenticator: NIST SP 800-63B, section 5.1 (memorized secrets, look-up secrets, one-time passwords;
security questions in section 5.1.1.2). Card verification values: PCI DSS 4.0, requirement 3.3.1. One-time codes of four
to eight digits: RFC 4226, section 5.4, and common text-message codes.
Codes that move a mobile number elsewhere or end its contract: Ofcom, General Conditions C7 (PAC and STAC).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from explainbot.privacy.context import cues, glued, linked
from explainbot.privacy.detection import Detection
from explainbot.privacy.triggers import triggered_by

_PASSWORDS = frozenset(
    """
    password passwords passwd passwort kennwort pass passphrase passcode pw pwd pword wachtwoord contraseña contrasena
    senha hasło parola motdepasse passwortes secret kundenkennwort kundenpasswort servicepasswort pgpassword
    userpassword lösenord lösenordet adgangskode passord passordet salasana salasanani heslo jelszó jelszavam lozinka
    šifra sandi khẩu şifre şifrem şifresi parolam пароль пароля пароли סיסמה הסיסמה المرور κωδικός पासवर्ड パスワード
    密码 密碼 비밀번호 암호 รหัสผ่าน
    """.split()
)
_PHRASES = {"passe": re.compile(r"mot de \Z"), "key": re.compile(r"\b(?:api|secret|access|auth|encryption)[ _-]?\Z")}
_CODES = frozenset(
    """
    otp pin pins puk tan mfa 2fa totp passcode cvv cvc cvv2 cvc2 csc prüfziffer prüfnummer kartenprüfnummer cryptogramme
    bestätigungscode sicherheitscode verifizierungscode zugangscode einmalcode geheimzahl verificatiecode
    beveiligingscode pincode weryfikacyjny engångskod verifieringskod bekræftelseskode vahvistuskoodi kertakoodi 验证码
    驗證碼 动态码 確認コード 認証コード 인증번호 인증코드 暗証番号 подтверждения
    """.split()
)
_QUALIFIED = frozenset("code codes código codigo codice kod kodu kód koda kode kodunuz".split())
_QUALIFIER = re.compile(
    r"\b(?:verification|security|one[- ]time|access|auth(?:entication|orization)?|login|log-?in|sms|text|2fa"
    r"|otp|unlock|"
    r"reset|pin|entry|door|gate|alarm|recovery|backup|doğrulama|onay|güvenlik|ověřovací|overovací)[ -]?\Z"
)
_QUALIFIES = re.compile(
    r" (?:de |di |d')?(?:v[ée]rification|verificaci[oó]n|verifica|verifica[cç][aã]o|s[ée]curit[ée]|seguridad|sicurezza"
    r"|seguran[cç]a|confirmation|confirmaci[oó]n|conferma|confirma[cç][aã]o|acc[eè]s|acceso|accesso|acesso|sms|pin|dost[eę]pu"
    r"|weryfikacji|weryfikacyjny)\b"
)
_ID = re.compile(r"[ _-]id\b", re.IGNORECASE)
_FLAG = re.compile(r"(?<![\w-])--(?:[a-z]+-){0,3}\Z")
_ARGUMENT = re.compile(r"[ =][\"']?([^\s\"'\x00-]\S{3,255}?)[\"']?(?=\s|\Z)")
_CURL = re.compile(r"\s(?:-u|--user)[ =]?[\"']?([^\s\"':\x00]{1,128}:[^\s\"'\x00]{1,128})")
"""A secret after an option such as `--password`, and the user of curl (curl's manual, `-u`)."""

_SEED = re.compile(r"\b(?:seed|recovery|backup|mnemonic|secret)[ -]\Z")
_MNEMONIC = re.compile(r"(?:[a-z]{3,8}[ ,]{1,2}){11,23}[a-z]{3,8}(?!\w)")

_SENT = re.compile(r" (?:you|they|i|we|that|from)\b[^.!?\x00]{0,24}\b(?:sent|texted|sms|got|received)\b")
_PORTING = frozenset("pac stac".split())
_PORTING_CODE = re.compile(r"[A-Za-z]{3}[ -]?[0-9]{6}(?!\w)")
_TOKENS = frozenset("token tokens key keys jwt session sessionid phpsessid jsessionid sid".split())
_ANSWERS = frozenset("answer maiden pet".split())
_ANSWER = re.compile(r"\b(?:security|secret)(?: question)?(?:'s)? \Z|\bmother'?s? \Z|\b(?:first|childhood) \Z")
LONGEST = 1024
"""Characters of a secret that are looked at; one that goes on is hidden up to there."""

_TOKEN = re.compile(rf"[^\s\x00]{{3,{LONGEST}}}+")
_CODE = re.compile(
    r"(?<![\w.,/:$€£+-])(?:[0-9]{4}-[0-9]{4}(?![\w-])|[0-9]{3}(?:[ -]?[0-9]{1,3}){0,2}(?![\w%/:]|[.,-][0-9]))"
)
_CODE_NEXT = re.compile(r"[0-9]{3,8}(?![\w%/:]|[.,-][0-9])")
_CODE_GAP = re.compile(r"[^.!?\n\x00]{0,40}")
_OF = re.compile(r"(?:['\u2019]?s)?(?: name)?", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_][\w'-]{2,30}")
_MARK = re.compile(
    r"'s\s+|[\"'`]?\]?\s*(?:[:?.]{0,3}=>?|:|->)\s*[\"'`]?|[\"'`]\s*,\s*[\"'`]|>\s*"
    r"|\s+(?:is|was|are|ist|war|lautet|es|est|è|é|to|är|er|on|je|este)\s*:?\s+[\"'`]?"
    r"|\s*(?:[:：]|[是为為はが]|[은는이가])\s*[\"'`]?|\s*[\"'`]\s*"
)
_MIXED_NEXT = re.compile(r" (?=[a-zA-Z]{3,20}[0-9]{2,8}(?![\w-]))")
"""Without a mark: letters that digits follow, as in `pw hunter22`."""

_CALL = re.compile(r"[A-Za-z_][\w.]*(?:\((?:[\"')]|[a-z_]\w*[),.])|\[[\w\"'])|(?:os|self|settings|config|process)\.\w")
"""An expression of a program that gives the secret, and is none: `os.environ["KEY"]`, `decode(key)`."""

_LINE = re.compile(r"[ \t]{0,8}[\n\t]\s{0,8}(?=\S{6,64}(?:\s*\Z|[ \t]*\n))|\s[-\u2013]\s(?=\S{6,64}(?:\s*\Z|[ \t]*\n))")
"""A value that is all of the next line, or of the rest of this one after a dash."""

_HAS_DIGIT = re.compile("[0-9]")
_EVERYDAY = frozenset(
    """
    any bool bytes int optional secretstr str string undefined value
    about accepted after again already also always and another any asked asking at available bad because been before
    being blank blocked broken but by can cannot case changed clear correct could denied didn't does doesn't don't done
    email empty enough expired fail failed fails false field fine forgotten from given good got had hacked has have
    hidden how i if in incorrect invalid it just kept know known least less link locked login long lost manager me
    missing must my n/a needed never new no none not nothing now null of ok on or our out page please private problem
    protected provided really received recovery refused rejected required reset resetting right same saved secret
    secure sent set shared short should so still stolen strong that the their then there they this to too true
    undefined unknown unsafe updated used valid very was weak were what when which why will with working works wrong x
    xxx yes yet you your
    """.split()
)
"""What follows "password is" when no password does."""

_ALL = (
    frozenset(["curl", "phrase"])
    | _PASSWORDS
    | _CODES
    | _QUALIFIED
    | _PORTING
    | _TOKENS
    | _ANSWERS
    | frozenset(_PHRASES)
)


@triggered_by(words=_ALL)
def detect(text: str) -> Iterator[Detection]:
    """Values of secrets in `text` that a word names."""
    done: dict[str, int] = {}  # a value that is full of such words is read once
    for start, end, word in cues(text, _ALL):
        if start >= done.get(word, 0):
            for item in _named(text, start, end, word):
                done[word] = item.end
                yield item


def _named(text: str, start: int, end: int, word: str) -> Iterator[Detection]:
    """What the word at one place names."""
    left = text[max(0, start - 24) : start].lower()
    if word in _TOKENS and _ID.match(text, end):
        end += 3
    if word == "pass" and text[end : end + 2] in (" `", ' "', " '", " *"):  # "pass `strict=True`"
        return
    if _FLAG.search(left) and (flag := _ARGUMENT.match(text, end)):
        yield Detection(*flag.span(1), "CREDENTIAL", 0.9, "what a command is told as a secret")
    elif word in _PASSWORDS or (word in _PHRASES and _PHRASES[word].search(left)):
        yield from _password(text, end)
    elif word in _TOKENS:
        least = 12 if word in ("token", "tokens") else 16
        yield from (item for item in _password(text, end) if item.end - item.start >= least and _mixed(text, item))
    if word in _CODES or (word in _QUALIFIED and _is_secret(text, end, left)):
        yield from _code(text, end)
    yield from _of_one_kind(text, end, word, left)


def _of_one_kind(text: str, end: int, word: str, left: str) -> Iterator[Detection]:
    """What words name that are of one kind of secret alone."""
    if word in _PORTING and (match := _PORTING_CODE.match(text, linked(text, end))):
        yield Detection(match.start(), match.end(), "CREDENTIAL", 0.85, "a code that moves a number")
    if word == "curl" and (user := _CURL.search(text, end, end + 256)):
        yield Detection(*user.span(1), "CREDENTIAL", 0.9, "the user and password of curl")
    if word == "phrase" and _SEED.search(left) and (words := _MNEMONIC.match(text, linked(text, end))):
        yield Detection(*words.span(), "CREDENTIAL", 0.95, "the words of a wallet's seed (BIP 39)")
    if word in _ANSWERS and _ANSWER.search(left):
        yield from _answer(text, end)


def _is_secret(text: str, end: int, left: str) -> bool:
    """Whether a code is one that lets its holder in: by the word before it, or after it in Romance languages."""
    return _QUALIFIER.search(left) is not None or any(
        pattern.match(text[end : end + 48].lower()) for pattern in (_QUALIFIES, _SENT)
    )


def _mixed(text: str, item: Detection) -> bool:
    value = text[item.start : item.end]
    return any(map(str.isdigit, value)) and any(map(str.isalpha, value))


def _opening(text: str, end: int) -> tuple[str, int] | None:
    """What stands between a word and its value, and where the value begins."""
    at = glued(text, end)
    if at > end:
        return text[end:at].rstrip(), at
    mark = _MARK.match(text, end) or _MIXED_NEXT.match(text, end)
    if mark:
        return mark[0], mark.end()
    line = _LINE.match(text, end)
    if line:
        return "?", line.end()
    return ("?", linked(text, end)) if text[end : end + 1] == "?" else None


def _password(text: str, end: int) -> Iterator[Detection]:
    opening = _opening(text, end)
    token = _TOKEN.match(text, opening[1]) if opening else None
    if not opening or not token:
        return
    said, (start, stop) = opening[0], token.span()
    quote = "</" if said.rstrip().endswith(">") else said[-1:]
    closing = text.find(quote, start + 1, start + LONGEST) if quote in ('"', "'", "`", "</") else -1
    certain = closing > 0 and "\n" not in text[start:closing]
    if certain:
        stop = closing
    else:
        while stop > start and text[stop - 1] in ".,;:!?)]}>\"'`*|":
            stop -= 1
        certain = any(mark in said for mark in (":", "=", "->", "|", "*", "\u2192", "..."))
    value = text[start:stop]
    if len(value) < 3 or value.lower() in _EVERYDAY or value.startswith(("[", "{{", "http", "`", "--", "${")):
        return
    if (quote not in ('"', "'", "`") and _CALL.match(text, start)) or (said == "?" and not _HAS_DIGIT.search(value)):
        return
    if certain or not value.isalpha() or _alone(text, stop):
        yield Detection(start, stop, "CREDENTIAL", 0.9, "what follows a word for password")


def _alone(text: str, end: int) -> bool:
    """Whether the sentence or line ends here, so that a plain word is the password and not part of a remark."""
    rest = text[end : end + 3].lstrip("\"'`")
    return not rest or rest[0] in ".,;!?\n\r\x00)" or rest.startswith((" .", " ,"))


def _code(text: str, end: int) -> Iterator[Detection]:
    gap = _CODE_GAP.match(text, end)
    match = _CODE.search(text, end, gap.end() if gap else end) or _CODE_NEXT.match(text, linked(text, end))
    if match and not re.search(r"[a-z]{3,} (?:order|ticket|case|invoice)\b", text[end : match.start()], re.IGNORECASE):
        yield Detection(match.start(), match.end(), "CREDENTIAL", 0.85, "digits after a word for a code")


def _answer(text: str, end: int) -> Iterator[Detection]:
    named = _OF.match(text, end)
    start = linked(text, named.end() if named else end)
    match = _NAME.match(text, start)
    if match and start > end + 1 and match[0].lower() not in _EVERYDAY:
        yield Detection(match.start(), match.end(), "CREDENTIAL", 0.8, "the answer to a security question")
