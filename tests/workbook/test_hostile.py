"""Hostile and broken clients: a report that says what is missing or a message with a place, and nothing worse."""

import csv
import io
import json
import os
import re
import shutil
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest
import yaml

from diagnostics.model.errors import ExitCode, PersonError
from diagnostics.workbook.account_screen import show_account
from diagnostics.workbook.case import Case
from diagnostics.workbook.engagement import open_engagement
from diagnostics.workbook.engine import connect, open_vault
from diagnostics.workbook.manifest import list_inputs_hashed
from diagnostics.workbook.order import Order
from diagnostics.workbook.rendering import report
from diagnostics.workbook.run_folder import RunFolder, find_run
from diagnostics.workbook.runner import run_case
from diagnostics.workbook.stages import intake
from diagnostics.workbook.vault import is_current
from tests.workbook.command import call
from tests.workbook.conftest import judge_case

COLUMNS = {
    "order_id": "单号",
    "shop": "店",
    "customer": "买家",
    "ordered_at": "时间",
    "product_id": "编码",
    "product": "名称",
    "category": "类目",
    "quantity": "件数",
    "paid_amount": "实付",
    "refund_amount": "退款",
    "store": "门店",
}
MAPPING = {
    "file": "orders*",
    "table": "order_lines",
    "columns": COLUMNS,
    "channel_column": "渠道",
    "status": [{"column": "状态", "unpaid": ["待付款"], "refunded": ["全退"]}],
}
HEADER = [*COLUMNS.values(), "渠道", "状态"]
NASTY = [
    "=cmd|'/c calc'!A0",
    "<script>alert(1)</script>",
    "{{7*7}}",
    "$$x$$",
    "%s {gap} {0}",
    "\u202egnp.exe",
    '"><img src=x onerror=alert(1)>',
    "😀 $\\frac{a",
    "a\x00b",
    "长" * 300,
    "+1",
    "@SUM(1)",
]
SUITES = Path(__file__).resolve().parents[1] / "suites"
# Titles that markup, spreadsheets or formats would take for more than a title, those that others collected too.
COLLECTED = json.loads((SUITES / "blns" / "blns.json").read_text(encoding="utf-8"))
COLLECTED += (SUITES / "csv_injection" / "csv-payload.txt").read_text(encoding="utf-8").splitlines()
TITLES = [*NASTY, *[title for title in COLLECTED if set(title) & set("<={$%@+`\\")][:180]]
FIRST_DAY = date(2023, 1, 1)


def order(number, day=FIRST_DAY, **cells):
    plain = {"单号": f"o{number}", "店": "一店", "买家": f"c{number % 90}", "时间": f"{day} 10:00:00", "件数": "1"}
    plain |= {"编码": f"p{number % 6}", "名称": f"商品{number % 6}", "类目": "甲", "实付": "100", "退款": "0"}
    return plain | {"门店": "S1", "渠道": ("tmall", "douyin")[number % 2], "状态": "已完成"} | cells


def two_years(**cells):
    return [order(n, FIRST_DAY + timedelta(days=n * 577 % 730), **cells) for n in range(300)]


def print_csv(rows):
    paper = io.StringIO(newline="")
    writer = csv.DictWriter(paper, HEADER)
    writer.writeheader()
    writer.writerows(rows)
    return paper.getvalue()


@pytest.fixture
def make(tmp_path):
    def make_client(files, **settings):
        folder = tmp_path / "客 户's"
        (folder / "exports").mkdir(parents=True)
        for name, content in files.items():
            data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
            (folder / "exports" / name).write_bytes(data)
        written = yaml.safe_dump({"mappings": [MAPPING], "data": "generated"} | settings, allow_unicode=True)
        (folder / "settings.yaml").write_text(written, encoding="utf-8")
        return Case(folder=folder)

    return make_client


POOR = {
    "one order": [order(1)],
    "two orders a year apart": [order(1), order(1, FIRST_DAY + timedelta(days=366), 单号="o2")],
    "everybody buys once": [order(n, FIRST_DAY + timedelta(days=n), 买家=f"c{n}", 渠道="tmall") for n in range(730)],
    "all refunded": two_years(状态="全退", 退款="100"),
}


@pytest.mark.parametrize("rows", POOR.values(), ids=POOR)
def test_a_poor_client_gets_answers_or_reasons(make, rows):
    examined, _ = judge_case(make({"orders.csv": print_csv(rows)}))
    assert {one.section.check: one.fault for one in examined if one.fault} == {}
    for one in examined:
        section = one.section
        said = section.answer or section.reason
        assert said is not None
        assert said.zh
        assert said.en
        for text in (said.zh, said.en):
            assert not re.search(r"(?<![A-Za-z])(nan|NaN|None|inf|NaT)(?![A-Za-z])|[^\d]-0(?![.\d])|\+-", text), text


def test_an_order_of_the_future_is_rejected_and_moves_no_period(make):
    rows = [*two_years(), order(9001, date(2099, 5, 5)), order(9002, date(1900, 1, 1))]
    case = make({"orders.csv": print_csv(rows)})
    account = intake(case)
    assert account.files[0].rejected == {"future_date": 1, "no_date": 1}
    assert account.tables["order_lines"].period[1] < date(2025, 1, 1)


def test_a_day_of_diagnosis_long_after_the_exports_makes_no_months_of_zero(make):
    case = make({"orders.csv": print_csv(two_years())}, as_of="2035-01-01")
    intake(case)
    horizon = fix(case).horizon
    assert horizon.current.end == date(2025, 1, 1)


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.dangerous = []

    def handle_starttag(self, tag, attributes):
        if tag in {"img", "iframe", "object", "embed"} and not (dict(attributes).get("src") or "").startswith("data:"):
            self.dangerous.append(tag)
        self.dangerous += [name for name, _ in attributes if name.startswith("on")]


def test_names_that_attack_reach_neither_page_nor_sheet(make):
    rows = [
        row
        | {name: NASTY[(number + shift) % len(NASTY)] for shift, name in enumerate(("渠道", "店", "类目", "门店"))}
        | {"名称": TITLES[number % len(TITLES)], "编码": f"p{number % len(TITLES)}"}
        for number, row in enumerate(two_years())
    ]
    case = make({"orders.csv": print_csv(rows)}, title="<script>alert(1)</script>{x}")
    examined, _ = judge_case(case)
    assert {one.section.check: one.fault for one in examined if one.fault} == {}
    run = RunFolder(path=case.folder / "run")
    for one in examined:
        run.keep(one)
    run.keep_engagement(fix(case))
    report(case, run, languages=("en",), formats=("html", "xlsx"))
    page = (run.path / "report.en.html").read_text(encoding="utf-8")
    assert "<script>alert(1)" not in page
    tags = Tags()
    tags.feed(page)
    assert tags.dangerous == []
    book = openpyxl.load_workbook(run.path / "appendix.en.xlsx")
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def fix(case):
    return open_engagement(case, open_vault(connect(), case.vault))


UNUSABLE = {
    "nothing": {},
    "empty": {"orders.csv": ""},
    "headers": {"orders.csv": print_csv([])},
    "unpaid": {"orders.csv": print_csv([order(1, 状态="待付款")])},
    "locked": {"orders.xlsx": b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le")},
    "cut off": {"orders.xlsx": b"PK\x03\x04[Content_Types].xml xl/"},
}


@pytest.mark.parametrize("files", UNUSABLE.values(), ids=UNUSABLE)
def test_exports_without_a_usable_row_are_told(make, files):
    with pytest.raises(PersonError) as told:
        intake(make(files))
    assert told.value.exit_code == ExitCode.INPUT_NEEDS_PERSON
    assert {fault.file for fault in told.value.faults} == set(files)
    assert all(fault.found and fault.expected for fault in told.value.faults)


WRONG_SETTINGS = {
    "unknown key": {"limit": 1},
    "unknown limit": {"limits": {"people.concentration": {"nope": 1}}},
    "unknown check": {"limits": {"people.nope": {"x": 1}}},
    "text limit": {"limits": {"people.concentration": {"top_share": "high"}}},
    "no number": {"limits": {"people.concentration": {"top_share": float("nan")}}},
    "currency": {"currency": "<b>"},
    "table": {"mappings": [MAPPING | {"table": "nope"}]},
    "column": {"mappings": [MAPPING | {"columns": COLUMNS | {"nope": "单号"}}]},
    "pattern": {"mappings": [MAPPING | {"reject": [{"column": "单号", "pattern": "(", "reason": "x"}]}]},
    "part": {"mappings": [MAPPING | {"extract": {"category": {"column": "名称", "pattern": "abc"}}}]},
    "unit": {"mappings": [MAPPING | {"units": {"category": "percent"}}]},
}


@pytest.mark.parametrize("settings", WRONG_SETTINGS.values(), ids=WRONG_SETTINGS)
def test_wrong_settings_are_told_with_their_place(make, settings):
    with pytest.raises(PersonError) as told:
        intake(make({"orders.csv": print_csv([order(1)])}, **settings))
    assert told.value.exit_code == ExitCode.INPUT_NEEDS_PERSON
    assert all(fault.file == "settings.yaml" and fault.column for fault in told.value.faults)


def test_a_mapping_to_headers_that_are_not_there_names_them(make):
    mapping = MAPPING | {"columns": COLUMNS | {"paid_amount": "没有这一列"}}
    with pytest.raises(PersonError) as told:
        intake(make({"orders.csv": print_csv([order(1)])}, mappings=[mapping]))
    assert "没有这一列" in told.value.faults[0].expected


def test_a_link_out_of_the_exports_is_not_followed(make, tmp_path):
    secret = tmp_path / "secret.csv"
    secret.write_text("password,1\nhunter2,2\n", encoding="utf-8")
    case = make({"orders.csv": print_csv([order(1)])})
    (case.exports / "link.csv").symlink_to(secret)
    account = intake(case)
    assert {file.path: list(file.rejected) for file in account.files}["link.csv"] == ["link_outside"]
    assert "password" not in json.dumps([file.columns for file in account.files])


def test_a_run_is_never_written_over_what_is_no_run(make):
    case = make({"orders.csv": print_csv([order(1)])})
    with pytest.raises(PersonError) as told:
        run_case(case, Order(out=case.folder))
    assert told.value.exit_code == ExitCode.WRONG_ARGUMENTS
    assert (case.exports / "orders.csv").exists()


def test_a_day_before_all_orders_is_told_before_a_run_begins(make):
    case = make({"orders.csv": print_csv([order(1)])})
    with pytest.raises(PersonError):
        run_case(case, Order(as_of="1990-01-01"))
    assert not case.runs.exists()


def test_an_id_of_a_run_is_no_path(make):
    case = make({"orders.csv": print_csv([order(1)])})
    for wanted in ("../..", "..", ".", "nope"):
        with pytest.raises(PersonError):
            find_run(case.runs, wanted)


def test_check_ends_with_3_beside_a_file_that_needs_a_person(make):
    case = make(
        {"orders.csv": print_csv(two_years()), "locked.xlsx": UNUSABLE["locked"]["orders.xlsx"], "~$x.xlsx": b""}
    )
    told = call("check", case.folder)
    assert told.returncode == ExitCode.INPUT_NEEDS_PERSON
    assert "locked.xlsx" in told.stderr
    assert "password" in told.stderr
    assert "密码" in told.stdout
    assert (case.folder / "intake.json").exists()
    told = call("check", case.folder, "--json")
    assert told.returncode == ExitCode.INPUT_NEEDS_PERSON
    assert len(json.loads(told.stdout)["files"]) == 3
    (case.exports / "locked.xlsx").unlink()
    assert call("check", case.folder).returncode == ExitCode.DONE


@pytest.mark.slow
def test_a_run_finishes_with_the_good_files_and_ends_with_3(make):
    case = make({"orders.csv": print_csv(two_years()), "locked.xlsx": UNUSABLE["locked"]["orders.xlsx"]})
    told = call("run", case.folder, "--only", "people", "--format", "html", "--lang", "en", "--jobs", "1")
    assert told.returncode == ExitCode.INPUT_NEEDS_PERSON, told.stderr
    assert "locked.xlsx" in told.stderr
    assert find_run(case.runs, "latest").path.joinpath("report.en.html").exists()


def test_rows_to_mend_are_shown_with_their_place_in_both_languages(make, capsys):
    case = make({"orders.csv": print_csv([*two_years(), order(9001, 时间="昨天"), order(9002, 实付="一百")])})
    account = intake(case)
    show_account(account, "zh", "CNY")
    show_account(account, "en", "CNY")
    told = capsys.readouterr().out
    for said in ("需要人工处理的行", "Rows that need a person", "302", "303", "时间", "实付", "没有日期", "no amount"):
        assert said in told
    assert "昨天" not in told


def test_inputs_of_any_name_are_fingerprinted_and_pipes_do_not_hang(make):
    case = make({"orders.csv": print_csv(two_years())})
    os.mkfifo(case.exports / "pipe.csv")
    shutil.copy(case.exports / "orders.csv", os.fsencode(case.exports) + b"/orders \xb6\xa9\xb5\xa5.csv")
    first = intake(case)
    assert is_current(case)
    assert first.tables["order_lines"].rows == 300
    assert set(list_inputs_hashed(case)) == {"settings.yaml", "exports/orders.csv", "exports/orders 订单.csv"}
