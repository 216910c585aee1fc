"""`explainbot export`, `hold`, `doctor`, `traces stats` and `tail`: what they say, and their exit codes."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from records import ROOT, record

from explainbot.cli import main
from explainbot.stores.sqlite import SQLiteStore
from explainbot.trace import Offered, Redacted

NASTY = "<script>alert(1)</script> & <img src=x onerror=alert(1)>"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Four traces of a customer and two of another."""
    path = tmp_path / "traces.db"
    store = SQLiteStore(path)
    said = Redacted('{"text":"All found.","statements":[{"state":"found"},{"state":"not found"}]}')
    store.put(
        [
            Offered(
                record(number, reply=Redacted(NASTY), explanation=said, duration_ms=10.0**number),
                (("customer", f"c-{number // 4}"),),
                "lane",
                number,
            )
            for number in range(6)
        ]
    )
    store.close()
    return path


def log(path: Path) -> list[tuple[str, dict[str, object]]]:
    store = SQLiteStore(path, read_only=True)
    told = [(row.kind, json.loads(row.body[1:])) for _, row, _ in store.rows() if row.kind != "trace"]
    store.close()
    return told


def test_a_customers_traces_are_exported_and_the_log_says_so(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--customer", "C-0", "--store", str(path)]) == 0
    exported = json.loads(capsys.readouterr().out)
    assert [trace["id"] for trace in exported] == ["t-00003", "t-00002", "t-00001", "t-00000"]
    [(kind, says)] = log(path)
    assert (kind, says["what"], says["records"]) == ("access", "export", [trace["id"] for trace in exported])


def test_an_export_holds_the_traces_of_the_tenant_that_was_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two tenants may give their customers the same id."""
    store = SQLiteStore(tmp_path / "traces.db")
    made = [record(number, tenant=tenant) for number, tenant in enumerate(("acme", "globex"))]
    store.put([Offered(one, (("customer", "c-0"),), "lane", number) for number, one in enumerate(made)])
    store.close()
    exported = []
    for tenant in ([], ["--tenant", "acme"], ["--tenant", "initech"]):
        assert main(["export", "--customer", "c-0", *tenant, "--store", str(tmp_path / "traces.db")]) == 0
        exported.append([trace["tenant"] for trace in json.loads(capsys.readouterr().out)])
    assert exported == [["globex", "acme"], ["acme"], []]


def test_the_page_shows_everything_and_runs_nothing(path: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert main(["export", "--customer", "c-0", "--html", "--out", str(page), "--store", str(path)]) == 0
    text = page.read_text()
    assert text.count("<section>") == 4
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;img" in text
    assert "<script" not in text
    assert "<img" not in text
    assert "All found." in text
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    assert main(["export", "--customer", "c-0", "--html", "--out", str(page), "--store", str(path)]) == 1


def test_a_bundle_is_exported_and_verified(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bundle = tmp_path / "bundle"
    assert main(["export", "--bundle", str(bundle), "--store", str(path)]) == 0
    assert main(["verify", "--bundle", str(bundle)]) == 0
    assert "nothing is wrong" in capsys.readouterr().out
    bundle.write_text(bundle.read_text().replace("gpt-5-mini", "gpt-5-maxi", 1))
    assert main(["verify", "--bundle", str(bundle)]) == 1
    assert "record 1 (t-00000) was changed" in capsys.readouterr().out


@pytest.mark.parametrize("wanted", [[], ["--customer", "c-1", "--bundle", "x"]])
def test_an_export_of_nothing_or_of_two_things_is_wrong_usage(path: Path, wanted: list[str]) -> None:
    assert main(["export", *wanted, "--store", str(path)]) == 2


def test_showing_a_trace_is_recorded(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["traces", "show", "t-00002", "--store", str(path)]) == 0
    assert [says["records"] for _, says in log(path)] == [["t-00002"]]
    capsys.readouterr()


def test_an_erasure_that_finds_nothing_says_where_it_looked(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Another tenant's traces are not erased, and nobody may take them for gone."""
    who = ["--customer", "c-0", "--store", str(path)]
    assert main(["erase", *who, "--tenant", "acme"]) == 1
    assert "under the tenant 'acme'; there are some under 'default': give it with --tenant" in capsys.readouterr().err
    assert main(["erase", *who]) == 0
    said = capsys.readouterr()
    assert "traces erased  4" in said.out
    assert said.err == ""
    assert main(["erase", *who]) == 1
    assert "under the tenant 'default', nor under another" in capsys.readouterr().err
    assert main(["erase", "--conversation", "nobody's", "--store", str(path)]) == 1
    assert "where its customer was named, give --customer" in capsys.readouterr().err


def test_a_hold_that_holds_nothing_is_refused_unless_it_is_meant_ahead(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    who = ["--customer", "c-9", "--store", str(path)]
    assert main(["hold", *who]) == 1
    said = capsys.readouterr()
    assert (said.out, "nothing was held" in said.err, "--ahead" in said.err) == ("", True, True)
    assert main(["hold", "--customer", "c-0", "--tenant", "acme", "--store", str(path)]) == 1
    assert "there are some under 'default'" in capsys.readouterr().err
    assert main(["hold", *who, "--lift"]) == 1
    assert "nothing was lifted" in capsys.readouterr().err
    assert log(path) == []
    assert main(["hold", *who, "--ahead"]) == 0
    store = SQLiteStore(path)
    store.put([Offered(record(10), (("customer", "c-9"),), "lane", 6)])
    store.close()
    assert main(["erase", *who]) == 1
    assert "legal hold" in capsys.readouterr().err
    assert main(["hold", *who, "--lift"]) == 0
    assert main(["erase", *who]) == 0


def test_a_hold_keeps_a_customer_from_being_erased_until_it_is_lifted(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    who = ["--customer", "c-0", "--store", str(path)]
    assert main(["hold", *who]) == 0
    assert main(["erase", *who]) == 1
    said = capsys.readouterr().err
    assert ("legal hold" in said, "cannot be used" in said) == (True, False)  # nothing is wrong with the store
    assert main(["hold", *who, "--lift"]) == 0
    capsys.readouterr()
    assert main(["verify", "--store", str(path), "--json"]) == 0
    verdict = json.loads(capsys.readouterr().out)
    assert verdict["vouched"] == verdict["records"] == 8  # the hold and its end are signed as well
    assert main(["erase", *who]) == 0
    assert main(["verify", "--store", str(path)]) == 0


def test_doctor_finds_a_good_store_good_and_says_what_to_mend(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--store", str(path)]) == 0
    said = capsys.readouterr().out
    assert "6" in said
    path.chmod(0o644)
    assert main(["doctor", "--store", str(path)]) == 1
    assert f"chmod 600 {path}" in capsys.readouterr().out
    path.chmod(0o600)
    path.with_name("traces.db.key").rename(path.with_name("elsewhere"))
    assert main(["doctor", "--store", str(path)]) == 1
    assert "without it no trace can be read" in capsys.readouterr().out
    assert main(["doctor", "--store", str(path.parent / "new" / "traces.db")]) == 0


@pytest.mark.parametrize("key", ["CANARY", "!!", "Q0FOQVJZ"])
def test_doctor_says_that_a_key_is_none_before_the_first_trace_is_lost(
    key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("EXPLAINBOT_KEY", key)
    assert main(["doctor", "--store", str(tmp_path / "traces.db")]) == 1
    said = capsys.readouterr().out
    assert "32 bytes" in said
    assert key not in said


def test_stats_count_by_everything(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["traces", "stats", "--store", str(path), "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["outcome"] == {"ok": 6}
    assert figures["hidden"] == {"EMAIL_ADDRESS": 6}
    assert figures["replies with a statement that is"] == {"found": 6, "not found": 6}
    assert list(figures["latency"].items()) == [
        *(("under 100 ms", 2), ("under 300 ms", 1), ("under 3,000 ms", 1)),
        ("10,000 ms or more", 2),
    ]
    assert main(["traces", "stats", "--store", str(path), "--customer", "c-1"]) == 0
    assert "\u2588" * 40 + "  2" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (["--model", "gpt-5-mini", "--limit", "1"], 1),
        (["--model", "other"], 0),
        (["--entity", "EMAIL_ADDRESS", "--customer", "c-1"], 2),
        (["--state", "not found"], 6),
        (["--state", "conflicts"], 0),
        (["--since", "2026-05-04T12:00:04"], 2),
        (["--until", "2026-05-04"], 0),
    ],
    ids=str,
)
def test_list_searches(path: Path, capsys: pytest.CaptureFixture[str], wanted: list[str], found: int) -> None:
    assert main(["traces", "list", "--json", "--store", str(path), *wanted]) == 0
    assert len(capsys.readouterr().out.splitlines()) == found


@pytest.mark.parametrize("wrong", [["--since", "soon"], ["--grounding", "2"], ["--grounding", "nan"], ["--since", ""]])
def test_a_search_for_what_cannot_be_is_wrong_usage(path: Path, wrong: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["traces", "list", "--store", str(path), *wrong])
    assert left.value.code == 2


def test_tail_prints_what_comes_and_ends_when_interrupted(path: Path) -> None:
    env = {**os.environ, "PYTHONPATH": f"{ROOT}", "PYTHONUNBUFFERED": "1"}
    # Who runs the tests in the background of a shell hands on that interrupts are ignored.
    heeding = "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler)"
    program = f"{heeding}; from explainbot.cli import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", program, "traces", "tail", "--json", "--store", str(path)]
    tail = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True)
    assert tail.stdout is not None
    store = SQLiteStore(path)
    deadline = time.monotonic() + 20
    number = 100
    os.set_blocking(tail.stdout.fileno(), False)
    line = ""
    while not line and time.monotonic() < deadline:
        store.put([Offered(record(number), lane="tail", number=number - 100)])
        number += 1
        time.sleep(0.2)
        line = tail.stdout.readline()
    store.close()
    tail.send_signal(signal.SIGINT)
    assert tail.wait(20) == 130
    tail.stdout.close()
    assert json.loads(line)["id"].startswith("t-001")


def test_doctor_counts_the_months_and_misses_one(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    month = path.with_name("traces.db.2026-05")
    month.write_bytes(b"")
    month.chmod(0o600)
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("INSERT INTO months VALUES ('2026-05', 0, 0)")
    assert main(["doctor", "--store", str(path)]) == 0
    assert "1 files beside it" in capsys.readouterr().out
    month.chmod(0o644)
    assert main(["doctor", "--store", str(path)]) == 1
    assert "chmod 600" in capsys.readouterr().out
    month.unlink()
    assert main(["doctor", "--store", str(path)]) == 1
    assert "bring back traces.db.2026-05" in capsys.readouterr().out


# Tables and charts ----------------------------------------------------------------------------------------------


def test_a_parquet_file_says_what_the_traces_say(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    monkeypatch.setattr("explainbot.commands.parquet.ROWS", 4)  # so that there are two groups
    file = tmp_path / "traces.parquet"
    assert main(["export", "--parquet", str(file), "--store", str(path)]) == 0
    assert "6 traces" in capsys.readouterr().err
    table = parquet.read_table(file)
    assert parquet.ParquetFile(file).num_row_groups == 2
    rows = table.to_pylist(maps_as_pydicts="strict")
    assert [row["id"] for row in rows] == [f"t-{number:05}" for number in range(5, -1, -1)]
    assert rows[0]["hidden"] == {"EMAIL_ADDRESS": 1}
    assert rows[0]["statements"] == {"found": 1, "not found": 1}
    assert (rows[0]["model"], rows[0]["started"]) == ("gpt-5-mini", record(5).started)
    assert "reply" not in table.column_names
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [(kind, says["what"]) for kind, says in log(path)] == [("access", "parquet")]
    assert main(["export", "--parquet", str(file), "--store", str(path)]) == 1  # it is there already


def test_a_parquet_file_of_a_customer_with_content(path: Path, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    file = tmp_path / "traces.parquet"
    assert main(["export", "--parquet", str(file), "--content", "--customer", "c-1", "--store", str(path)]) == 0
    assert [(row["id"], row["reply"]) for row in parquet.read_table(file).to_pylist()] == [
        ("t-00005", NASTY),
        ("t-00004", NASTY),
    ]
    none = tmp_path / "none.parquet"
    assert main(["export", "--parquet", str(none), "--until", "2020-01-01", "--store", str(path)]) == 0
    assert parquet.read_table(none).num_rows == 0


@pytest.mark.parametrize(
    "options", [["--bundle", "b", "--parquet", "p"], ["--bundle", "b", "--customer", "c-1"], []], ids=" ".join
)
def test_what_does_not_go_together_is_wrong_usage(path: Path, tmp_path: Path, options: list[str]) -> None:
    places = [str(tmp_path / option) if option in {"b", "p"} else option for option in options]
    assert main(["export", *places, "--store", str(path)]) == 2
    assert {file.name for file in tmp_path.iterdir()} & {"b", "p"} == set()


def test_the_figures_are_drawn(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    image = pytest.importorskip("matplotlib.image")
    store = SQLiteStore(path)
    store.put([Offered(record(9, request_model="$\\frac{1}{$" * 9, grounding=0.5), (), "other", 0)])
    store.close()
    file = tmp_path / "stats.png"
    assert main(["traces", "stats", "--png", str(file), "--store", str(path)]) == 0
    assert "7 traces" in capsys.readouterr().err
    drawn = image.imread(file)
    assert drawn.shape[1] == 8 * 144
    assert len({tuple(dot) for row in drawn[::7] for dot in row}) > 10
    assert (
        main(["traces", "stats", "--png", str(tmp_path / "none.png"), "--until", "2020-01-01", "--store", str(path)])
        == 0
    )


@pytest.mark.parametrize(
    ("missing", "options", "extra"),
    [("pyarrow", ["export", "--parquet"], "parquet"), ("matplotlib.figure", ["traces", "stats", "--png"], "plots")],
)
def test_without_the_package_nothing_is_left_behind(
    path: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    missing: str,
    options: list[str],
    extra: str,
) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    file = tmp_path / "file"
    assert main([*options, str(file), "--store", str(path)]) == 2
    assert f'pip install "explainbot[{extra}]"' in capsys.readouterr().err
    assert not file.exists()
