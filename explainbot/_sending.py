"""A request on its way out: whose conversation it belongs to, what of it is new, and the checks before it leaves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from explainbot import _grown
from explainbot._body import Body, Sent
from explainbot._given import Context, Policy
from explainbot._outgoing import Outgoing, Request
from explainbot._vaults import ATTEMPTS, Vaults
from explainbot.errors import PrivacyError
from explainbot.privacy import Customer, Redactor, Vault
from explainbot.privacy.demands import Demands, places
from explainbot.protocols.base import WireProtocol

__all__ = ["Departure", "Sending"]


@dataclass(frozen=True, slots=True, repr=False)
class Departure:
    """A request as it may leave.

    Attributes:
        request: what goes over the wire.
        sent: its body.
        visit: what was hidden in it.
        owned: whether what the provider keeps under the ids it names was sent in this conversation.
    """

    request: Request
    sent: Sent
    visit: Outgoing
    owned: bool


@dataclass(slots=True, repr=False)
class Sending:
    """One request being sent.

    Attributes:
        protocol: where text lives in this provider's JSON.
        context: what is known besides the request; what `about(...)` put into its body is added, once it is read.
        policy: the settings that apply.
        vaults: which vault belongs to a conversation, and to what the provider keeps.
        redactor_for: the redactor that also knows a customer's values.
    """

    protocol: WireProtocol
    context: Context
    policy: Policy
    vaults: Vaults
    redactor_for: Callable[[Customer | None], Redactor]

    def send(self, request: Request) -> Departure:
        """The request as it may leave: personal data replaced, and checked once more.

        Raises:
            LocalProtocolError: the body is not what the protocol allows.
            PrivacyError: something could not be read or replaced. Nothing may be sent.
        """
        for _ in range(ATTEMPTS):
            departure = self._longer(request) or self._whole(request)
            if request.method == "GET" or self.vaults.holds(departure.visit.vault, self.context.customer):
                return departure
        raise PrivacyError("other processes keep going on with the same conversation; nothing was sent")

    def _longer(self, request: Request) -> Departure | None:
        """A request that goes on from the last one of its conversation; None where it does not."""
        earlier = self.vaults.of_conversation(self.context.conversation) if self.protocol.grows else None
        if earlier is None:
            return None
        redactor = self.redactor_for(self.context.customer)
        known = _grown.recall(earlier, self._key(redactor))
        growth = known and known.growth(request.body)
        if not known or not growth:
            return None
        vault, owned = self._open(request, known.names)
        if vault is not earlier:
            return None
        visit = Outgoing(styled(redactor, known.demands, vault), vault, self.policy.allow_content, vault.strays)
        if visit.redactor.demands is not None and not known.styled:
            return None  # surrogates were issued since, and what reads as one may stand in what was sent before
        searched = vault.latest
        sent = known.sent(growth, self.protocol, visit)
        leaving = self._leaving(request, sent, visit)
        if visit.residue(leaving.url) or known.residue(vault):
            return None
        known.visit(visit)
        _grown.remember(vault, self._key(redactor), known.longer(growth, sent, visit, searched))
        return Departure(leaving, sent, visit, owned)

    def _whole(self, request: Request) -> Departure:
        """A request read from its beginning; once more where a value found late stands in what comes before it."""
        body = Body.read(request)
        if body.context is not None:
            self.context = body.context.over(self.context)
        redactor = self.redactor_for(self.context.customer)
        names = tuple(self.protocol.refers(body.fields))
        vault, owned = self._open(request, names)
        asked = self.protocol.requests(body.fields, body.files) if self.policy.style == "auto" else ()
        demands = Demands(frozenset().union(*map(places, asked)))
        for again in (vault.strays, True):  # where there were strays, the first walk looks for them already
            visit = Outgoing(styled(redactor, demands, vault), vault, self.policy.allow_content, again)
            sent = body.redacted(self.protocol, visit)
            leaving, searched = self._leaving(request, sent, visit), vault.latest
            if not (left := visit.residue(leaving.url)):
                break
            vault.strays = True
        else:
            raise _still_there(left)
        if body.context is None and not sent.form and self.context.conversation is not None:
            grown = _grown.begun(request.body, body.fields, names, sent, self.protocol, visit, demands, searched)
            _grown.remember(vault, self._key(redactor), grown)
        return Departure(leaving, sent, visit, owned)

    def _key(self, redactor: Redactor) -> bytes:
        return redactor.key + self.protocol.name.encode()

    def _open(self, request: Request, names: tuple[str, ...]) -> tuple[Vault, bool]:
        """The vault of a request, and whether what it names at the provider was sent in this conversation."""
        segments = filter(None, urlsplit(request.url).path.split("/"))
        says = request.method != "GET"
        vault, known = self.vaults.open(self.context.conversation, [*names, *segments], sends=says)
        return vault, known or says

    def _leaving(self, request: Request, sent: Sent, visit: Outgoing) -> Request:
        headers = visit.headers(request)
        return Request(request.method, visit.url(request.url), headers, sent.raw)


def styled(redactor: Redactor, demands: Demands, vault: Vault) -> Redactor:
    """The redactor for a request with these demands, or for a conversation in which surrogates stand for values."""
    return redactor.styled(demands) if demands.places or vault.has_surrogates else redactor


def _still_there(left: Mapping[str, int]) -> PrivacyError:
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(left.items()))
    return PrivacyError(f"personal data ({kinds}) is still there after redaction; nothing was sent")
