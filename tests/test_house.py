"""Rules of the house that a machine can hold: imports run down, no machine paths, no unfinished work."""

import re
import subprocess
import sys

import pytest
from importlinter.cli import lint_imports

from diagnostics.workbook.case import PROJECT

UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX)\b|raise NotImplementedError")
SILENT = re.compile(r"except( Exception)?:\s*(pass|continue)?\s*$")


def list_files(folder="."):
    command = ["git", "ls-files", folder]
    told = subprocess.run(command, cwd=PROJECT, capture_output=True, encoding="utf-8", check=False)
    if told.returncode:
        pytest.skip("not a git checkout")
    return told.stdout.splitlines()


def list_tracked(*endings):
    paths = [PROJECT / name for name in list_files()]
    return [path for path in paths if path.suffix in endings and path.exists()]


def test_imports_run_downward(monkeypatch):
    monkeypatch.chdir(PROJECT)
    assert lint_imports(config_filename=str(PROJECT / "pyproject.toml"), cache_dir=None) == 0


def test_nothing_is_left_unfinished():
    here = PROJECT / "tests" / "test_house.py"
    for path in list_tracked(".py", ".ipynb", ".md", ".j2", ".typ"):
        text = path.read_text(encoding="utf-8")
        if path != here:
            assert not UNFINISHED.search(text), path
            assert not any(SILENT.search(line) for line in text.splitlines()), path


def test_no_file_names_a_place_on_somebodys_machine():
    for path in list_tracked(".py", ".ipynb", ".md", ".yaml", ".yml", ".toml", ".j2", ".typ", ".lock"):
        assert str(PROJECT) not in path.read_text(encoding="utf-8"), path


def test_no_client_but_the_open_one_is_tracked():
    assert all(name.startswith("client_data/online_retail_ii/") for name in list_files("client_data"))


def test_style_and_types_hold(monkeypatch):
    monkeypatch.chdir(PROJECT)
    for tool in (["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"]):
        told = subprocess.run([sys.executable, "-m", *tool], capture_output=True, encoding="utf-8", check=False)
        assert told.returncode == 0, told.stdout
