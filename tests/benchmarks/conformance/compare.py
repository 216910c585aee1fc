"""Runs a client's own test suite bare and with every client guarded, and compares the sets of failures.

    python tests/benchmarks/conformance/compare.py FOLDER [--python P] [--select tests/test_client.py ...]

FOLDER is the unpacked source of the pinned release: `pip download --no-deps --no-binary :all: openai==3.54.0`, then
`tar xzf`. The interpreter P (by default this one) needs the suite's own requirements (its dependency group `dev`) and
those of explainbot. Tests that ask for the vendor's mock server fail in both runs where there is none; only what fails
in one run alone counts. The exit code is 1 where the guarded run has failures of its own.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]


def run(python: str, folder: Path, select: list[str], plugins: list[str]) -> tuple[set[str], int]:
    """Names of the tests that fail, and how many ran."""
    with tempfile.TemporaryDirectory() as scratch:
        report = Path(scratch) / "report.xml"
        command = [python, "-m", "pytest", "-q", "-o", "addopts=", "-p", "no:cacheprovider", f"--junitxml={report}"]
        command += [part for plugin in plugins for part in ("-p", plugin)]
        path = os.pathsep.join([str(HERE), str(ROOT)])
        environment = {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
        subprocess.run([*command, *select], cwd=folder, env=environment, stdout=subprocess.DEVNULL, check=False)
        cases = list(ET.parse(report).iter("testcase"))
    failed = {
        f"{case.get('classname')}::{case.get('name')}"
        for case in cases
        if case.find("failure") is not None or case.find("error") is not None
    }
    return failed, len(cases)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--select", nargs="*", default=["tests"])
    given = parser.parse_args()
    bare, count = run(given.python, given.folder, given.select, [])
    guarded, _ = run(given.python, given.folder, given.select, ["wrapped"])
    print(f"{count} tests; {len(bare)} fail bare, {len(guarded)} guarded")
    for title, names in (("only guarded", guarded - bare), ("only bare", bare - guarded)):
        print(f"{title}: {len(names)}")
        for name in sorted(names):
            print(f"  {name}")
    return 1 if guarded - bare else 0


if __name__ == "__main__":
    sys.exit(main())
