"""The shape of the package: imports go downward, the core does no I/O, and importing it is cheap."""

from __future__ import annotations

import ast
import json
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from records import ROOT, python

PACKAGE = ROOT / "explainbot"

RANKS: dict[str, float] = {
    "errors": 0.0,
    "_lazy": 0.0,
    "_registry": 0.1,
    "_sse": 0.1,
    "_json": 0.1,
    "_flow": 0.1,
    "_messages": 0.1,
    "trace": 1.0,
    "privacy": 1.1,
    "protocols": 1.2,
    "explain": 1.2,
    "passages": 1.7,
    "_spliced": 1.7,
    "_early": 1.8,
    "_given": 1.8,
    "_outgoing": 1.8,
    "_provenance": 1.8,
    "_spelt": 1.8,
    "_replies": 1.8,
    "_forms": 0.1,
    "_vaults": 1.9,
    "_whose": 1.9,
    "_body": 1.9,
    "_grown": 1.95,
    "_sending": 1.96,
    "_asked": 1.9,
    "_grounds": 1.91,
    "_together": 2.0,
    "exchange": 2.0,
    "transports": 3.0,
    "detectors": 3.0,
    "stores": 3.0,
    "context": 3.0,
    "sinks": 3.1,
    "config": 3.2,
    "_stored_vaults": 3.2,
    "_explained": 3.2,
    "_once": 3.0,
    "_recording": 3.3,
    "engine": 4.0,
    "lookup": 4.1,
    "again": 4.2,
    "narration": 4.3,
    "scoring": 4.2,
    "removal": 4.3,
    "explain.checkers": 4.3,
    "integrations": 5.0,
    "": 5.8,  # the names of `import explainbot` itself
    "commands.terminal": 5.9,
    "demo": 6.0,
    "commands": 6.1,
    "cli": 6.2,
    "__main__": 6.3,
}
"""A module imports from its own entry and from lower ranks. The longest entry that fits a module's name is its own."""

CORE = 3.0
"""Below this rank nothing touches the outside world."""

PURE = frozenset({"babel", "pydantic", "pydantic_core", "re2"})
"""What the core may import beside the standard library. re2 only makes detectors faster; Babel reads CLDR's plurals,
lists, dates and numbers from its own package, the same for the same version."""

IMPURE = frozenset(
    [
        *("asyncio", "concurrent", "multiprocessing", "queue", "sched", "subprocess", "threading"),
        *("http", "select", "selectors", "signal", "socket", "socketserver", "ssl", "urllib.request", "webbrowser"),
        *("logging", "shelve", "sqlite3", "tempfile"),
        *("random", "secrets", "time", "uuid"),
    ]
)
"""Parts of the standard library that wait, touch the outside, or give another result every time."""

CLOCKS = frozenset({"now", "today", "utcnow", "fromtimestamp"})
"""Methods of `datetime` that read the clock or the machine's time zone."""

LONGEST = 450
"""Lines of a module."""


def name_of(path: Path) -> str:
    """`explainbot/trace/model.py` is `trace.model`, `explainbot/trace/__init__.py` is `trace`."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {name_of(path): path for path in sorted(PACKAGE.rglob("*.py"))}


@cache
def tree(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


def imports(module: str, *, for_types: bool = True) -> Iterator[str]:
    """Full names of everything a module imports, also late, and, if asked, for type checkers only."""
    skipped = set() if for_types else {id(node) for part in _type_blocks(module) for node in ast.walk(part)}
    for node in ast.walk(tree(module)):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} has a relative import in line {node.lineno}"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _type_blocks(module: str) -> Iterator[ast.stmt]:
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
            yield from node.body


def own_imports(module: str, *, for_types: bool = True) -> set[str]:
    """The modules of this package that a module imports; "" stands for the package's own names."""
    found = set()
    for name in imports(module, for_types=for_types):
        first, _, rest = name.partition(".")
        if first == "explainbot":
            while rest and rest not in MODULES:
                rest = rest.rpartition(".")[0]
            found.add(rest)
    return found - {module}


def entry_of(module: str) -> str:
    while module not in RANKS:
        module, dot, _ = module.rpartition(".")
        if not dot:
            return "?"
    return module


@pytest.mark.parametrize("module", [module for module in MODULES if module])
def test_imports_go_downward(module: str) -> None:
    entry = entry_of(module)
    assert entry in RANKS, f"{module} has no rank: give it one in RANKS"
    upward = {
        other for other in own_imports(module) if entry_of(other) != entry and RANKS[entry_of(other)] >= RANKS[entry]
    }
    assert not upward, f"{module} (rank {RANKS[entry]}) imports {sorted(upward)}, which is not lower"


def test_every_rank_belongs_to_a_module() -> None:
    assert sorted(set(RANKS) - {entry_of(module) for module in MODULES} - {"__main__", "demo"}) == []


def test_no_module_imports_itself_by_a_detour() -> None:
    graph = {module: own_imports(module, for_types=False) for module in MODULES if module}
    done: set[str] = set()

    def visit(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, f"a cycle: {' -> '.join((*path[path.index(module) :], module))}"
        if module in done:
            return
        for other in graph.get(module, ()):
            visit(other, (*path, module))
        done.add(module)

    for module in graph:
        visit(module, ())


CORE_MODULES = [module for module in MODULES if module and RANKS.get(entry_of(module), CORE) < CORE]


@pytest.mark.parametrize("module", CORE_MODULES)
def test_the_core_stands_on_the_standard_library_and_pydantic(module: str) -> None:
    foreign = {
        name for name in imports(module) if name.split(".")[0] not in sys.stdlib_module_names | PURE | {"explainbot"}
    }
    assert foreign == set()


@pytest.mark.parametrize("module", [module for module in MODULES if module])
def test_no_property_is_computed_under_a_lock(module: str) -> None:
    """See `explainbot._lazy`."""
    assert "functools.cached_property" not in imports(module)


@pytest.mark.parametrize("module", CORE_MODULES)
def test_the_core_touches_nothing_outside(module: str) -> None:
    impure = {name for name in imports(module) if any(f"{name}.".startswith(f"{bad}.") for bad in IMPURE)}
    assert impure == set()
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Call):
            called = node.func
            assert not (isinstance(called, ast.Name) and called.id in {"open", "input", "print"}), node.lineno
            assert not (isinstance(called, ast.Attribute) and called.attr in CLOCKS), node.lineno


@pytest.mark.parametrize("module", MODULES)
def test_a_module_says_what_it_is_and_is_not_long(module: str) -> None:
    docstring = ast.get_docstring(tree(module))
    assert docstring, f"{module} has no docstring"
    assert docstring.split("\n\n")[0].strip().endswith((".", ":", "...`")), f"{module} does not open with a sentence"
    assert len(MODULES[module].read_text(encoding="utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("module", [module for module in MODULES if module])
def test_public_names_are_given_once_and_exist(module: str) -> None:
    for node in tree(module).body:
        if isinstance(node, ast.Assign) and any(getattr(target, "id", "") == "__all__" for target in node.targets):
            names = ast.literal_eval(node.value)
            assert len(names) == len(set(names))
            defined = {name for part in tree(module).body for name in _defined(part)}
            assert set(names) <= defined


def _defined(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        yield node.name
    elif isinstance(node, ast.Import | ast.ImportFrom):
        yield from ((alias.asname or alias.name) for alias in node.names)
    elif isinstance(node, ast.Assign):
        yield from (target.id for target in node.targets if isinstance(target, ast.Name))
    elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        yield node.target.id


def loaded_by(statement: str) -> set[str]:
    """The modules that are loaded after `statement` and were not before it, in a fresh interpreter."""
    report = "print(json.dumps(sorted(set(sys.modules) - before)))"
    code = f"import sys, json; before = set(sys.modules)\n{statement}\n{report}"
    result = python(code)
    assert result.returncode == 0, result.stderr
    return set(json.loads(result.stdout.splitlines()[-1]))


HEAVY = frozenset(
    [
        *("anyio", "asyncio", "httpcore", "httpcore2", "httpx", "httpx2", "openai", "ssl"),
        *("fastapi", "pydantic", "rich", "sqlite3", "structlog", "tenacity", "uvicorn"),
    ]
)


def test_importing_the_package_loads_nothing_heavy() -> None:
    assert loaded_by("import explainbot") & HEAVY == set()


def test_the_core_loads_nothing_that_talks_to_the_outside() -> None:
    statements = "\n".join(f"import explainbot.{module}" for module in CORE_MODULES)
    assert loaded_by(statements) & (HEAVY - {"pydantic", "asyncio", "ssl"}) == set()


def test_the_command_line_answers_help_without_the_heavy_parts() -> None:
    loaded = loaded_by("from explainbot.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass")
    assert loaded & (HEAVY - {"pydantic"}) == set()


def test_the_public_names_are_those_that_can_be_seen() -> None:
    code = (
        "import json, explainbot\n"
        "seen = [name for name in dir(explainbot) if not name.startswith('_')]\n"
        "missing = [name for name in explainbot.__all__ if getattr(explainbot, name, None) is None]\n"
        "print(json.dumps([seen, list(explainbot.__all__), missing]))\n"
    )
    result = python(code)
    assert result.returncode == 0, result.stderr
    seen, public, missing = json.loads(result.stdout)
    assert missing == []
    assert public == sorted(set(public))
    assert seen == public


def test_type_checkers_see_the_same_public_names() -> None:
    [checked] = [node for node in tree("").body if isinstance(node, ast.If)]
    names = {alias.asname for node in checked.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    result = python("import json, explainbot; print(json.dumps(explainbot.__all__))")
    assert names == set(json.loads(result.stdout))


def test_type_checkers_see_every_setting() -> None:
    [settings] = [node for node in tree("config").body if isinstance(node, ast.ClassDef)]
    [told] = [node for node in ast.walk(settings) if isinstance(node, ast.FunctionDef) and node.name == "__init__"]
    fields = [str(node.target.id) for node in settings.body if isinstance(node, ast.AnnAssign)]
    assert [argument.arg for argument in told.args.kwonlyargs] == fields


def test_the_map_of_the_stores_names_each_of_their_modules() -> None:
    told = set(re.findall(r"[a-z]+", ast.get_docstring(tree("stores")) or ""))
    assert {module.split(".")[1] for module in MODULES if module.startswith("stores.")} - told - {"paths"} == set()
