"""Runs a client's own test suite bare and with every client guarded, and compares the sets of failures.

    python tests/benchmarks/conformance/compare.py FOLDER [--python P] [--select tests/test_client.py ...]

FOLDER is the unpacked source of the pinned release: `pip download --no-deps --no-binary openai openai==3.57.0`, then
`tar xzf`. Frameworks' own unit tests are run the same way, each in an environment of its own: of langchain-openai
(`--select tests/unit_tests`) and openai-agents from their source releases, of pydantic-ai from its repository
(`tests/models/test_openai.py`, `tests/providers/test_openai.py`). The interpreter P (by default this one) needs the
suite's own requirements (its dependency group `dev`, and its extras) and those of explainbot. The suite is run bare,
guarded without explanations, and guarded with them, each time with the server of `answering.py` for the vendor's own.

Only what fails in one run alone counts. A guarded test that fails because explainbot refused something, as it should
(what is signed before it can be redacted, a body that is not JSON), is counted apart. With explanations, tests that
compare a whole reply with the bytes sent fail by nature: they are told by failing in that run alone. The exit code is 1
where the guarded run without explanations has failures that are no refusals.
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


def run(python: str, folder: Path, select: list[str], plugins: list[str], explain: str = "0") -> tuple[Failures, int]:
    """The tests that fail, and how many ran."""
    with tempfile.TemporaryDirectory() as scratch:
        report = Path(scratch) / "report.xml"
        command = [python, "-m", "pytest", "-q", "-o", "addopts=", "-p", "no:cacheprovider", f"--junitxml={report}"]
        command += [part for plugin in ("no:hypothesispytest", *plugins) for part in ("-p", plugin)]
        path = os.pathsep.join([str(HERE), str(ROOT)])
        environment = {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1", "EXPLAINBOT_EXPLAIN": explain}
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
    where = (given.python, given.folder, given.select)
    bare, count = run(*where, ["answering"])
    plain, _ = run(*where, ["answering", "wrapped"])
    explained, _ = run(*where, ["answering", "wrapped"], explain="1")
    print(f"{count} tests; {len(bare)} fail bare, {len(plain)} guarded, {len(explained)} guarded and explained")
    new = {name: said for name, said in plain.items() if name not in bare}
    refused = {name for name, said in new.items() if REFUSED.search(said)}
    show("guarded, refused as it should be", refused)
    show("guarded, for any other reason", new.keys() - refused)
    show("with explanations besides", explained.keys() - bare.keys() - plain.keys())
    show("only bare", bare.keys() - plain.keys())
    return 1 if new.keys() - refused else 0


def show(title: str, names: Collection[str]) -> None:
    print(f"{title}: {len(names)}")
    for name in sorted(names):
        print(f"  {name}")


if __name__ == "__main__":
    sys.exit(main())
