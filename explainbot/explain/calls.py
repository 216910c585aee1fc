"""One call to a model among several that led to a reply, as staff see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

if TYPE_CHECKING:
    from explainbot.explain.explanation import Explanation


class CallNote(BaseModel):
    """One of the calls of a turn; its own explanation and trace are found by `trace_id`.

    Attributes:
        trace_id, operation, provider, model, tool_calls: as in `Record`.
        status: as in `Explanation`: an answer, only tool calls, a refusal, or nothing.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    trace_id: str
    operation: str
    provider: str
    model: str
    status: str
    tool_calls: tuple[str, ...] = ()

    @classmethod
    def of(cls, one: Explanation) -> CallNote:
        """The note of the call that `one` explains."""
        return cls(**{name: getattr(one, name) for name in cls.model_fields})
