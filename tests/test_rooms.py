"""Every room keeps to its own business; who may import whom is import-linter's to say."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "okrsite"
MODULES = sorted(PACKAGE.rglob("*.py"))

CLOCK = {
    "datetime.now",
    "datetime.today",
    "datetime.utcnow",
    "date.today",
    "time.time",
    "time.time_ns",
    "time.localtime",
    "time.gmtime",
    "time.strftime",
}
ENVIRONMENT = {"os.environ", "os.environb", "os.getenv", "os.getenvb"}
PROCESSES = {"subprocess", "os.system", "os.popen", "os.fork", "pty", "multiprocessing"}


def room(module: Path) -> str:
    """Return the name of the room that a module lies in."""
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py")


def names_used(tree: ast.AST) -> Iterator[str]:
    """Yield what a module reaches for: ``os.environ``, ``datetime.now``, ``subprocess``."""
    aliases: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for name in node.names:
                aliases[name.asname or name.name] = name.name
                yield name.name.partition(".")[0]
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            yield node.module.partition(".")[0]
            for name in node.names:
                yield f"{node.module}.{name.name}"
                aliases[name.asname or name.name] = name.name
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            owner = node.value.attr if isinstance(node.value, ast.Attribute) else None
            if isinstance(node.value, ast.Name):
                owner = aliases.get(node.value.id, node.value.id)
            if owner:
                yield f"{owner}.{node.attr}"


def undocumented(tree: ast.Module) -> Iterator[str]:
    """Yield the public functions and classes of a module that have no docstring."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef):
            for child in node.body:
                if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                    hidden = child.name.startswith("_") or getattr(node, "name", "").startswith("_")
                    if not hidden and not ast.get_docstring(child):
                        yield child.name


def parse(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"), str(module))


def each_module(*, but: set[str]) -> list[object]:
    kept = [module for module in MODULES if room(module) not in but]
    return [pytest.param(each, id=str(each.relative_to(PACKAGE))) for each in kept]


# `clock` is where plugin and command line do it; import-linter keeps everybody else out of it.
# `history` hands the environment on to git, without what leads that elsewhere.
@pytest.mark.parametrize("module", each_module(but={"plugin", "cli", "clock", "history"}))
def test_only_plugin_and_command_line_read_clock_and_environment(module: Path) -> None:
    assert (CLOCK | ENVIRONMENT) & set(names_used(parse(module))) == set()


@pytest.mark.parametrize("module", each_module(but={"history", "site", "crew"}))
def test_only_history_site_and_crew_start_processes(module: Path) -> None:
    assert PROCESSES & set(names_used(parse(module))) == set()


@pytest.mark.parametrize("module", each_module(but=set()))
def test_a_module_says_what_it_is_for(module: Path) -> None:
    tree = parse(module)
    assert ast.get_docstring(tree)
    assert list(undocumented(tree)) == []


@pytest.mark.parametrize("module", [each for each in MODULES if room(each) == "charts"])
def test_charts_import_nothing_else_of_ours(module: Path) -> None:
    imported = {
        name
        for node in ast.walk(parse(module))
        for name in (
            [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else [each.name for each in node.names]
            if isinstance(node, ast.Import)
            else []
        )
    }
    ours = {name for name in imported if name.split(".")[0] == "okrsite"}
    assert {name for name in ours if name.split(".")[:2] != ["okrsite", "charts"]} == set()


def test_the_theme_holds_no_python() -> None:
    assert list((PACKAGE.parent / "theme").rglob("*.py")) == []


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("import os\nos.environ['HOME']", "os.environ"),
        ("import os as system\nsystem.getenv('HOME')", "os.getenv"),
        ("from os import environ", "os.environ"),
        ("import datetime\ndatetime.datetime.now()", "datetime.now"),
        ("from datetime import date as day\nday.today()", "date.today"),
        ("import time\ntime.time()", "time.time"),
        ("def f():\n    import subprocess", "subprocess"),
        ("from subprocess import run", "subprocess"),
        ("from multiprocessing.pool import Pool", "multiprocessing"),
    ],
)
def test_the_search_finds_what_it_looks_for(source: str, name: str) -> None:
    assert name in set(names_used(ast.parse(source)))


def test_the_search_for_docstrings_finds_what_lacks_one() -> None:
    source = "def f(): ...\nclass A:\n    '''A.'''\n    def g(self): ...\n    def _h(self): ...\n"
    assert list(undocumented(ast.parse(source))) == ["f", "g"]
