"""A whole run from a warehouse: statements printed, run by somebody else, results put back, a report made."""

import json
import shutil

import duckdb
import pytest

from diagnostics.checks.examination import examine
from diagnostics.checks.shelf import list_checks, load_check
from diagnostics.model.errors import ExitCode, PersonError
from diagnostics.workbook.aggregates import open_warehouse
from diagnostics.workbook.case import Case
from diagnostics.workbook.examining import open_tables
from diagnostics.workbook.handover import GUIDE, QUERIES, RESULTS, TABLES, choose_asking, prepare
from diagnostics.workbook.stages import intake
from tests.workbook.command import call
from tests.workbook.conftest import make_case
from tests.workbook.told_alike import word

WINGS = ("people", "stores")
CUSTOMERS = 400


def run_statements(statements, vault, results):
    """The engineer: plain DuckDB on tables of canonical names, results as CSV."""
    database = duckdb.connect()
    for path in vault.glob("*.parquet"):
        database.read_parquet(str(path)).create_view(path.stem)
    there = {name for (name,) in database.execute("SELECT view_name FROM duckdb_views()").fetchall()}
    for path in statements:
        if path.stem.split(".")[0] != "engagement" or path.stem.split(".")[1] in {*there, "days", "gmv"}:
            query = path.read_text(encoding="utf-8").rstrip().removesuffix(";")
            database.execute(f"COPY ({query}) TO '{results / path.stem}.csv' (HEADER)")


@pytest.fixture(scope="module")
def near(tmp_path_factory):
    """A client whose files are here."""
    case = make_case(tmp_path_factory.mktemp("near") / "某品牌", customers=CUSTOMERS)
    intake(case)
    return case


@pytest.fixture(scope="module")
def far(near, tmp_path_factory):
    """The same client with nothing but its sheet and settings here, and the results of its warehouse."""
    case = Case(folder=tmp_path_factory.mktemp("far") / near.name)
    case.folder.mkdir()
    for path in (near.sheet, near.settings):
        shutil.copy(path, case.folder)
    desk = case.folder.parent / "handover"
    prepare("engagement", choose_asking(case, None, None), "duckdb").write(desk)
    run_statements((desk / QUERIES).glob("*.sql"), near.vault, desk / RESULTS)
    asking = choose_asking(case, desk / RESULTS, None)
    for name in ("engagement", *(check for wing in ("data", *WINGS) for check in list_checks(wing))):
        prepare(name, asking, "duckdb").write(desk)
        run_statements((desk / QUERIES).glob("*.sql"), near.vault, desk / RESULTS)
    return case, desk


def tell(examined):
    section = examined.section
    told = (section.status, section.answer, section.reason, section.findings, section.caveats, section.readings)
    return word(told, examined.exhibits)


def test_the_guide_speaks_both_languages_and_lies_beside_the_tables(far):
    desk = far[1]
    guide = (desk / GUIDE).read_text(encoding="utf-8")
    assert "## 中文" in guide
    assert "## English" in guide
    assert "CREATE TABLE" in (desk / TABLES).read_text(encoding="utf-8")


def test_what_is_fixed_for_a_diagnosis_is_the_same_afar(near, far):
    case, desk = far
    here, there = (tables.engagement for tables in (open_tables(near), open_warehouse(case, desk / RESULTS).tables))
    assert there.horizon == here.horizon
    assert there.annual_gmv == pytest.approx(here.annual_gmv)
    assert (there.gmv_basis, there.currency, there.brief) == (here.gmv_basis, here.currency, here.brief)
    assert there.account.calendar == here.account.calendar


def test_a_run_from_result_files_finds_what_the_run_on_the_tables_finds(near, far):
    case, desk = far
    ended = call(
        *("run", case.folder, "--from-aggregates", desk / RESULTS, "--only", ",".join(WINGS), "--format", "html"),
        *("--lang", "en"),
    )
    assert ended.returncode == ExitCode.DONE, ended.stderr
    assert not case.vault.exists()
    run = case.runs / "latest"
    assert (run / "report.en.html").stat().st_size > 0
    manifest = json.loads((run / "manifest.json").read_text(encoding="utf-8"))
    assert any(name.startswith("results/people.base") for name in manifest["inputs"])
    here, there = open_tables(near), open_warehouse(case, desk / RESULTS).tables
    for name in (check for wing in WINGS for check in list_checks(wing)):
        check = load_check(name)
        direct = examine(name, check, here)
        assert tell(examine(name, check, there)) == tell(direct)
        section = json.loads((run / "sections" / f"{name}.json").read_text(encoding="utf-8"))
        assert section["status"] == direct.section.status
        assert (section["answer"] or {}).get("en") == (direct.section.answer.en if direct.section.answer else None)


def test_results_for_other_days_are_refused_with_every_file(far, tmp_path):
    case, desk = far
    shutil.copytree(desk / RESULTS, tmp_path / RESULTS)
    (tmp_path / RESULTS / "engagement.gmv.csv").unlink()
    with pytest.raises(PersonError) as told:
        open_warehouse(case, tmp_path / RESULTS)
    assert told.value.exit_code == ExitCode.INPUT_NEEDS_PERSON
    assert told.value.faults[0].file == "engagement.gmv.csv"
    settings = case.settings.read_text(encoding="utf-8")
    (tmp_path / case.name).mkdir()
    other = Case(folder=tmp_path / case.name)
    other.settings.write_text(f"{settings}\nas_of: 2026-01-01\n", encoding="utf-8")
    with pytest.raises(PersonError) as told:
        open_warehouse(other, desk / RESULTS)
    assert {fault.column for fault in told.value.faults} == {"statement"}


def test_a_folder_without_results_says_what_to_print_first(far, tmp_path):
    ended = call("run", far[0].folder, "--from-aggregates", tmp_path)
    assert ended.returncode == ExitCode.INPUT_NEEDS_PERSON
    assert "sql engagement" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_an_order_of_days_needs_a_client(tmp_path):
    assert call("sql", "all", "--from-aggregates", tmp_path).returncode == ExitCode.WRONG_ARGUMENTS


def test_a_statement_is_headed_by_its_file_and_what_it_reads():
    told = call("sql", "people.reach", "--dialect", "spark", "--smallest-cell", "10")
    assert told.returncode == ExitCode.DONE, told.stderr
    assert "people.reach.matched.csv | people.reach.matched.parquet" in told.stdout
    assert "reads: contacts (contact, customer)" in told.stdout
    assert "rows of fewer than 10 are left out" in told.stdout
    assert "placeholders" in told.stdout
