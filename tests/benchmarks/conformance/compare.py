"""Runs a client's own test suite bare and with every client guarded, and compares the sets of failures.

    python tests/benchmarks/conformance/compare.py FOLDER [--python P] [--select tests/test_client.py ...]

FOLDER is the unpacked source of the pinned release: `pip download --no-deps --no-binary openai openai==3.57.0`, then
`tar xzf`. Frameworks' own unit tests are run the same way, each in an environment of its own: of langchain-openai
(`--select tests/unit_tests`) and openai-agents from their source releases, of pydantic-ai from its repository
(`tests/models/test_openai.py`, `tests/providers/test_openai.py`). The interpreter P (by default this one) needs the
suite's own requirements (its dependency group `dev`, and its extras) and those of explainbot. The suite is run in five
ways, each time with the server of `answering.py` for the vendor's own: bare; guarded without explanations; the same
with what a WebSocket refuses let pass; guarded and explained, with `Settings(attach=False)`; and guarded and explained
as by default.

Only what fails in a guarded run and not bare counts. A guarded test in which explainbot refused something, as it
should (what is signed before it can be redacted, a body that is not JSON, a message of unknown type on a WebSocket), is
counted by the reason. With explanations in the replies, tests that compare a whole reply with the bytes sent fail by
nature: they are told by failing in that run alone. The exit code is 1 where one of the other guarded runs has a failure
that no refusal explains.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]

Failures = dict[str, list[str]]
"""Name of a test that failed to what was refused in it, the first refusal first."""

PROPERTY = "refused"
"""The property of a test, in the report, that says what was refused in it (see `wrapped.py`)."""

NOBODYS = ("hypothesispytest", "pytest-retry")
"""Plugins that break a run: the first cannot be loaded, the second prints traces of its own."""

LONGEST = 110
"""Characters of a reason that are shown."""

WAYS = {
    "bare": (["answering"], {}),
    "guarded": (["answering", "wrapped"], {"EXPLAINBOT_EXPLAIN": "0"}),
    "guarded, refused let pass": (
        ["answering", "wrapped"],
        {"EXPLAINBOT_EXPLAIN": "0", "EXPLAINBOT_LET_PASS": "1"},
    ),
    "explained": (["answering", "wrapped"], {"EXPLAINBOT_ATTACH": "0"}),
    "explained, attached": (["answering", "wrapped"], {}),
}
"""Plugins and settings of each way to run the suite."""


def run(python: str, folder: Path, select: list[str], way: str) -> tuple[Failures, int]:
    """The tests that fail, and how many ran."""
    plugins, settings = WAYS[way]
    with tempfile.TemporaryDirectory() as scratch:
        report = Path(scratch) / "report.xml"
        command = [python, "-m", "pytest", "-q", "-o", "addopts=", "-p", "no:cacheprovider", f"--junitxml={report}"]
        command.append("--tb=native")  # any other way to print a trace fails in deep recursion, and the run with it
        plugins = [*(f"no:{plugin}" for plugin in NOBODYS), *plugins]
        command += [part for plugin in plugins for part in ("-p", plugin)]
        path = os.pathsep.join([str(HERE), str(ROOT)])
        environment = {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1", **settings}
        subprocess.run([*command, *select], cwd=folder, env=environment, stdout=subprocess.DEVNULL, check=False)
        cases = list(ET.parse(report).iter("testcase"))
    if not cases:
        sys.exit(f"{way}: no test ran")
    failed = (case for case in cases if case.find("failure") is not None or case.find("error") is not None)
    return {f"{case.get('classname')}::{case.get('name')}": _refusals(case) for case in failed}, len(cases)


def _refusals(case: ET.Element) -> list[str]:
    return [str(one.get("value")) for one in case.iter("property") if one.get("name") == PROPERTY]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--select", nargs="*", default=["tests"])
    given = parser.parse_args()
    bare, _ = run(given.python, given.folder, given.select, "bare")
    print("| run | tests | failed | new | of these refused | others |\n|---|---:|---:|---:|---:|---:|")
    new: dict[str, Failures] = {}
    for way in [*WAYS][1:]:
        failed, count = run(given.python, given.folder, given.select, way)
        new[way] = {name: refusals for name, refusals in failed.items() if name not in bare}
        others = unexplained(new[way])
        cells = (count, len(failed), len(new[way]), len(new[way]) - len(others), len(others))
        print(f"| {way} | {' | '.join(map(str, cells))} |", flush=True)
    for way, failures in new.items():
        show(way, failures)
    return 1 if any(unexplained(new[way]) for way in [*new][:-1]) else 0


def unexplained(failures: Failures) -> list[str]:
    return sorted(name for name, refusals in failures.items() if not refusals)


def show(way: str, failures: Failures) -> None:
    print(f"\n{way}: {len(failures)} new")
    reasons = Counter(refusals[0][:LONGEST] for refusals in failures.values() if refusals)
    for reason, count in reasons.most_common():
        print(f"{count:6} {reason}")
    others = unexplained(failures)
    print(f"{len(others):6} unexplained")
    for name in others:
        print(f"         {name}")


if __name__ == "__main__":
    sys.exit(main())
