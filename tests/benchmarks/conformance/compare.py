"""Runs a client's own test suite bare and with every client guarded, and compares the sets of failures.

    python tests/benchmarks/conformance/compare.py FOLDER [--python P] [--select tests/test_client.py ...]

FOLDER is the unpacked source of the pinned release: `pip download --no-deps --no-binary openai openai==3.57.0`, then
`tar xzf`. Frameworks' own unit tests are run the same way, each in an environment of its own: of langchain-openai
(`--select tests/unit_tests`) and openai-agents from their source releases, of pydantic-ai from its repository
(`tests/models/test_openai.py`, `tests/providers/test_openai.py`). The interpreter P (by default this one) needs the
suite's own requirements (its dependency group `dev`, and its extras) and those of explainbot. The suite is run in four
ways, each time with the server of `answering.py` for the vendor's own: bare; guarded without explanations; guarded and
explained, with `Settings(attach=False)`; and guarded and explained as by default.

Only what fails in a guarded run and not bare counts. A guarded test that fails because explainbot refused something, as
it should (what is signed before it can be redacted, a body that is not JSON, input that steers a response on a
WebSocket), is counted apart. With explanations in the replies, tests that compare a whole reply with the bytes sent
fail by nature: they are told by failing in that run alone. The exit code is 1 where one of the other guarded runs has
failures that are no refusals.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Collection
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]

Failures = dict[str, str]
"""Name of a test to what it failed with."""

REFUSED = re.compile(r"explainbot\.errors\.(?:UnguardedChannel|LocalProtocolError)")


WAYS = {
    "bare": (["answering"], {}),
    "guarded": (["answering", "wrapped"], {"EXPLAINBOT_EXPLAIN": "0"}),
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
        command += [part for plugin in ("no:hypothesispytest", *plugins) for part in ("-p", plugin)]
        path = os.pathsep.join([str(HERE), str(ROOT)])
        environment = {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1", **settings}
        subprocess.run([*command, *select], cwd=folder, env=environment, stdout=subprocess.DEVNULL, check=False)
        cases = list(ET.parse(report).iter("testcase"))
    return {f"{case.get('classname')}::{case.get('name')}": said for case in cases if (said := _said(case))}, len(cases)


def _said(case: ET.Element) -> str:
    """What a test failed with; empty where it did not."""
    faults = [fault for kind in ("failure", "error") for fault in case.findall(kind)]
    return "\n".join(f"{fault.get('message')}\n{fault.text}" for fault in faults)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--select", nargs="*", default=["tests"])
    given = parser.parse_args()
    bare, _ = run(given.python, given.folder, given.select, "bare")
    print("| run | tests | failed | new | of these refused | others |\n|---|---:|---:|---:|---:|---:|")
    others: dict[str, set[str]] = {}
    for way in [*WAYS][1:]:
        failed, count = run(given.python, given.folder, given.select, way)
        new = {name for name in failed if name not in bare}
        refused = {name for name in new if REFUSED.search(failed[name])}
        others[way] = new - refused
        print(f"| {way} | {count} | {len(failed)} | {len(new)} | {len(refused)} | {len(others[way])} |", flush=True)
    for way, names in others.items():
        show(way, names)
    return 1 if others["guarded"] or others["explained"] else 0


def show(title: str, names: Collection[str]) -> None:
    print(f"{title}: {len(names)}")
    for name in sorted(names):
        print(f"  {name}")


if __name__ == "__main__":
    sys.exit(main())
