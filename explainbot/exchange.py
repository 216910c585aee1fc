"""One request and its reply, without any input or output of its own.

An `Exchange` takes bytes and gives bytes. A transport hands it the request (`send_request`), then the reply's status
and headers (`receive_headers`), then the reply's bytes as they come (`receive_data`, with `b""` for the end), and last
calls `finish`, which also runs when the reply was cut, abandoned or never came. (The shape is that of h11.)

    request  -> detect -> redact -> egress check -> upstream
    upstream -> restore -> explain -> explanation put into the reply -> customer

The explanation is computed from redacted text, as it was sent and received; the customer's copy is then restored, and
the trace keeps the redacted one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, MutableSequence, Sequence
from datetime import datetime
from typing import Any

from explainbot import _json
from explainbot._asked import Asked
from explainbot._early import EarlyStatements
from explainbot._given import Context, Policy
from explainbot._grounds import Grounds
from explainbot._outgoing import Outgoing, Request
from explainbot._provenance import source_ref
from explainbot._replies import MAX_EXPLAINED, BegunReply, Said, UntouchedReply
from explainbot._sending import Sending
from explainbot._vaults import Vaults
from explainbot._whose import tell_whose, withholds
from explainbot.errors import LocalProtocolError, PrivacyError, RemoteProtocolError
from explainbot.explain import Decision, Explanation, Statement
from explainbot.privacy import Customer, Redactor, Restorer
from explainbot.privacy.restorer import Edit
from explainbot.protocols.base import Channel, ReplyFacts, WireProtocol
from explainbot.trace import Redacted, Status, Trace

__all__ = ["Exchange"]

CONTENT = Channel(0, "content", role="reply")
"""What the first choice says."""

EXAMINATION = "evaluate"
"""The operation of a request that examines an earlier reply; the conventions have no name for it."""

TRACE_HEADER = "x-explainbot-trace"


class Exchange:
    """One request and its reply.

    Args:
        protocol: where text lives in this provider's JSON.
        policy: the settings that apply.
        context: what is known besides the request; `about(...)` inside the request overrides it.
        vaults: which vault belongs to a conversation, and to what the provider keeps.
        redactor_for: the redactor that also knows a customer's values.
        trace_id: the id of this exchange, unguessable.
        started: when it began, aware UTC.
        clock: seconds, monotonic, for durations.
        provider: who receives the request, when the protocol's own name is not the answer (the host asked).
        on_explained: is told the customer's explanation as soon as there is one.
        decided: what was decided about the customer so far.
        on_statement: is told each statement of the reply as soon as it is complete.
        examines: the trace of an earlier reply, if this request is only made to examine that one.

    Attributes:
        asked: what it takes to ask about the reply again, once it is explained.
        finished: whether it is over. What is explained after that is a reply that never became complete.
    """

    def __init__(
        self,
        protocol: WireProtocol,
        policy: Policy,
        context: Context,
        *,
        vaults: Vaults,
        redactor_for: Callable[[Customer | None], Redactor],
        trace_id: str,
        started: datetime,
        clock: Callable[[], float],
        provider: str | None = None,
        on_explained: Callable[[Exchange, Explanation], None] | None = None,
        decided: Callable[[], Sequence[Decision]] = tuple,
        on_statement: Callable[[Statement], object] | None = None,
        examines: str | None = None,
    ) -> None:
        self.protocol = protocol
        self.policy = policy
        self.context = context
        self.trace_id = trace_id
        self.started = started
        self.explanation: Explanation | None = None
        self.asked: Asked | None = None
        self.status = 0
        self.facts = ReplyFacts()
        self._vaults = vaults
        self._sending = Sending(protocol, context, policy, vaults, redactor_for)
        self._on_explained = on_explained
        self._decided = decided
        self._early = EarlyStatements(self._judged, on_statement) if on_statement and policy.explain else None
        self._examines = examines
        self._clock = clock
        self._begun = clock()
        self._provider = provider or protocol.provider
        self._request: dict[str, Any] = {}
        self._replaced = True
        self._sent_body: Redacted | None = None
        self._known: Grounds | None = None
        self._retry = 0
        self._reader: BegunReply | UntouchedReply | None = None
        self._owned = False
        self._speaks = self._is_ahead = False
        self._first_byte: float | None = None
        self._traced_explanation: Redacted | None = None
        self._traced_reply: Redacted | None = None
        self._outcome: tuple[Status, str | None] | None = None
        self._ended = False
        self.finished = False

    # The request ------------------------------------------------------------------------------------------------

    def send_request(self, request: Request) -> Request:
        """The request as it may leave: personal data replaced, and checked once more.

        Raises:
            LocalProtocolError: the body is not what the protocol allows.
            PrivacyError: something could not be read or replaced. Nothing may be sent.
        """
        self._retry = request.retry_count()
        try:
            departure = self._sending.send(request)
        except (PrivacyError, LocalProtocolError) as error:
            self._outcome = ("refused", f"{type(error).__name__}: {error}")
            raise
        finally:
            self.context = self._sending.context
        self._owned = departure.owned
        self._request, self._sent_body = departure.sent.fields, Redacted(departure.sent.written)
        self._known = Grounds(
            self.protocol,
            self.policy,
            self.context,
            self._request,
            len(self._sent_body),
            departure.visit,
            self._replaced,
            trace_id=self.trace_id,
            created=self.started,
            provider=self._provider,
        )
        return departure.request

    def read_ahead(self) -> None:
        """Work out what the explanation takes of the request alone, now that it is on its way.

        Where a stream is asked for, this is done behind its first word, for which the customer waits.
        """
        if self._request.get("stream") is not True:
            self._read_ahead()

    def _read_ahead(self) -> None:
        late = self._is_ahead or self.asked is not None
        if self.policy.explain and self.protocol.answers and not late:
            self._is_ahead = True
            self._grounds.read_ahead()

    # The reply --------------------------------------------------------------------------------------------------

    def receive_headers(self, status: int, headers: Mapping[str, str]) -> bool:
        """Take the reply's status and headers; `headers` has lower-case names, the body arrives decoded.

        Returns:
            Whether the body may change on its way, so that its length and encoding headers no longer hold.
        """
        self.status = status
        kind = headers.get("content-type", "").partition(";")[0].strip().lower()
        if not 200 <= status < 300:
            self._outcome = ("provider_error", None)
            self._reader = UntouchedReply()
            return False
        self._reader = BegunReply(self, kind, asked=self._request.get("stream") is True)
        return True

    def receive_data(self, data: bytes) -> bytes:
        """The reply's next bytes as the customer's side gets them; `b""` tells the end and gives what is left.

        Raises:
            RemoteProtocolError: the reply breaks the protocol beyond what could be passed on.
        """
        return b"".join(self.receive_parts(data))

    def receive_parts(self, data: bytes) -> Iterator[bytes]:
        """`receive_data`, event by event: each may be handed on before the next one is worked on.

        Raises:
            RemoteProtocolError: the reply breaks the protocol beyond what could be passed on.
        """
        if self._reader is None:
            raise LocalProtocolError("receive_headers() comes before receive_data()")
        if data and self._first_byte is None:
            self._first_byte = self._clock()
        if not data:
            self._ended = True
        try:
            for part in filter(None, self._reader.receive(data)):
                yield part
                if self._speaks:
                    self._read_ahead()
        except RemoteProtocolError as error:
            self._outcome = ("error", f"{type(error).__name__}: {error}")
            raise

    def send_texts(self, texts: Sequence[tuple[str | None, str]], *, replaced: bool) -> list[str]:
        """The texts a handler is given, redacted; for handlers that speak no wire protocol.

        Args:
            texts: as the caller gave them, each with the role of who says it; None for one that nobody says, a key.
            replaced: the handler sees the redacted texts. Otherwise they are for the trace alone, and nothing counts
                as hidden.

        Raises:
            PrivacyError: something could not be replaced.
        """
        said = [{"role": role, "content": text} for role, text in texts if role is not None]
        unsaid = [text for role, text in texts if role is None]
        body = {"messages": said, **({"metadata": unsaid} if unsaid else {})}
        self._replaced = replaced
        self.send_request(Request("CALL", "", (), _json.dumps(body)))
        sent = iter(self._request["messages"])
        besides = iter(self._request.get("metadata", ()))
        return [next(besides) if role is None else next(sent)["content"] for role, _ in texts]

    def handled(self, said: Said, error: BaseException | None = None) -> None:
        """What a handler said, all of it or up to an `error`: explain it."""
        self._ended = True
        self._outcome = ("ok", None)
        self.explained(said)
        if error is not None:
            self._outcome = None  # `finish` makes one of the error

    def restorer(self, channel: Channel = CONTENT, edits: MutableSequence[Edit] | None = None) -> Restorer:
        """A restorer for one channel of the reply; `edits` takes what it replaces."""
        is_json = channel.json or (channel.role == "reply" and self.protocol.wants_json(self._request))
        is_said = channel.role in ("reply", "refusal")
        withheld = self._withholds if is_said and self.policy.audience != "all" else None
        how = {"json_string": is_json, "shown": channel.shown, "isolate": is_said and not is_json}
        return Restorer(self._visited.vault, **how, surrogates=self.surrogates, withholds=withheld, edits=edits)

    def _withholds(self, token: str) -> bool:
        return withholds(token, self._visited, self._grounds.gather)

    @property
    def surrogates(self) -> bool:
        """Whether what reads as a surrogate is one: in a request sent without them it is what somebody said."""
        return self._visited.redactor.demands is not None

    def note_unreadable(self, what: str) -> None:
        """Keep for the trace that the reply, or a part of it, could not be read and was passed on as it came."""
        self._outcome = ("error", what)

    def note_facts(self, facts: ReplyFacts) -> None:
        """Keep what a reply or chunk says of itself; what was said before stands."""
        known, self.facts = self.facts, self.facts.followed_by(facts)
        if self.facts.issued != known.issued and self.protocol.keeps(self._request):
            self._vaults.keep(facts.issued, self._visited.vault)

    def heard(self, text: str) -> None:
        """The restored reply went on."""
        self._speaks = True
        if self._early is not None:
            self._early.heard(text)

    def _judged(self, piece: str) -> tuple[Statement, ...]:
        """The customer's statements of a part of the reply."""
        asked = self._grounds.explained(self._hide(piece), Said(piece), self.facts, self._decided())
        return asked.shown(asked.explanation).statements

    def note_reply(self, body: Mapping[str, Any]) -> None:
        """Keep what a complete reply brings along that its answer may rest on."""
        self._grounds.bring(list(self.protocol.found(body)))

    def owns(self, id: str | None) -> bool:
        """Whether what the provider keeps under `id` was sent in this conversation."""
        return self._owned or (id is not None and self._vaults.of(id) is self._visited.vault)

    def explained(self, said: Said) -> Any:
        """The customer's explanation of the restored reply as JSON, or None where the reply is to carry none.

        Explaining fails open: an error here is put into the trace, and the reply goes on without an explanation.
        """
        if self._early is not None:
            self._early.close()
            if self._early.failed:
                self._outcome = ("ok", self._early.failed)
        try:
            return self._explain(said)
        except Exception as error:  # noqa: BLE001 - the one guard: a reply is never lost over its explanation
            self._outcome = ("ok", f"not explained: {type(error).__name__}")
            return None

    def _explain(self, said: Said) -> Any:
        reply = self._hide(said.reply[:MAX_EXPLAINED])
        calls = [self._hide(text) for text in said.tools]
        self._traced_reply = Redacted("\n".join([reply, *calls] if reply else calls))
        if not self.policy.explain:
            return None
        self.asked = self._grounds.explained(reply, said, self.facts, self._decided())
        self._traced_explanation = Redacted(self.asked.explanation.model_dump_json())
        self.explanation = self.asked.shown(self.asked.explanation)
        if self._on_explained is not None:
            self._on_explained(self, self.explanation)
        return self.explanation.model_dump(mode="json") if self.policy.attach else None

    @property
    def hidden(self) -> Mapping[str, int]:
        """Distinct values hidden from the provider in this exchange, by entity type."""
        return self._known.hidden if self._known else {}

    @property
    def _grounds(self) -> Grounds:
        if self._known is None:
            raise LocalProtocolError("send_request() comes first")
        return self._known

    @property
    def _visited(self) -> Outgoing:
        return self._grounds.visit

    # The end ----------------------------------------------------------------------------------------------------

    def finish(self, error: BaseException | None = None) -> Trace | None:
        """The trace of this exchange, once; None on every further call.

        It also runs when the reply failed (`error`), was cut, or was abandoned by the bot.
        """
        if self.finished:
            return None
        self.finished = True
        status, message = self._status(error)
        if self._reader is not None:
            self._reader.trace_rest()
        if self._known is not None and self.policy.audience != "all":
            tell_whose(self._known.visit, self._known.gather)
        restored, unknown = self._reader.counts() if self._reader else (0, 0)
        return Trace(
            id=self.trace_id,
            tenant=self.policy.tenant,
            conversation=self._safe(self.context.conversation),
            turn=self._safe(self.context.turn),
            started=self.started,
            duration_ms=self._since(self._clock()),
            first_token_ms=None if self._first_byte is None else self._since(self._first_byte),
            operation=EXAMINATION if self._examines else self.protocol.operation,
            examines=self._examines,
            provider=self._provider,
            request_model=self.protocol.model(self._request),
            response_model=self.facts.model,
            response_id=self.facts.response_id,
            status=status,
            http_status=self.status or None,
            error=message or (self._known.visit.lateness() if self._known else None),
            request=self._sent_body,
            reply=self._traced_reply,
            hidden=dict(self.hidden),
            restored=restored,
            unknown_placeholders=unknown,
            sources=tuple(source_ref(source) for source in (self._known.named if self._known else ())),
            usage=dict(self.facts.usage) if self.facts.usage else None,
            explanation=self._traced_explanation,
            grounding=self.explanation.grounding if self.explanation else None,
            purpose=self._safe(self.context.purpose),
            streamed=self._reader is not None and self._reader.streamed,
            retry=self._retry,
            settings=self.policy.settings_hash,
        )

    def found_by(self) -> tuple[tuple[str, str], ...]:
        """What the trace shall be found by."""
        return self._known.visit.found_by(self.context.customer) if self._known else ()

    def _safe(self, name: str | None) -> str | None:
        """A name of the bot's own, such as a conversation id, without the personal data it may be made of."""
        if name is None or self._known is None:
            return None
        return self._hide(name)

    def _hide(self, text: str) -> str:
        return self._visited.hide(text)

    def _since(self, moment: float) -> float:
        """Milliseconds from the start."""
        return max(0.0, (moment - self._begun) * 1000)

    def _status(self, error: BaseException | None) -> tuple[Status, str | None]:
        if self._outcome is not None:
            return self._outcome
        if self._reader is not None and self._reader.done:
            return "ok", None
        if error is not None:
            if not isinstance(error, Exception):  # GeneratorExit, or a cancelled task: the bot's own choice
                return "abandoned", type(error).__name__
            return ("error" if self._reader is None else "cut"), type(error).__name__
        if self._reader is None or not self._ended:
            return "abandoned", None
        return "ok", None
