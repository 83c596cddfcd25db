"""A run from a client's files to the report: complete, in both languages, private, and never half-written."""

import json
import re
import shutil
import subprocess
import sys
import time

import nbformat
import pytest
from nbformat.v4 import new_code_cell

from diagnostics.checks.shelf import list_all_checks
from diagnostics.model.errors import ExitCode
from diagnostics.workbook.case import PROJECT, list_notebooks
from diagnostics.workbook.order import Order
from diagnostics.workbook.rendering import report
from diagnostics.workbook.run_folder import RunFolder
from diagnostics.workbook.runner import run_case
from diagnostics.workbook.writing import write_whole
from tests.workbook.command import call

MOBILE = re.compile(rb"(?<!\d)1[3-9]\d{9}(?!\d)")


def list_phones(case):
    texts = [path.read_bytes() for path in case.exports.rglob("*.csv")]
    return {phone for text in texts for phone in MOBILE.findall(text)}


def test_a_run_leaves_everything_the_contract_names(small_run):
    path = small_run.run.path
    assert not small_run.failed, small_run.faults
    for language in ("zh", "en"):
        assert (path / f"report.{language}.html").stat().st_size > 0
        assert (path / f"report.{language}.pdf").read_bytes().startswith(b"%PDF")
        assert (path / f"appendix.{language}.xlsx").read_bytes().startswith(b"PK")
    assert {p.stem for p in (path / "notebooks").glob("*.ipynb")} == {p.stem for p in list_notebooks()}
    assert {p.stem for p in (path / "notebooks").glob("*.html")} == {p.stem for p in list_notebooks()}
    assert {p.stem for p in (path / "sections").glob("*.json")} == set(list_all_checks())
    assert (path.parent / "latest").resolve() == path.resolve()


def test_findings_have_the_shape_of_the_contract(small_run):
    document = json.loads((small_run.run.path / "findings.json").read_text(encoding="utf-8"))
    assert set(document) == {"client", "run_id", "as_of", "currency", "findings", "not_computable"}
    assert [finding["rank"] for finding in document["findings"]] == list(range(1, len(document["findings"]) + 1))
    for finding in document["findings"]:
        assert finding["severity"] in {"high", "medium", "low", "info"}
        assert finding["impact"] is not None or finding["impact_reason"]
        assert all(finding[part]["zh"] and finding[part]["en"] for part in ("title", "cause", "action"))
        assert finding["evidence"]


def test_the_manifest_tells_inputs_outputs_and_status_but_no_secret(small_run, small_case):
    manifest = json.loads((small_run.run.path / "manifest.json").read_text(encoding="utf-8"))
    assert set(manifest["sections"]) == set(list_all_checks())
    assert all(len(digest) == 64 for digest in (manifest["inputs"] | manifest["outputs"]).values())
    assert len(manifest["inputs"]) >= len([p for p in small_case.exports.rglob("*") if p.is_file()])


def test_coverage_answers_for_every_capability(small_case, small_run):
    told = call("coverage", small_case.folder, "--json")
    entries = json.loads(told.stdout)["capabilities"]
    assert len(entries) == 286
    assert {entry["status"] for entry in entries} <= {"computed", "judged", "not_computable"}
    assert all(entry["reason"] for entry in entries if entry["status"] == "not_computable")
    assert sum(entry["status"] == "computed" for entry in entries) > 20


def test_no_phone_of_a_client_is_in_any_output(small_run, small_case):
    phones = list_phones(small_case)
    assert len(phones) > 100
    outputs = [*small_run.run.path.rglob("*"), *small_case.vault.rglob("*")]
    for path in outputs:
        if path.is_file():
            assert not phones & set(MOBILE.findall(path.read_bytes())), path


def test_unchanged_files_are_not_read_again(small_case, small_run):
    before = (small_case.vault / "order_lines.parquet").stat().st_mtime_ns
    run_case(small_case, Order(only=("people",), formats=("html",), languages=("zh",)))
    assert (small_case.vault / "order_lines.parquet").stat().st_mtime_ns == before


def test_a_section_that_fails_leaves_the_others_standing(fresh_case):
    own = fresh_case.folder / "notebooks" / "03_goods.ipynb"
    own.parent.mkdir()
    shared = next(path for path in list_notebooks() if path.stem == "03_goods")
    notebook = nbformat.read(shared, as_version=4)
    notebook.cells.insert(2, new_code_cell("raise RuntimeError('broken on purpose')"))
    nbformat.write(notebook, own)
    finished = run_case(fresh_case, Order(only=("people", "goods"), formats=("html",), languages=("en",)))
    status = {section.check: section.status for section in finished.outcome.sections}
    assert finished.failed
    assert finished.manifest["own_notebooks"] == ["03_goods.ipynb"]
    assert {status[name] for name in status if name.startswith("goods.")} == {"failed"}
    assert status["people.base"] == "computed"
    page = (finished.run.path / "report.en.html").read_text(encoding="utf-8")
    assert "failed while computing" in page


def test_notes_change_the_report_without_computing(small_run, fresh_case):
    finding = small_run.outcome.findings[0]
    code, scope = finding.code, finding.scope
    wing = finding.evidence[0].check.split(".")[0]
    finished = run_case(fresh_case, Order(only=(wing,), formats=("html",), languages=("en",)))
    write_whole(
        fresh_case.notes,
        json.dumps(
            {
                "reword": [{"code": code, "scope": scope, "title": {"zh": "改过的标题", "en": "A reworded title"}}],
                "drop": [{"code": "lever.mix_shift", "reason": "known to the client"}],
                "comments": {"data.coverage": {"zh": "顾问补充", "en": "Said by the consultant"}},
            }
        ),
    )
    outcome = report(fresh_case, finished.run, ["en"], ["html"])
    page = (finished.run.path / "report.en.html").read_text(encoding="utf-8")
    assert "A reworded title" in page
    assert "Said by the consultant" in page
    assert [note.name for note in outcome.hand.lost] == ["lever.mix_shift"]


def test_a_killed_run_leaves_no_final_name_and_can_be_resumed(fresh_case):
    command = [sys.executable, str(PROJECT / "run_diagnosis.py"), "run", str(fresh_case.folder), "--format", "html"]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(lambda: list(fresh_case.runs.glob(".*.partial/sections/*.json")))
    finally:
        running.kill()
        running.wait()
    assert [path for path in fresh_case.runs.iterdir() if not path.name.startswith(".")] == []
    finished = run_case(fresh_case, Order(resume=True, formats=("html",), languages=("zh",)))
    assert not finished.failed
    assert [path.name for path in fresh_case.runs.iterdir() if path.name.startswith(".")] == []
    assert (fresh_case.runs / "latest" / "report.zh.html").exists()


def test_out_puts_the_run_where_it_was_asked_for(fresh_case, tmp_path):
    out = tmp_path / "输出 out"
    finished = run_case(fresh_case, Order(only=("data",), formats=("html",), languages=("zh",), out=out))
    assert finished.run.path == out
    assert (out / "report.zh.html").exists()
    assert not (fresh_case.runs / "latest").exists()


def test_a_check_runs_twice_to_the_same_report(fresh_case):
    order = Order(only=("people",), formats=("html", "pdf", "xlsx"), languages=("en",))
    first = run_case(fresh_case, order)
    kept = {p.name: p.read_bytes() for p in first.run.path.glob("figures/*.svg")}
    again = RunFolder(path=first.run.path)
    before = (first.run.path / "report.en.pdf").read_bytes()
    report(fresh_case, again, ["en"])
    assert (first.run.path / "report.en.pdf").read_bytes() == before
    shutil.rmtree(fresh_case.runs)
    second = run_case(fresh_case, order)
    assert {p.name: p.read_bytes() for p in second.run.path.glob("figures/*.svg")} == kept


def _wait_for(condition, seconds=120):
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            pytest.fail("nothing happened in time")
        time.sleep(0.1)


def test_exit_codes_are_those_of_the_contract():
    assert (ExitCode.DONE, ExitCode.PROGRAM_FAULT, ExitCode.WRONG_ARGUMENTS) == (0, 1, 2)
    assert (ExitCode.INPUT_NEEDS_PERSON, ExitCode.SECTIONS_FAILED, ExitCode.INTERRUPTED) == (3, 4, 130)
