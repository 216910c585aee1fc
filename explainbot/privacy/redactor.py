"""Redaction: finding personal data in a text and putting placeholders in its place.

What is found in a text depends on the text and on who the customer is, never on what came before it, so the same text
is redacted to the same bytes however long the conversation grows. Text that already looks like a placeholder is
redacted too, so that `restore(redact(x)) == x` for any text and nothing is restored that was not issued here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from types import MappingProxyType

from explainbot._json import is_container
from explainbot.privacy.custom import Allow
from explainbot.privacy.customer import Customer
from explainbot.privacy.demands import Demands
from explainbot.privacy.detection import PLACEHOLDER_LIKE, Detection, Detector
from explainbot.privacy.detectors import DETECTORS
from explainbot.privacy.egress import residue, standing
from explainbot.privacy.known import known_customer
from explainbot.privacy.pieces import Piece, settle
from explainbot.privacy.remembered import Remembered, fingerprint
from explainbot.privacy.replacing import Redaction, replaced
from explainbot.privacy.restorer import restore_all, restore_json
from explainbot.privacy.short_names import called
from explainbot.privacy.surrogates import grammar
from explainbot.privacy.thresholds import certain, is_graded, limits
from explainbot.privacy.triggers import Plan, marked_like
from explainbot.privacy.unread import hearing
from explainbot.privacy.vault import Vault

__all__ = ["Redaction", "Redactor", "detect", "redact", "restore"]

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
        self.remembered: Remembered[list[Piece]] = Remembered()
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
            found = settle(text, self._certain)
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
            redaction = replaced(text, self._pieces(text, key), vault, self.demands)
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
        return replaced(text, settle(text, self.plan, known), redaction.vault, self.demands)

    def redact_known(self, text: str, vault: Vault) -> Redaction:
        """`redact`, and besides every value the vault already holds, wherever it stands as a whole word, in any case.

        Raises:
            DetectorFailed: a detector raised, or gave offsets outside the text.
            PrivacyError: the vault is full.
        """
        key = fingerprint(text) + self.key + b"known"
        again = vault.remembered.get(key)
        if again is not None and not residue([again[0]], vault):
            return Redaction(again[0], vault, again[1])
        redaction = self.redact(text, vault)
        if not residue([redaction.text], vault):
            return redaction
        values = list(vault.values())

        def known(view: str) -> Iterable[Detection]:
            return standing(view, values)

        redaction = replaced(text, settle(text, self.plan, known), vault, self.demands)
        vault.remembered.replace(key, len(text), (redaction.text, redaction.edits))
        return redaction

    def _pieces(self, text: str, key: bytes) -> list[Piece]:
        found = self.remembered.get(key)
        if found is None:
            with hearing() as unread:
                found = settle(text, self.plan)
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


def _surrogate_lookalikes(text: str) -> list[Detection]:
    # Where it is somebody's number as well, that comes first.
    return [
        Detection(one.start, one.end, PLACEHOLDER_LIKE, 0.0, "reads as a surrogate", "surrogates")
        for one in grammar().reading_as(text)
    ]


def detect(text: str, *, customer: Customer | None = None) -> tuple[Detection, ...]:
    """Personal data in `text`: offsets in code points, sorted, without overlaps.

    Raises:
        DetectorFailed: a detector raised.
        TypeError: it is no text.
    """
    return Redactor(customer=customer).detect(_text(text))


def redact(text: str, *, vault: Vault | None = None, customer: Customer | None = None) -> Redaction:
    """`text` with a placeholder for each piece of personal data; the values go into `vault`, a new one by default.

    Raises:
        DetectorFailed: a detector raised.
        PrivacyError: the vault is full.
        TypeError: it is no text.
    """
    return Redactor(customer=customer).redact(_text(text), Vault() if vault is None else vault)


def _text(given: object) -> str:
    if not isinstance(given, str):
        raise TypeError(f"personal data is looked for in a str, not in {type(given).__name__}")
    return given


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
