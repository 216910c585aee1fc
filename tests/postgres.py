"""A PostgreSQL server of the tests' own on loopback, in a directory of the test run."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import Self

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
"""Where Debian puts the programs of the server."""


def program(name: str) -> str | None:
    """The path of a program of PostgreSQL, None where it is not installed."""
    return shutil.which(name, path=os.pathsep.join([*map(str, BINARIES), os.environ.get("PATH", "")]))


class Postgres:
    """A server that runs inside a `with` block. It refuses to run as root, so root hands it to the user `postgres`."""

    def __init__(self, *options: str) -> None:
        self._options = options
        self._names = count()

    def __enter__(self) -> Self:
        self.place = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))
        self._as_user: list[str] = []
        if os.getuid() == 0:
            user = pwd.getpwnam("postgres")
            os.chown(self.place, user.pw_uid, user.pw_gid)
            self._as_user = ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self._run("initdb", "-D", self.data, "-U", "owner", "-A", "trust", "-E", "UTF8", "--no-sync")
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        shutil.rmtree(self.place, ignore_errors=True)

    @property
    def data(self) -> str:
        return str(self.place / "data")

    def start(self) -> None:
        """Start the server and wait until it answers."""
        settings = ["listen_addresses=127.0.0.1", f"unix_socket_directories={self.place}", *self._options]
        options = " ".join([f"-p {self.port}", *(f"-c {setting}" for setting in settings)])
        self._run("pg_ctl", "-D", self.data, "-l", str(self.place / "log"), "-w", "-o", options, "start")

    def stop(self, mode: str = "fast") -> None:
        """Stop it: "fast" ends its sessions, "immediate" is a crash."""
        self._run("pg_ctl", "-D", self.data, "-m", mode, "-w", "stop", check=False)

    def database(self) -> str:
        """The URL of a new database."""
        name = f"traces{next(self._names)}"
        self.sql("postgres", f"CREATE DATABASE {name}")
        return self.url(name)

    def url(self, database: str, user: str = "owner") -> str:
        return f"postgresql://{user}@127.0.0.1:{self.port}/{database}"

    def sql(self, database: str, statement: str) -> None:
        """Run a statement as the owner."""
        import psycopg

        with psycopg.connect(self.url(database), autocommit=True) as connection:
            connection.execute(statement.encode())

    def _run(self, name: str, *arguments: str, check: bool = True) -> None:
        found = program(name)
        assert found is not None
        command: Sequence[str] = [*self._as_user, found, *arguments]
        subprocess.run(command, check=check, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=self.place)
