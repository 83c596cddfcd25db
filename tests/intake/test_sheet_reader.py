from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook

from diagnostics.intake.sheet.catalog import load_fields
from diagnostics.intake.sheet.fields import choose_tiers
from diagnostics.intake.sheet.form import write_form
from diagnostics.intake.sheet.marks import GUIDE_SHEET, LISTS_SHEET, MAIN_SHEET
from diagnostics.intake.sheet.reader import read_form
from diagnostics.intake.sheet.rules import check_across
from diagnostics.model.errors import ExitCode, PersonError

BLANK = write_form("zh")
NAMES = {field.key: field.sheet_name for field in load_fields() if field.columns}


def edit(change: Callable[[Workbook], None], source: bytes = BLANK) -> bytes:
    book = load_workbook(io.BytesIO(source))
    change(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def fill(typed: dict[str, object], tables: dict[str, dict[str, object]] | None = None, source: bytes = BLANK) -> bytes:
    def change(book: Workbook) -> None:
        main = book[MAIN_SHEET]
        for row in range(4, main.max_row + 1):
            if main.cell(row=row, column=1).value in typed:
                main.cell(row=row, column=5).value = typed[main.cell(row=row, column=1).value]
        for key, cells in (tables or {}).items():
            for place, value in cells.items():
                book[NAMES[key]][place] = value

    return edit(change, source)


def find_row(key: str) -> int:
    return 4 + [field.key for field in choose_tiers(load_fields())].index(key)


def test_answers_are_read_as_people_type_them():
    typed = {
        "client_name": "某品牌",
        "client_code": 12345,
        "project_type": "诊断",
        "meeting_rhythm": "weekly每周",
        "kickoff_date": "2025年1月2日",
        "delivery_date": 45700,
        "industry": "Beauty and skin care",
        "business_model": "ecommerce，直营连锁",
        "annual_gmv": "1.2亿",
        "gross_margin": "45%",
        "purchase_frequency": "3.5",
        "aov_stated": 268,
        "selling_points": "保湿；温和",
        "pd_start_date": "无",
        "history_months": "24个月",
        "entrust_contract": "是",
        "pia_done": "否",
        "cross_border": "no | 否",
    }
    tables = {
        "categories": {"B5": "面霜", "C5": 60, "D5": 0.5, "E5": "60天", "B7": "其他", "C7": "40%"},
        "main_channels": {"B5": "天猫", "C5": 2, "F5": "2020/5/1"},
        "goals": {"B5": "gmv", "C5": "300万", "D5": "18%", "E5": date(2025, 12, 31)},
    }
    reading = read_form(fill(typed, tables), "sheet.xlsx")
    assert reading.faults == ()
    assert reading.brief.answers == {
        "client_name": "某品牌",
        "client_code": "12345",
        "project_type": "diagnosis",
        "meeting_rhythm": "weekly",
        "kickoff_date": date(2025, 1, 2),
        "delivery_date": date(2025, 2, 12),
        "industry": "beauty",
        "business_model": ("ecommerce", "chain"),
        "annual_gmv": 120_000_000.0,
        "gross_margin": 0.45,
        "purchase_frequency": 3.5,
        "aov_stated": 268.0,
        "selling_points": ("保湿", "温和"),
        "pd_start_date": "none",
        "history_months": 24,
        "entrust_contract": True,
        "pia_done": "no",
        "cross_border": False,
        "categories": (
            {"name": "面霜", "gmv_share": 0.6, "margin": 0.5, "cycle_days": 60},
            {"name": "其他", "gmv_share": 0.4},
        ),
        "main_channels": ({"channel": "tmall", "shop_count": 2, "start_date": date(2020, 5, 1)},),
        "goals": ({"metric": "gmv", "baseline": 3_000_000.0, "target": 0.18, "deadline": date(2025, 12, 31)},),
    }
    assert "client_name" not in reading.unanswered
    assert reading.unanswered[0] == "owner_client"
    assert len(reading.unanswered) == 42 - len(reading.brief.answers)


def test_all_faults_come_at_once_each_with_its_cell():
    typed = {
        "client_code": "lower case",
        "project_type": "按需",
        "kickoff_date": "soon",
        "annual_gmv": "一千万左右",
        "gross_margin": 130,
        "business_model": "ecommerce, magic",
        "purchase_frequency": 400,
        "aov_stated": 0,
        "history_months": 12.5,
        "entrust_contract": "maybe",
        "cross_border": "是",
        "categories": "见附件",
    }
    tables = {
        "containers": {"B5": "微信", "C5": "many", "D5": -3},
        "key_types": {"C6": "phone", "D6": "perhaps", "E6": "120%"},
    }
    reading = read_form(fill(typed, tables), "client.xlsx", language="en")
    main = {(MAIN_SHEET, find_row(key), "E") for key in typed if key != "categories"} | {
        (MAIN_SHEET, find_row("categories"), "E")
    }
    cells = {
        *main,
        *((NAMES["containers"], 5, column) for column in "BCD"),
        *((NAMES["key_types"], 6, column) for column in "CDE"),
    }
    assert {(fault.sheet, fault.row, fault.column) for fault in reading.faults} == cells
    assert len(reading.faults) == len(cells)
    assert all(fault.file == "client.xlsx" and fault.found is not None and fault.expected for fault in reading.faults)
    assert not set(typed) - {"cross_border"} & set(reading.brief.answers)
    assert not set(typed) & set(reading.unanswered) - {"categories"}


@pytest.mark.parametrize("value", ["=cmd|'/c calc'!A0", "<script>" + "长" * 10_000, True, 1e300])
def test_a_wrong_type_everywhere_gives_a_fault_in_every_typed_cell(value):
    fields = [field for field in choose_tiers(load_fields()) if field.entry.kind not in {"text", "list", "table"}]
    expected = [field for field in fields if not (value is True and field.entry.kind == "bool")]
    expected = [field for field in expected if not (value is True and field.key == "pia_done")]
    reading = read_form(fill({field.key: value for field in fields}), "sheet.xlsx")
    rows = {fault.row for fault in reading.faults}
    assert {find_row(field.key) for field in expected} <= rows
    assert all(len(fault.found) <= 60 for fault in reading.faults)


def test_a_formula_without_a_result_is_a_fault_even_in_a_text():
    reading = read_form(fill({"client_name": "=cmd()"}), "sheet.xlsx", language="en")
    (fault,) = reading.faults
    assert (fault.row, fault.column, fault.found) == (4, "E", "=cmd()")
    assert "no formula" in fault.expected


def test_a_fault_shows_no_personal_data():
    reading = read_form(fill({"kickoff_date": "问王经理 138-1234-5678", "annual_gmv": "a@b.com"}), "sheet.xlsx")
    assert [fault.found for fault in reading.faults] == ["问王经理 ***", "***"]


def test_faults_are_worded_in_one_language_or_in_both():
    source = fill({"kickoff_date": "soon"})
    assert read_form(source, "f", language="zh").faults[0].expected == "日期，如 2025-01-31"
    assert read_form(source, "f", language="en").faults[0].expected == "a date such as 2025-01-31"
    assert read_form(source, "f").faults[0].expected == "日期，如 2025-01-31 / a date such as 2025-01-31"


def test_rules_across_fields():
    typed = {"kickoff_date": date(2025, 3, 1), "delivery_date": date(2025, 3, 1)}
    tables = {
        "categories": {"B5": "a", "C5": "60%", "B6": "b", "C6": "38%"},
        "main_channels": {"B5": "jd", "D5": 70, "B6": "tmall", "D6": 40},
    }
    faults = read_form(fill(typed, tables), "f", language="en").faults
    assert [(fault.sheet, fault.found) for fault in faults] == [
        (MAIN_SHEET, "2025-03-01"),
        (NAMES["categories"], "Σ 98.0%"),
        (NAMES["main_channels"], "Σ 110.0%"),
    ]
    assert "after the kick-off, 2025-03-01" in faults[0].expected


@pytest.mark.parametrize(("second", "is_fine"), [(0.39, True), (0.41, True), (0.389, False), (0.411, False)])
def test_shares_may_miss_a_hundred_by_one_point(second, is_fine):
    answers = {"categories": ({"name": "a", "gmv_share": 0.6}, {"name": "b", "gmv_share": second})}
    assert (check_across(answers, {}) == ()) is is_fine


def test_a_row_without_its_name_is_a_fault():
    reading = read_form(fill({}, {"headcount": {"C5": 2, "D5": 30000}}), "f", language="en")
    (fault,) = reading.faults
    assert "Role" in fault.expected
    assert "headcount" not in reading.unanswered


def test_rows_and_columns_may_be_moved_and_sheets_added_or_renamed():
    def move(book: Workbook) -> None:
        main = book[MAIN_SHEET]
        rows = [[cell.value for cell in row] for row in main.iter_rows(min_row=4)]
        headings = [cell.value for cell in main[3]]
        book.remove(main)
        other = book.create_sheet("改名的表", 0)
        other.append(["备注"])
        other.append(list(reversed(headings)))
        for row in reversed(rows):
            other.append(list(reversed(row)))
        table = book[NAMES["containers"]]
        table.move_range("C3:C8", cols=8)
        table.title = "容器"
        book.create_sheet("客户自己的表").append(["key", "客户的东西", 1])

    source = fill({"client_name": "甲", "annual_gmv": 5}, {"containers": {"B5": "wecom", "C5": 30, "D5": 52000}})
    reading = read_form(edit(move, source), "f")
    assert reading.faults == ()
    assert reading.brief.answers == {
        "client_name": "甲",
        "annual_gmv": 5.0,
        "containers": ({"type": "wecom", "account_count": 30, "users": 52000},),
    }


def test_a_table_is_found_by_its_labels_if_the_hidden_row_is_gone():
    source = fill({}, {"containers": {"B5": "企业微信", "C5": 30, "B6": "社群"}})
    reading = read_form(edit(lambda book: book[NAMES["containers"]].delete_rows(3), source), "f")
    assert reading.brief.rows("containers") == ({"type": "wecom", "account_count": 30}, {"type": "group"})


def test_an_older_form_with_fewer_fields_leaves_the_rest_to_be_asked():
    def shrink(book: Workbook) -> None:
        book[MAIN_SHEET].delete_rows(8, 100)
        for name in [*NAMES.values(), LISTS_SHEET, GUIDE_SHEET]:
            if name in book.sheetnames:
                book.remove(book[name])

    reading = read_form(edit(shrink, fill({"client_name": "甲"})), "f")
    assert reading.brief.answers == {"client_name": "甲"}
    assert len(reading.unanswered) == 41
    assert reading.form_version == ""


def test_two_different_answers_to_one_field_are_a_fault():
    def repeat(book: Workbook) -> None:
        main = book[MAIN_SHEET]
        main.append(["client_name", "", "", "", "乙"])
        main.append(["client_name", "", "", "", "甲"])

    reading = read_form(edit(repeat, fill({"client_name": "甲"})), "f", language="en")
    assert [(fault.row, fault.found) for fault in reading.faults] == [(46, "乙")]
    assert reading.brief.text("client_name") == "甲"


def test_a_stored_result_of_a_formula_is_read():
    parts = {}
    with zipfile.ZipFile(io.BytesIO(fill({"annual_gmv": "=3*4"}))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = next(name for name, part in parts.items() if b"<f>3*4</f>" in part)
    for empty in (b"<f>3*4</f><v></v>", b"<f>3*4</f><v />", b"<f>3*4</f><v/>"):
        parts[name] = parts[name].replace(empty, b"<f>3*4</f><v>12</v>")
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    assert read_form(target.getvalue(), "f").brief.number("annual_gmv") == 12


def _empty_workbook() -> bytes:
    target = io.BytesIO()
    Workbook().save(target)
    return target.getvalue()


def _without(part: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BLANK)) as source, zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            if name != part:
                archive.writestr(name, source.read(name))
    return target.getvalue()


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"not a workbook",
        "key,您的回答\nclient_name,甲".encode(),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        BLANK[: len(BLANK) // 2],
        _without("xl/workbook.xml"),
        _without("[Content_Types].xml"),
        _without("xl/worksheets/sheet2.xml"),
        _empty_workbook(),
    ],
    ids=["nothing", "text", "csv", "xls", "half", "no book", "no types", "no sheet", "empty"],
)
def test_what_is_no_form_needs_a_person(source):
    with pytest.raises(PersonError) as caught:
        read_form(source, "sheet.xlsx")
    assert caught.value.exit_code == ExitCode.INPUT_NEEDS_PERSON == 3
    assert "sheet.xlsx" in caught.value.message
    assert caught.value.next_step
    assert caught.value.faults


def test_a_workbook_that_unpacks_to_too_much_is_refused_before_it_is_opened():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bytes(30_000_000))
    with pytest.raises(PersonError):
        read_form(target.getvalue(), "sheet.xlsx")
