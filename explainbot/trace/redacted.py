"""Text that went through redaction, as a type: a trace takes nothing else where content may stand.

A plain `str` cannot become part of a `Trace` by mistake, in the way psycopg takes only literal strings as queries.
Every operation of `str` gives a plain `str` again, so a changed text has to be redacted again.
"""

from __future__ import annotations

from typing import Any

from pydantic import GetCoreSchemaHandler, ValidationInfo
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

STORED = object()
"""Validation context of `Trace.from_json`: text read back from a store was redacted before it was written."""


class Redacted(str):
    """Text without the personal data that was found in it. Built in `explainbot.privacy` and the exchange only."""

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Accept instances only; the error does not show the text."""
        return core_schema.with_info_plain_validator_function(
            _accept,
            json_schema_input_schema=core_schema.str_schema(),
            serialization=core_schema.simple_ser_schema("str"),
        )


def _accept(value: object, info: ValidationInfo) -> Redacted:
    if isinstance(value, Redacted):
        return value
    if isinstance(value, str) and info.context is STORED:
        return Redacted(value)
    raise PydanticCustomError("not_redacted", "only redacted text may enter a trace")
