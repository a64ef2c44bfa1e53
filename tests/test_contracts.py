"""What keeps the packages apart, and the command quick."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGES = ("parsers", "pipeline", "flows")
PDF_LIBRARIES = {"pypdfium2", "pypdfium2_raw", "pdfplumber", "pdfminer", "pikepdf"}
# Reading must not depend on where, when, or after what it happens.
IMPURE = {
    "asyncio", "cyclopts", "httpx", "multiprocessing", "pandas", "pebble", "prefect", "psutil",
    "pyarrow", "requests", "rich", "socket", "sqlite3", "subprocess", "time", "urllib",
}  # fmt: skip


def modules(package: str) -> Iterator[str]:
    root = Path(__file__).parents[1] / package
    for path in sorted(root.rglob("*.py")):
        parts = path.relative_to(root.parent).with_suffix("").parts
        yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


ALL = [name for package in PACKAGES for name in modules(package)]


def source_of(module: str) -> Path:
    root = Path(__file__).parents[1]
    path = root.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def imports(module: str) -> set[str]:
    """The modules that a module names anywhere in an import."""
    found = set()
    for node in ast.walk(ast.parse(source_of(module).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: imports are absolute"
            found.add(node.module or "")
    return found


def tops(module: str) -> set[str]:
    return {name.split(".")[0] for name in imports(module)}


@pytest.mark.parametrize("module", ALL)
def test_imports_go_one_way(module: str) -> None:
    package = module.split(".", maxsplit=1)[0]
    above = {"parsers": {"pipeline", "flows"}, "pipeline": {"flows"}, "flows": set()}[package]
    # The command line is where the parts are put together.
    allowed = {"flows"} if module.startswith("pipeline.cli.") else set()

    assert tops(module) & (above - allowed) == set()
    assert tops(module) & {"tests", "bench", "samples"} == set()


@pytest.mark.parametrize("module", [name for name in ALL if not name.startswith("flows")])
def test_prefect_stays_in_flows(module: str) -> None:
    assert "prefect" not in tops(module)


@pytest.mark.parametrize("module", [name for name in ALL if not name.startswith("parsers.pdf")])
def test_pdf_libraries_stay_in_one_place(module: str) -> None:
    assert tops(module) & PDF_LIBRARIES == set()


@pytest.mark.parametrize("module", list(modules("parsers")))
def test_parsers_are_pure(module: str) -> None:
    assert tops(module) & IMPURE == set()


@pytest.mark.parametrize("module", ALL)
def test_the_public_surface_is_stated_and_exists(module: str) -> None:
    if module.endswith("__main__"):
        return
    loaded = importlib.import_module(module)
    stated = loaded.__all__

    assert len(stated) == len(set(stated))
    assert [name for name in stated if not hasattr(loaded, name)] == []


@pytest.mark.parametrize("module", ALL)
def test_what_other_modules_use_is_in_the_public_surface(module: str) -> None:
    """A name taken from another of our modules stands in that module's `__all__`."""
    for node in ast.walk(ast.parse(source_of(module).read_text(encoding="utf-8"))):
        if not isinstance(node, ast.ImportFrom) or not node.module:
            continue
        if node.module.split(".")[0] not in PACKAGES:
            continue
        target = importlib.import_module(node.module)
        submodules = {found.name for found in pkgutil.iter_modules(getattr(target, "__path__", []))}
        for alias in node.names:
            public = alias.name in target.__all__ or alias.name in submodules
            assert public, f"{module} takes {alias.name} from {node.module}, which keeps it private"


@pytest.mark.parametrize("module", ALL)
def test_modules_and_functions_stay_small(module: str) -> None:
    text = source_of(module).read_text(encoding="utf-8")
    functions = [
        node
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]

    assert len(text.splitlines()) <= 400
    assert [node.name for node in functions if _lines_of_code(node) > 40] == []


def _lines_of_code(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its signature and docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (function.end_lineno or 0) - body[0].lineno + 1 if body else 0


@pytest.mark.slow
@pytest.mark.parametrize("arguments", [["--help"], ["parse", "--help"], ["catalog"], ["version"]])
def test_quick_commands_load_nothing_heavy(arguments: list[str], root: Path) -> None:
    """Prefect takes a second to import and pandas half of one: not for a help page."""
    program = (
        "import sys; from pipeline.cli import main; code = main(sys.argv[1:]);"
        "heavy = {'prefect', 'pandas', 'pyarrow', 'pythainlp', 'numpy'} & set(sys.modules);"
        "sys.exit(f'loaded: {heavy}' if heavy or code else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], cwd=root, capture_output=True, text=True
    )

    assert done.returncode == 0, done.stderr


@pytest.mark.slow
def test_parsing_one_file_loads_nothing_heavy(tmp_path: Path, root: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"no PDF")
    program = (
        "import sys\n"
        "from pipeline.cli import main\n"
        "if __name__ == '__main__':\n"
        "    code = main(['parse', sys.argv[1]])\n"
        "    heavy = {'prefect', 'pandas'} & set(sys.modules)\n"
        "    sys.exit(f'loaded: {heavy}' if heavy or code != 3 else 0)\n"
    )
    script = tmp_path / "program.py"
    script.write_text(program, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(script), str(path)],
        cwd=root,
        env={"PYTHONPATH": str(root), "PATH": "", "ITA_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stderr
