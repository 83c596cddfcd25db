"""The command line as a person and a script meet it."""

import json
from types import SimpleNamespace

import pytest
import sqlglot

from diagnostics.checks.shelf import list_all_checks
from diagnostics.model.account import FileAccount
from diagnostics.workbook import cli
from diagnostics.workbook.dialects import DIALECTS, print_check
from tests.workbook.command import call


def test_help_names_the_commands_that_are_there_and_no_others():
    told = call("--help")
    assert told.returncode == 0
    for command in ("demo", "new", "check", "run", "report", "lab", "forget", "coverage", "sql", "compare", "batch"):
        assert f" {command} " in told.stdout


@pytest.mark.parametrize(
    "arguments", [("compare", "x"), ("batch", "no such client"), ("nonsense",), ("run",), ("run", "no such client")]
)
def test_wrong_arguments_end_with_2_and_say_what_to_do(arguments):
    told = call(*arguments)
    assert told.returncode == 2
    assert told.stderr.strip()
    assert "Traceback" not in told.stderr


@pytest.mark.parametrize(
    "wish",
    [("--lang", "fr"), ("--format", "doc"), ("--only", "nothing"), ("--as-of", "soon"), ("--engine", "spark://x")],
)
def test_a_wish_that_is_not_known_ends_with_2(small_case, wish):
    assert call("run", small_case.folder, *wish).returncode == 2


def test_new_opens_a_folder_that_check_asks_files_for(tmp_path):
    folder = tmp_path / "新客户"
    assert call("new", folder, "--lang", "en").returncode == 0
    assert (folder / "requirement_sheet.xlsx").exists()
    told = call("check", folder)
    assert told.returncode == 3
    assert "Traceback" not in told.stderr
    again = call("new", folder)
    assert again.returncode == 2


def test_a_run_that_prints_json_still_says_which_file_needs_a_person(monkeypatch, capsys):
    bad = FileAccount(path="bad.xlsx", rejected={"damaged_workbook": 0})
    finished = SimpleNamespace(manifest={"run_id": "1"}, failed=False, unread=(bad,))
    monkeypatch.setattr(cli, "_diagnose", lambda *_: finished)
    assert cli._run("one", SimpleNamespace(), as_json=True) == 3
    told = capsys.readouterr()
    assert json.loads(told.out) == {"run_id": "1"}
    assert "bad.xlsx" in told.err


def test_check_prints_one_json_document_of_the_contract(small_case):
    told = call("check", small_case.folder, "--json")
    assert told.returncode == 0, told.stderr
    document = json.loads(told.stdout)
    assert {"client", "files", "tables", "missing", "reconciliation", "sheet"} <= set(document)
    assert all(file["rows_read"] == file["rows_kept"] + file["rows_rejected"] for file in document["files"])
    assert document["sheet"]["faults"] == []
    assert json.loads((small_case.folder / "intake.json").read_text(encoding="utf-8")) == document


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("name", list_all_checks())
def test_every_check_can_be_printed_as_sql(name, dialect):
    statements = print_check(name, dialect)
    for statement in statements.values():
        assert statement.upper().lstrip().startswith(("SELECT", "WITH"))
        sqlglot.parse_one(statement, dialect=dialect)
