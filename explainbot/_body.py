"""A request's body on its way out: JSON, a form with files, or nothing at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from explainbot import _forms, _json
from explainbot._given import CONTEXT_KEY, Context
from explainbot._outgoing import Outgoing, Request
from explainbot.errors import LocalProtocolError, PrivacyError
from explainbot.protocols.base import WireProtocol

__all__ = ["Body", "Sent"]


@dataclass(frozen=True, slots=True, repr=False)
class Sent:
    """What leaves: `raw` are the bytes, `fields` the same as an object, without files."""

    fields: dict[str, Any]
    raw: bytes
    form: bool = False

    @property
    def written(self) -> str:
        """The fields as JSON."""
        return (_json.dumps(self.fields) if self.form or not self.raw else self.raw).decode()


@dataclass(frozen=True, slots=True, repr=False)
class Body:
    """What the client would have sent.

    Attributes:
        fields: the JSON object, or a form's fields that are texts.
        parts: a form's parts, None for what is no form.
        boundary: the form's.
        empty: whether there is nothing at all.
        context: what `explainbot.about(...)` put into it.
    """

    fields: dict[str, Any]
    parts: Sequence[_forms.Part] | None = None
    boundary: str = ""
    empty: bool = False
    context: Context | None = None

    @classmethod
    def read(cls, request: Request) -> Body:
        """The body of a request; the context is taken out of it.

        Raises:
            LocalProtocolError: it is neither a JSON object nor a form.
        """
        kind = next((value for name, value in request.headers if name.lower() == "content-type"), "")
        if (boundary := _forms.boundary_of(kind)) is not None:
            return cls._of_form(_forms.loads(request.body, boundary), boundary)
        if not request.body:
            return cls({}, empty=True)
        fields = _object(request.body)
        if CONTEXT_KEY not in fields:
            return cls(fields)
        return cls(fields, context=Context.from_json(fields.pop(CONTEXT_KEY)))

    @classmethod
    def _of_form(cls, parts: Sequence[_forms.Part], boundary: str) -> Body:
        if any(part.name.partition("[")[0] == CONTEXT_KEY for part in parts):
            raise PrivacyError("about() cannot be taken out of a form; use turn() here; nothing was sent")
        return cls({part.name: _text(part) for part in parts if part.filename is None}, parts, boundary)

    @property
    def files(self) -> list[bytes]:
        """The files of a form."""
        return [part.data for part in self.parts or () if part.filename is not None]

    def redacted(self, protocol: WireProtocol, visit: Outgoing) -> Sent:
        """The body as it may leave.

        Raises:
            PrivacyError: something could not be read or replaced.
            LocalProtocolError: it is not what the protocol allows.
        """
        if self.parts is None:
            fields = protocol.map_request(self.fields, visit)
            return Sent(fields, b"" if self.empty else _json.dumps(fields))
        sent = [self._part(part, protocol, visit) for part in self.parts]
        texts = {part.name: _text(part) for part in sent if part.filename is None}
        return Sent(texts, _forms.dumps(sent, self.boundary), form=True)

    def _part(self, part: _forms.Part, protocol: WireProtocol, visit: Outgoing) -> _forms.Part:
        field, bracket, key = part.name.partition("[")
        if part.filename is not None:
            data = protocol.map_file(field, self.fields, part.data, visit)
            return _forms.Part(part.name, visit.text(part.filename), part.headers, data)
        ((field, value),) = protocol.map_request({field: _text(part)}, visit).items()
        key = key.removesuffix("]")
        name = f"{field}[{visit.text(key) if key else ''}]" if bracket else field
        return _forms.Part(name, None, part.headers, str(value).encode())


def _text(part: _forms.Part) -> str:
    """The text of a form's field.

    Raises:
        LocalProtocolError: it is not UTF-8.
    """
    try:
        return part.data.decode()
    except UnicodeDecodeError as error:
        raise LocalProtocolError(f"a field of the form is not UTF-8 at byte {error.start}; nothing was sent") from None


def _object(body: bytes) -> dict[str, Any]:
    try:
        return _json.loads_object(body)
    except ValueError as error:
        raise LocalProtocolError(f"the request's body cannot be read ({error}); nothing was sent") from None
