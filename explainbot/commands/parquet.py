"""Traces as a Parquet file, for analysis with DuckDB, Spark, pandas and the like (`pip install "explainbot[parquet]"`).

One row a trace, the latest first. Nested data are Parquet's own maps and lists, so that for instance DuckDB answers
`SELECT model, avg(grounding) FROM 'traces.parquet' GROUP BY model` and `hidden['EMAIL_ADDRESS']` as they stand.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import IO, Any

from explainbot.errors import ConfigError
from explainbot.trace import Trace
from explainbot.trace.names import INPUT_TOKENS, OUTPUT_TOKENS, USAGE
from explainbot.trace.offered import states_of

__all__ = ["write"]

ROWS = 20_000
"""Rows of one group: so many are in memory at a time, and read at once later."""

TEXTS = ("request", "reply", "explanation")
"""What a row holds only if content is asked for."""


def write(traces: Iterable[Trace], file: IO[bytes], *, content: bool = False) -> int:
    """Write the traces; how many they were.

    Args:
        content: with the redacted texts of request, reply and explanation.

    Raises:
        ConfigError: pyarrow is not installed.
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise ConfigError('a Parquet file needs pyarrow: pip install "explainbot[parquet]"') from None
    schema = pyarrow.schema(_fields(pyarrow, content=content))
    rows, count = (_row(trace, content=content) for trace in traces), 0
    with pyarrow.parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        while group := [*islice(rows, ROWS)]:
            writer.write_table(pyarrow.Table.from_pylist(group, schema=schema))
            count += len(group)
    return count


def _fields(pyarrow: Any, *, content: bool) -> list[tuple[str, Any]]:
    """Names and types of the columns."""
    text, number, share = pyarrow.string(), pyarrow.int64(), pyarrow.float64()
    counts = pyarrow.map_(text, number)
    word = pyarrow.dictionary(pyarrow.int32(), text)
    source = pyarrow.struct([("id", text), ("kind", text), ("version", text)])
    return [
        *(("id", text), ("tenant", word), ("conversation", text), ("turn", text)),
        *(("started", pyarrow.timestamp("us", tz="UTC")), ("duration_ms", share), ("first_token_ms", share)),
        *(("operation", word), ("examines", text), ("provider", word)),
        *(("request_model", word), ("response_model", word), ("model", word), ("response_id", text)),
        *(("status", word), ("http_status", number), ("error", word), ("streamed", pyarrow.bool_()), ("retry", number)),
        *(("hidden", counts), ("restored", number), ("unknown_placeholders", number)),
        *(("grounding", share), ("statements", counts), ("sources", pyarrow.list_(source)), ("purpose", word)),
        *(("input_tokens", number), ("output_tokens", number), ("usage", counts), ("settings", word)),
        *((name, text) for name in TEXTS if content),
    ]


def _row(trace: Trace, *, content: bool) -> dict[str, Any]:
    usage = {USAGE.get(name, ""): count for name, count in (trace.usage or {}).items()}
    return {
        **trace.model_dump(exclude={"sources", "hidden", "usage", "schema_version", *TEXTS}),
        **{name: _text(getattr(trace, name)) for name in TEXTS if content},
        "model": trace.response_model or trace.request_model,
        "hidden": [*trace.hidden.items()],
        "statements": [*states_of(trace.explanation).items()],
        "sources": [{"id": one.id, "kind": one.kind, "version": one.version} for one in trace.sources],
        "usage": [*(trace.usage or {}).items()],
        "input_tokens": usage.get(INPUT_TOKENS),
        "output_tokens": usage.get(OUTPUT_TOKENS),
    }


def _text(text: str | None) -> str | None:
    """The text as UTF-8 can hold it: without lone surrogates."""
    return None if text is None else text.encode("utf-8", "replace").decode()
