"""Forms as they come back: older, moved, renamed, merged, with notes beside and words of doubt in the cells."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from diagnostics.intake.sheet.catalog import load_fields, parse_fields
from diagnostics.intake.sheet.fields import Entry
from diagnostics.intake.sheet.find import find_answers
from diagnostics.intake.sheet.form import write_form
from diagnostics.intake.sheet.grid import open_grids
from diagnostics.intake.sheet.marks import LISTS_SHEET, MAIN_SHEET
from diagnostics.intake.sheet.reader import read_form
from diagnostics.intake.sheet.soften import parse_month
from diagnostics.intake.sheet.summary import summarise_sheet
from diagnostics.intake.sheet.values import Misread, Typed, read_softly

OLDER = Path(__file__).with_name("older_forms")
FIELDS = {field.key: field for field in load_fields()}
BLANK = write_form("zh")
ROWS = {key: row for row, key in enumerate((f.key for f in load_fields() if f.tier == "minimum"), start=4)}


def edit(change: Callable[[Workbook], None], source: bytes = BLANK) -> bytes:
    book = load_workbook(io.BytesIO(source))
    change(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_the_form_of_42_fields_is_still_read_whole():
    reading = read_form((OLDER / "form_1_zh_filled.xlsx").read_bytes(), "form.xlsx")
    assert reading.form_version == "1"
    assert reading.faults == ()
    assert reading.unanswered == ()
    assert len(reading.brief.answers) == 42
    assert reading.brief.number("annual_gmv") == 12345.67
    assert reading.brief.choices("selling_points") == ("甲；乙", "two, items")
    assert reading.brief.rows("goals")[0]["deadline"] == date(2025, 3, 14)
    assert reading.brief.rows("main_channels")[1] == {
        "channel": "other",
        "gmv_share": 0.125,
        "new_customer_share": 0.125,
        "start_date": date(2025, 3, 14),
    }


def test_a_renamed_field_column_and_choice_are_read_and_a_removed_one_is_kept_apart():
    history = (
        "version,what,key,was,now\n"
        "1,field,budget,yearly_budget,budget\n"
        "1,field,fax,fax_number,\n"
        "1,column,containers,how_many,users\n"
        "1,choice,project_type,checkup,diagnosis\n"
    )
    catalog = Path("diagnostics/catalog/requirement_sheet.csv").read_text(encoding="utf-8")
    fields = parse_fields(catalog, history_text=history)
    book = Workbook()
    book.active.append(["key", "您的回答"])
    for row in (["yearly_budget", 5], ["fax_number", "12"], ["project_type", "checkup"]):
        book.active.append(row)
    table = book.create_sheet("私域容器 Containers")
    table.append(["type", "how_many"])
    table.append(["wecom", 7])
    target = io.BytesIO()
    book.save(target)
    form = find_answers(open_grids(target.getvalue(), "f"), fields)
    assert form.cells["budget"][0].typed.value == 5
    assert [key for key, _ in form.unknown] == ["fax_number"]
    assert form.tables["containers"][0].rows[0]["users"].typed.value == 7
    choices = next(field for field in fields if field.key == "project_type").entry.choices
    assert choices[0].formerly == ("checkup",)


def test_an_answer_to_what_nobody_asks_is_remarked():
    def ask(book: Workbook) -> None:
        book[MAIN_SHEET]["A50"], book[MAIN_SHEET]["E50"] = "fax_number", "12"

    (remark,) = summarise_sheet(read_form(edit(ask), "f"))["remarks"]
    assert (remark["key"], remark["cell"], remark["found"]) == ("fax_number", f"{MAIN_SHEET}!E50", "12")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_answers_are_found_by_their_labels_alone(language):
    book = Workbook()
    for number, (key, answer) in enumerate(
        [("client_name", "甲"), ("annual_gmv", "1200万"), ("gross_margin", "45%"), ("pd_start_date", "2023年6月")]
    ):
        book.active.append([f"{number + 1}. {FIELDS[key].label.word(language)}：", answer, "备注：财务口径"])
    book.active.append(["我们自己加的一行", "别的"])
    table = book.create_sheet("Sheet2")
    labels = [column.label.word(language) for column in FIELDS["headcount"].columns]
    table.append(["团队"])
    table.append(labels)
    table.append(["社群", 2, "3万"])
    target = io.BytesIO()
    book.save(target)
    reading = read_form(target.getvalue(), "f")
    assert reading.faults == ()
    assert reading.brief.answers == {
        "client_name": "甲",
        "annual_gmv": 12_000_000.0,
        "gross_margin": 0.45,
        "pd_start_date": date(2023, 6, 1),
        "headcount": ({"role": "group", "fte": 2.0, "monthly_cost": 30000.0},),
    }


def test_a_form_without_its_column_of_keys_is_read_by_labels():
    source = write_form("zh", {"client_name": "甲", "brand_count": 2, "budget": 5.0})
    drop = edit(lambda book: [book[name].delete_cols(1) for name in book.sheetnames[:3]], source)
    reading = read_form(drop, "f")
    assert reading.brief.answers == {"client_name": "甲", "brand_count": 2, "budget": 5.0}


def test_merged_cells_hold_for_all_that_they_cover():
    def merge(book: Workbook) -> None:
        main = book[MAIN_SHEET]
        main[f"E{ROWS['annual_gmv']}"] = 7
        main.merge_cells(f"E{ROWS['annual_gmv']}:F{ROWS['annual_gmv']}")
        main[f"D{ROWS['aov_stated']}"] = 268
        main.merge_cells(f"D{ROWS['aov_stated']}:E{ROWS['aov_stated']}")
        main.merge_cells(f"D{ROWS['client_code']}:E{ROWS['client_code']}")
        table = book[FIELDS["bridge_status"].sheet_name]
        table["B5"], table["C5"], table["C6"], table["C7"] = "tmall", "甲", "乙", "丙"
        table.merge_cells("B5:B6")

    reading = read_form(edit(merge), "f", language="en")
    assert reading.brief.answers["annual_gmv"] == 7.0
    assert reading.brief.answers["aov_stated"] == 268.0
    assert "client_code" in reading.unanswered
    rows = reading.brief.rows("bridge_status")
    assert [row.get("channel") for row in rows] == ["tmall", "tmall", None]
    assert len(reading.faults) == 1  # the third row lacks its channel


def test_notes_and_totals_are_no_rows():
    def note(book: Workbook) -> None:
        table = book[FIELDS["categories"].sheet_name]
        for row, (name, share) in enumerate([("面霜", 0.6), ("其他", 0.4), ("合计", 1.0)], start=5):
            table[f"B{row}"], table[f"C{row}"] = name, share
        table["B9"] = "注：占比为估计"
        table["H6"] = "旁边的备注"

    reading = read_form(edit(note), "f")
    assert reading.faults == ()
    assert [row["name"] for row in reading.brief.rows("categories")] == ["面霜", "其他"]
    assert len(reading.remarks) == 2


def test_words_of_doubt_are_taken_off_and_said():
    def fill(book: Workbook) -> None:
        for key, value in {
            "annual_gmv": "约1200万",
            "gross_margin": "４５％左右",
            "pd_start_date": "2024年3月",
            "processing_period": "2025-09",
            "entrust_contract": "有",
            "cross_border": "无",
            "purchase_frequency": "大概3.5次（老客）",
        }.items():
            book[MAIN_SHEET][f"E{ROWS[key]}"] = value

    reading = read_form(edit(fill), "f")
    assert reading.faults == ()
    assert reading.brief.answers == {
        "annual_gmv": 12_000_000.0,
        "gross_margin": 0.45,
        "pd_start_date": date(2024, 3, 1),
        "processing_period": date(2025, 9, 30),
        "entrust_contract": True,
        "cross_border": False,
        "purchase_frequency": 3.5,
    }
    said = {remark.key: remark.text.en for remark in reading.remarks}
    assert said["annual_gmv"] == "taken as 12,000,000"
    assert said["processing_period"] == "taken as 2025-09-30"
    assert set(said) == {"annual_gmv", "gross_margin", "pd_start_date", "processing_period", "purchase_frequency"}


@pytest.mark.parametrize("typed", ["800-1000万", "不知道", "约", "一千万左右", "2024年13月", "几百万"])
def test_what_is_still_unclear_is_a_fault(typed):
    for kind in ("money", "date", "percent", "int"):
        assert isinstance(read_softly(Typed(value=typed), Entry(kind=kind)), Misread)


def test_a_year_alone_is_no_month():
    assert parse_month("2024") is None
    assert parse_month(2024) is None
    assert parse_month("2024年3月底", ends_month=True) == date(2024, 3, 31)


def test_faults_of_every_tier_and_table_come_at_once():
    source = write_form("zh", {"client_name": "甲"})
    book = load_workbook(io.BytesIO(source))
    expected = set()
    for name in book.sheetnames[:3]:
        sheet = book[name]
        for row in range(4, sheet.max_row + 1):
            field = FIELDS[sheet[f"A{row}"].value]
            if field.entry.kind in {"int", "number", "money", "percent", "date", "bool", "enum", "multi"}:
                sheet[f"E{row}"] = "§§"
                expected.add((name, row, "E"))
            for place, column in enumerate(field.columns):
                if column.entry.kind not in {"text", "list"}:
                    book[field.sheet_name].cell(row=5, column=place + 2).value = "§§"
                    expected.add((field.sheet_name, 5, "BCDEFGHIJ"[place]))
    target = io.BytesIO()
    book.save(target)
    faults = read_form(target.getvalue(), "f").faults
    wrong = {(fault.sheet, fault.row, fault.column) for fault in faults if fault.found == "§§"}
    assert wrong == expected
    assert len(expected) > 100


def test_the_form_opens_with_other_readers_too():
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - only this test needs it

    book = CalamineWorkbook.from_filelike(io.BytesIO(write_form("zh", {"client_name": "甲"})))
    assert len(book.sheet_names) == 3 + 2 + 36 + 1
    assert book.sheet_names[-1] == LISTS_SHEET
    assert [book.get_sheet_by_index(0).to_python()[3][place] for place in (0, 4)] == ["client_name", "甲"]
