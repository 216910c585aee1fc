"""Redaction: finding personal data in a text and putting placeholders in its place.

What is found in a text depends on the text and on who the customer is, never on what came before it, so the same text
is redacted to the same bytes however long the conversation grows. Text that already looks like a placeholder is
redacted too, so that `restore(redact(x)) == x` for any text and nothing is restored that was not issued here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from types import MappingProxyType
from typing import NamedTuple

from explainbot._json import is_container
from explainbot.errors import DetectorFailed
from explainbot.privacy import placeholders
from explainbot.privacy.custom import Allow
from explainbot.privacy.customer import Customer
from explainbot.privacy.demands import Demands
from explainbot.privacy.detection import PLACEHOLDER_LIKE, Detection, Detector, resolve
from explainbot.privacy.detectors import DETECTORS
from explainbot.privacy.egress import leaks, residue, residue_since, standing
from explainbot.privacy.giving_way import give_way
from explainbot.privacy.jsontext import Layout, Token, tokens, unescape
from explainbot.privacy.known import known_customer
from explainbot.privacy.redacted import Redacted
from explainbot.privacy.remembered import Remembered, fingerprint
from explainbot.privacy.restore import Edit, restore_all, restore_json
from explainbot.privacy.short_names import called
from explainbot.privacy.surrogates import grammar
from explainbot.privacy.thresholds import certain, is_graded, limits
from explainbot.privacy.triggers import Plan, marked_like
from explainbot.privacy.unread import hearing
from explainbot.privacy.vault import Vault, Written
from explainbot.privacy.views import views

__all__ = ["Edit", "Redaction", "Redactor", "detect", "leaks", "redact", "residue", "residue_since", "restore"]


@dataclass(frozen=True)
class Redaction:
    """A redacted text, and what it takes to restore it. Its `repr` shows no original.

    Attributes:
        text: the text with placeholders.
        vault: holds the originals.
        edits: the replacements, from offsets in the original text to offsets in `text`.
    """

    text: Redacted
    vault: Vault
    edits: tuple[Edit, ...]


class _Piece(NamedTuple):
    """A find in the text as it stands: the detection (offsets in the text), its value, and its JSON notation."""

    detection: Detection
    value: str
    written: Written | None = None

    def __repr__(self) -> str:
        return f"_Piece({self.detection!r})"


LATE = 100
"""What a text that was not read in time counts, in characters, among those that are remembered."""

MAX_STYLED = 64
"""Sets of demands for which a redactor is kept: a bot has a few sets of tools."""

_numbers = count()
"""Tells the redactors of a process apart in what a vault remembers."""


class Redactor:
    """Redacts texts of one conversation. Keep one as long as the customer stays the same: it remembers its finds.

    Args:
        detectors: (name, detector) pairs; None takes every registered one.
        customer: whose data is known and hidden wherever it stands.
        mask_places: hide the city and the country of the customer's address too.
        extra: (name, detector) pairs besides.
        allow: finds that are left, except those known of the customer.
        thresholds: the least score of a find that is hidden, by entity type; see `thresholds.THRESHOLDS` for what holds
            when nothing is said.

    Attributes:
        key: tells it from other redactors in what a vault remembers.
    """

    def __init__(
        self,
        detectors: Sequence[tuple[str, Detector]] | None = None,
        customer: Customer | None = None,
        mask_places: bool = False,
        extra: Sequence[tuple[str, Detector]] = (),
        allow: Allow | None = None,
        thresholds: Mapping[str, float] = MappingProxyType({}),
    ) -> None:
        self.customer = customer
        chosen = [(name, DETECTORS.load(name)) for name in DETECTORS] if detectors is None else list(detectors)
        chosen += extra
        self._least = limits(thresholds, mask_places)
        chosen = [
            (name, certain(detector, self._least) if thresholds or is_graded(detector) else detector)
            for name, detector in chosen
        ]
        if allow:
            chosen = [(name, _allowing(detector, allow)) for name, detector in chosen]
        if customer is not None:
            chosen.append(("known_customer", known_customer(customer, mask_places)))
        self.plan = Plan(chosen)
        self.demands: Demands | None = None
        self._styled: dict[Demands, Redactor] = {}
        self._certain = Plan([(name, detector) for name, detector in chosen if name not in self.plan.graded])
        self.remembered: Remembered[list[_Piece]] = Remembered()
        self.key = next(_numbers).to_bytes(8, "little")
        self._unread: Remembered[frozenset[str]] | None = None

    def styled(self, demands: Demands) -> Redactor:
        """The same redactor, that puts surrogates where these demands forbid placeholders.

        It hides what already reads as a surrogate, so that every one in what it gives was issued.
        """
        known = self._styled.get(demands)
        if known is None:
            known = Redactor([*self.plan.detectors, ("surrogates", _surrogate_lookalikes)], thresholds=self._least)
            known.customer, known.demands = self.customer, demands
            if len(self._styled) >= MAX_STYLED:
                self._styled.clear()
            known = self._styled.setdefault(demands, known)
        return known

    def detect(self, text: str) -> tuple[Detection, ...]:
        """Personal data in `text`, sorted, without overlaps; look-alikes of placeholders are `PLACEHOLDER_LIKE`.

        Raises:
            DetectorFailed: a detector raised, or gave offsets outside the text.
        """
        return tuple([piece.detection for piece in self._pieces(text, fingerprint(text))])

    def detect_certain(self, text: str) -> tuple[Detection, ...]:
        """`detect` by rules alone: for names and identifiers, of which the statistics of sentences say nothing.

        Raises:
            DetectorFailed: a detector raised, or gave offsets outside the text.
        """
        key = fingerprint(text) + b"certain"
        found = self.remembered.get(key)
        if found is None:
            found = _settle(text, self._certain)
            self.remembered.put(key, len(text), found)
        return tuple([piece.detection for piece in found])

    def redact(self, text: str, vault: Vault) -> Redaction:
        """`text` with placeholders for everything `detect` finds.

        A text that is a JSON object or array as a whole stays one: its strings are redacted in place, a number that is
        personal becomes a string, all other bytes stay.

        Raises:
            DetectorFailed: a detector raised, or gave offsets outside the text.
            PrivacyError: the vault is full.
        """
        key = fingerprint(text)
        mine = key + self.key
        known = vault.remembered.get(mine)
        if known is None:
            redaction = _replace(text, self._pieces(text, key), vault, self.demands)
            if short := vault.short_names():
                redaction = self._by_short_names(redaction, text, short)
            vault.remembered.put(mine, len(text), (redaction.text, redaction.edits))
            return redaction
        return Redaction(known[0], vault, known[1])

    def _by_short_names(self, redaction: Redaction, text: str, short: Sequence[str]) -> Redaction:
        """The redaction, and besides whoever is called by a first name or surname of this conversation."""

        def known(view: str) -> Iterable[Detection]:
            return called(view, short)

        if next(iter(known(redaction.text)), None) is None:
            return redaction
        return _replace(text, _settle(text, self.plan, known), redaction.vault, self.demands)

    def redact_known(self, text: str, vault: Vault) -> Redaction:
        """`redact`, and besides every value the vault already holds, wherever it stands as a whole word, in any case.

        Raises:
            DetectorFailed: a detector raised, or gave offsets outside the text.
            PrivacyError: the vault is full.
        """
        redaction = self.redact(text, vault)
        if not residue([redaction.text], vault):
            return redaction
        key = fingerprint(text) + self.key + b"known"
        again = vault.remembered.get(key)
        if again is not None and not residue([again[0]], vault):
            return Redaction(again[0], vault, again[1])
        values = list(vault.values())

        def known(view: str) -> Iterable[Detection]:
            return standing(view, values)

        redaction = _replace(text, _settle(text, self.plan, known), vault, self.demands)
        vault.remembered.replace(key, len(text), (redaction.text, redaction.edits))
        return redaction

    def _pieces(self, text: str, key: bytes) -> list[_Piece]:
        found = self.remembered.get(key)
        if found is None:
            with hearing() as unread:
                found = _settle(text, self.plan)
            self.remembered.put(key, len(text), found)
            if unread:
                self._unread = self._unread or Remembered()
                self._unread.replace(key, LATE, frozenset(unread))
        return found

    def unread(self, text: str) -> frozenset[str]:
        """The detectors that ran out of time over a text that was redacted here, and may have left something in it."""
        return (self._unread and self._unread.get(fingerprint(text))) or frozenset()

    def __repr__(self) -> str:
        return f"Redactor({len(self.plan.detectors)} detectors)"


def _allowing(detector: Detector, allow: Allow) -> Detector:
    """The detector without the finds that the company lets pass."""

    def detect(text: str) -> Iterable[Detection]:
        return [item for item in detector(text) if not allow.lets_pass(text, item)]

    return marked_like(detector, detect)


def _run(detectors: Sequence[tuple[str, Detector]], text: str) -> list[Detection]:
    """What the detectors find, named; raises DetectorFailed for one that fails, with nothing of the text in it."""
    found: list[Detection] = []
    size = len(text)
    for name, detector in detectors:
        failed = None
        try:
            for item in detector(text):
                if not 0 <= item[0] < item[1] <= size:
                    failed = "offsets outside the text"
                    break
                found.append(item if item[5] else tuple.__new__(Detection, (*item[:5], name)))
        except Exception as error:  # noqa: BLE001 - any failure means the text counts as unread
            failed = type(error).__name__
        if failed is not None:  # raised here, outside `except`, so that no message with text is chained to it
            raise DetectorFailed(name, failed)
    return found


def _lookalikes(text: str) -> list[Detection]:
    return [
        Detection(item.start, item.end, PLACEHOLDER_LIKE, 1.0, "reads as a placeholder", "placeholders")
        for item in placeholders.find(text)
    ]


def _surrogate_lookalikes(text: str) -> list[Detection]:
    # Where it is somebody's number as well, that comes first.
    return [
        Detection(one.start, one.end, PLACEHOLDER_LIKE, 0.0, "reads as a surrogate", "surrogates")
        for one in grammar().reading_as(text)
    ]


def _spans(text: str, plan: Plan, known: Detector | None) -> list[Detection]:
    """Settled detections in a plain text, look-alikes included; `known` reads it as it stands and normalised."""
    found = list(known(text)) if known else []
    for view in views(text, plan.labels):
        detectors = plan.chosen(view.text)
        if view.parted:
            detectors = [pair for pair in detectors if pair[0] not in plan.graded]
        items = _run([*detectors, ("vault", known)] if known else detectors, view.text)
        items = give_way(items, plan.graded, view.text)
        if view.offsets is None:
            found += items
        else:
            found += [_at(item, *view.span(item.start, item.end)) for item in items]
    settled = resolve([*found, *_lookalikes(text)], text)
    while settled and (known or "_" in text):
        laid_bare = list(_laid_bare(text, settled, known))
        if not laid_bare:
            break
        settled = resolve([*settled, *laid_bare], text)
    return settled


def _laid_bare(text: str, settled: Sequence[Detection], known: Detector | None) -> Iterable[Detection]:
    """What stands as a word of its own only once its neighbour is replaced, as in `xEMAIL_1` when `x` is."""
    at = 0
    for start, end in (*[(item.start, item.end) for item in settled], (len(text), len(text))):
        gap = text[at:start]
        for item in (*_lookalikes(gap), *(known(gap) if known else ())):
            yield _at(item, at + item.start, at + item.end)
        at = end


def _settle(text: str, plan: Plan, known: Detector | None = None) -> list[_Piece]:
    if text.lstrip(" \t\r\n")[:1] in ("{", "[") and is_container(text):
        return _json_pieces(text, plan, known)
    return [_Piece(item, text[item.start : item.end]) for item in _spans(text, plan, known)]


def _json_pieces(text: str, plan: Plan, known: Detector | None) -> list[_Piece]:
    parts = list(tokens(text))
    nested = {token.start: token for token in parts if not token.number and is_container(token.content)}
    layout = Layout([token for token in parts if token.start not in nested])
    pieces = [
        _json_piece(text, token, low, high, item)
        for item in _spans(layout.text, plan, known)
        for token, low, high in layout.pieces(item.start, item.end)
        if not (token.number and item.detector in plan.graded)  # a sum that reads like a postcode; no name is a number
    ]
    for token in nested.values():
        pieces += [_nested_piece(text, token, piece) for piece in _json_pieces(token.content, plan, known)]
    if "\\" in text:
        pieces += _raw_lookalikes(text, pieces)
    return sorted(_once(pieces), key=lambda piece: piece.detection.start)


def _at(item: Detection, start: int, end: int) -> Detection:
    return item._replace(start=start, end=end)


def _json_piece(text: str, token: Token, low: int, high: int, item: Detection) -> _Piece:
    if token.number:
        start, end = token.start, token.start + len(token.content)
        return _Piece(_at(item, start, end), token.content, Written(token.content, '"'))
    start, end = token.span(low, high)
    return _Piece(_at(item, start, end), token.content[low:high], Written(text[start:end]))


def _nested_piece(text: str, token: Token, piece: _Piece) -> _Piece:
    """A find inside a JSON text that is itself a string of a JSON text."""
    assert piece.written is not None
    start, end = token.span(piece.detection.start, piece.detection.end)
    quotes = "".join("\\" + char if char in '"\\' else char for char in piece.written.quotes)
    return _Piece(_at(piece.detection, start, end), piece.value, Written(text[start:end], quotes))


def _raw_lookalikes(text: str, pieces: Sequence[_Piece]) -> list[_Piece]:
    """Look-alikes that only the escaped text shows, as in `EMAIL_1\\u0041`, which reads `EMAIL_1A`."""
    found = []
    edges = [(piece.detection.start, piece.detection.end) for piece in sorted(pieces, key=lambda p: p.detection.start)]
    at = 0
    for start, end in (*edges, (len(text), len(text))):
        for item in _lookalikes(text[at:start]):
            raw = text[at + item.start : at + item.end]
            found.append(_Piece(_at(item, at + item.start, at + item.end), unescape(raw)[0], Written(raw)))
        at = end
    return found


def _once(pieces: Iterable[_Piece]) -> list[_Piece]:
    """Each span once: a number that holds two finds is still replaced once."""
    return list({piece.detection.start: piece for piece in pieces}.values())


def _replace(text: str, pieces: Sequence[_Piece], vault: Vault, demands: Demands | None = None) -> Redaction:
    result, edits = _written(text, pieces, vault, demands)
    if pieces and pieces[0].written is None and text.lstrip(" \t\r\n")[:1] in ("{", "[") and is_container(result):
        bracket = len(text) - len(text.lstrip(" \t\r\n"))
        mark = Detection(bracket, bracket + 1, PLACEHOLDER_LIKE, 1.0, "would read as JSON", "placeholders")
        pieces = [_Piece(mark, text[bracket]), *pieces]
        result, edits = _written(text, pieces, vault, demands)
    if demands is not None and not _reads_back(result, edits, vault):
        return _replace(text, pieces, vault)
    return Redaction(Redacted(result), vault, tuple(edits))


def _reads_back(result: str, edits: Sequence[Edit], vault: Vault) -> bool:
    """Whether the surrogates in a text are those that were put there: words beside one may make another of it."""
    put = [(edit.out_start, edit.out_end) for edit in edits if not edit.placeholder.startswith("[")]
    return put == [(one.start, one.end) for one in grammar().find(result, 0, vault.surrogate)]


def _token(piece: _Piece, vault: Vault, demands: Demands | None) -> str:
    """What stands for a value: a surrogate where no placeholder can, else a placeholder."""
    kind = piece.detection.entity_type
    demand = demands.of(piece.value, kind) if demands is not None else None
    if demand is not None:
        surrogate = vault.surrogate_for(demand, piece.written)
        is_number = piece.written is not None and piece.written.quotes
        if surrogate is not None and not (is_number and not surrogate.isdigit()):
            return surrogate
    return vault.placeholder_for(piece.value, kind, piece.written)


def _written(text: str, pieces: Sequence[_Piece], vault: Vault, demands: Demands | None) -> tuple[str, list[Edit]]:
    out: list[str] = []
    edits: list[Edit] = []
    at = length = 0
    for piece in pieces:
        item = piece.detection
        placeholder = _token(piece, vault, demands)
        quotes = piece.written.quotes if piece.written and placeholder.startswith("[") else ""
        replacement = f"{quotes}{placeholder}{quotes}"
        out += (text[at : item.start], replacement)
        length += item.start - at
        edits.append(Edit(item.start, item.end, length, length + len(replacement), item.entity_type, placeholder))
        length += len(replacement)
        at = item.end
    out.append(text[at:])
    return "".join(out), edits


def detect(text: str, *, customer: Customer | None = None) -> tuple[Detection, ...]:
    """Personal data in `text`: offsets in code points, sorted, without overlaps.

    Raises:
        DetectorFailed: a detector raised.
    """
    return Redactor(customer=customer).detect(text)


def redact(text: str, *, vault: Vault | None = None, customer: Customer | None = None) -> Redaction:
    """`text` with a placeholder for each piece of personal data; the values go into `vault`, a new one by default.

    Raises:
        DetectorFailed: a detector raised.
        PrivacyError: the vault is full.
    """
    return Redactor(customer=customer).redact(text, Vault() if vault is None else vault)


def restore(text: str | Redaction, vault: Vault | None = None) -> str:
    """The inverse of `redact`: every placeholder that the vault issued replaced by its value.

    A text that is a JSON object or array as a whole stays one, whatever the values.

    Raises:
        TypeError: a plain text was given without a vault.
    """
    if isinstance(text, Redaction):
        return restore(text.text, text.vault if vault is None else vault)
    if vault is None:
        raise TypeError("restoring a plain text takes the vault of its conversation")
    return restore_json(text, vault) if is_container(text) else restore_all(text, vault)
