"""Personal data are kept only under what the sheet states, and are gone when they are forgotten."""

import json
from datetime import date, timedelta

import pytest
import yaml
from typer.testing import CliRunner

from diagnostics.intake.sheet.form import write_form
from diagnostics.model.errors import ExitCode, PersonError
from diagnostics.workbook.case import Case
from diagnostics.workbook.cli import app
from diagnostics.workbook.forgetting import forget, list_remains, list_traces
from diagnostics.workbook.keyring import find_key_file
from diagnostics.workbook.stages import intake, read_sheet, take_stock
from diagnostics.workbook.vault import name_inputs, read_brief

MAPPING = {
    "file": "orders*",
    "table": "order_lines",
    "channel": "tmall",
    "columns": {"order_id": "单号", "ordered_at": "时间", "paid_amount": "实付", "product": "名称", "customer": "买家"},
}
ORDERS = "单号,时间,实付,名称,买家,手机\n1,2024-03-01,10,面霜 13987654321,c1,13812345678\n2,2024-03-02,10,面霜,c2,\n"
NAMELESS = "单号,时间,实付,名称\n1,2024-03-01,10,面霜\n"
STATED = {
    "entrust_contract": True,
    "processing_purpose": "私域诊断",
    "processing_period": date.today() + timedelta(days=90),  # noqa: DTZ011
    "cross_border": False,
}


@pytest.fixture
def make(tmp_path):
    def make_client(orders=ORDERS, name="client", answers=None, **settings):
        case = Case(folder=tmp_path / name)
        case.exports.mkdir(parents=True)
        (case.exports / "orders 13712345678.csv").write_text(orders, encoding="utf-8")
        written = yaml.safe_dump({"mappings": [MAPPING]} | settings, allow_unicode=True)
        case.settings.write_text(written, encoding="utf-8")
        if answers is not None:
            case.sheet.write_bytes(write_form("zh", answers=answers))
        return case

    return make_client


def list_made(case):
    given = {"exports", "settings.yaml", "requirement_sheet.xlsx"}
    return {path.name for path in case.folder.iterdir()} - given


def test_without_the_four_statements_nothing_is_kept_and_all_are_named(make):
    case = make(name="ungated")
    with pytest.raises(PersonError) as told:
        intake(case)
    assert told.value.exit_code == ExitCode.INPUT_NEEDS_PERSON
    assert len(told.value.faults) == 4
    assert list_made(case) == set()
    assert not find_key_file(case.folder).exists()


def test_a_sheet_that_says_so_itself_is_refused_before_any_file_is_read(make):
    case = make(answers={"pi_categories": ("phone",)})
    seen = []
    with pytest.raises(PersonError):
        intake(case, seen.append)
    assert seen == []


def test_check_shows_what_is_there_and_keeps_none_of_it(make):
    case = make(name="looked at")
    account, lacks = take_stock(case, lambda _file: None, read_sheet(case))
    assert (account.tables["order_lines"].rows, len(lacks)) == (2, 4)
    assert list_made(case) == set()


@pytest.mark.parametrize("settings", [{"data": "open"}, {"data": "generated"}, {"generated": True}])
def test_public_and_invented_data_need_no_statement(make, settings):
    assert intake(make(**settings)).tables["order_lines"].rows == 2


def test_data_of_nobody_need_no_statement(make):
    case = make(NAMELESS)
    assert intake(case).data == "personal"
    assert (case.vault / "order_lines.parquet").exists()


def test_the_four_statements_let_personal_data_in_until_the_period_ends(make):
    case = make(answers=STATED)
    intake(case)
    brief = case.vault / "brief.json"
    ended = brief.read_text(encoding="utf-8").replace(str(STATED["processing_period"]), "2020-01-01")
    brief.write_text(ended, encoding="utf-8")
    with pytest.raises(PersonError) as told:
        intake(case)
    (fault,) = told.value.faults
    assert fault.found == "2020-01-01"


def test_the_log_says_what_was_taken_out_and_holds_none_of_it(make):
    case = make(answers=STATED)
    intake(case)
    lines = (case.vault / "dropped.csv").read_text(encoding="utf-8").splitlines()
    assert lines == [
        "file,sheet,column,handling,kind,cells",
        "orders ***.csv,,买家,keyed,name,2",
        "orders ***.csv,,名称,masked,mobile,1",
        "orders ***.csv,,手机,dropped,name,1",
    ]


def test_two_files_whose_names_differ_by_a_number_are_both_listed(make):
    case = make()
    (case.exports / "orders 13612345678.csv").write_text(ORDERS, encoding="utf-8")
    assert {name for name in name_inputs(case) if "orders" in name} == {
        "exports/orders ***.csv",
        "exports/orders ***.csv (2)",
    }


def test_answers_are_kept_without_numbers_and_without_the_clients_people(make):
    case = make(answers=STATED | {"owner_client": "张三", "processing_purpose": "诊断，联系 13812345678"})
    intake(case)
    brief = read_brief(case)
    assert (brief.text("owner_client"), brief.text("processing_purpose")) == ("***", "诊断，联系 ***")


def test_a_folder_named_after_a_number_is_refused_without_saying_it(make):
    case = make(name="客户13812345678", data="generated")
    with pytest.raises(PersonError) as told:
        intake(case)
    assert "13812345678" not in told.value.message


def test_run_ends_with_3_and_repeats_no_number(make):
    case = make(name="refused")
    told = CliRunner().invoke(app, ["run", str(case.folder)])
    assert isinstance(told.exception, PersonError)
    assert told.exception.exit_code == 3
    assert "1371234" not in told.output


def test_forget_deletes_vault_key_and_leftovers_and_says_so(make, tmp_path):
    case = make(name="forgotten", answers=STATED)
    intake(case)
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept.txt").write_text("kept", encoding="utf-8")
    for left in (".vault.old", ".held", "runs/.20240101.partial", "runs/20240101-000000"):
        (case.folder / left).mkdir(parents=True)
    (case.folder / ".vault.new").symlink_to(outside, target_is_directory=True)
    case.intake_file.write_text(json.dumps({}), encoding="utf-8")
    told = CliRunner().invoke(app, ["forget", str(case.folder), "--yes"])
    assert told.exit_code == 0, told.output
    left = ("vault", ".vault.old", ".vault.new", ".held", ".20240101.partial", "intake.json")
    for name in (*left, find_key_file(case.folder).name):
        assert name in told.output
    assert list_made(case) == {"runs"}
    assert [path.name for path in case.runs.iterdir()] == ["20240101-000000"]
    assert not find_key_file(case.folder).exists()
    assert (outside / "kept.txt").exists()
    assert {trace.path for trace in list_remains(case)} >= {case.exports, case.sheet, case.runs}
    again = CliRunner().invoke(app, ["forget", str(case.folder), "--yes", "--runs"])
    assert again.exit_code == 0
    assert list_made(case) == set()
    assert list_traces(case) == []


def test_a_link_in_the_vaults_place_is_removed_and_what_it_names_stays(make, tmp_path):
    case = make(name="linked")
    outside = tmp_path / "elsewhere"
    outside.mkdir()
    (outside / "kept.txt").write_text("kept", encoding="utf-8")
    case.vault.symlink_to(outside, target_is_directory=True)
    forget(list_traces(case))
    assert not case.vault.is_symlink()
    assert (outside / "kept.txt").exists()


def test_forget_refuses_what_is_no_client_and_a_vault_of_somebody_else(make, tmp_path):
    with pytest.raises(PersonError) as told:
        list_traces(Case(folder=tmp_path))
    assert told.value.exit_code == ExitCode.WRONG_ARGUMENTS
    case = make(name="own vault")
    case.vault.mkdir()
    (case.vault / "passwords.txt").write_text("", encoding="utf-8")
    with pytest.raises(PersonError):
        list_traces(case)
