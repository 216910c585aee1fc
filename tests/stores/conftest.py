"""The PostgreSQL server that the tests of stores share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from postgres import Postgres, program


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    pytest.importorskip("psycopg")
    if program("initdb") is None:
        pytest.skip("PostgreSQL is not installed")
    with Postgres("fsync=off", "max_connections=300") as server:
        yield server
