from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from openpyxl import load_workbook

from diagnostics.intake.sheet.catalog import load_fields
from diagnostics.intake.sheet.fields import Entry, SheetField, choose_tiers
from diagnostics.intake.sheet.form import write_form
from diagnostics.intake.sheet.marks import GUIDE_SHEET, LISTS_SHEET, MAIN_SHEET, PROGRESS_SHEET, TIER_SHEETS
from diagnostics.intake.sheet.reader import read_form

ALL_TIERS = ("minimum", "standard", "full")
HOSTILE = (
    "=cmd|'/c calc'!A0",
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "<script>alert(1)</script>",
    "中" * 10_000,
    "a\x00b\x0bc\ud800\uffff",
)


def _sample(entry: Entry) -> object:
    if entry.choices and entry.kind != "text":
        ids = tuple(choice.id for choice in entry.choices)
        return ids[:3] if entry.kind == "multi" else ids[-1]
    high = entry.high or 12345.0
    return {
        "text": entry.choices[0].id if entry.choices else "ABC123" if entry.pattern else "一段文字, text; with\nlines",
        "list": ("甲；乙", "two, items"),
        "int": int(min(high, 24)),
        "number": min(high, 3.25),
        "money": 12345.67,
        "percent": 0.125,
        "date": date(2025, 3, 14),
        "bool": True,
    }[entry.kind]


def _answer(field: SheetField) -> object:
    if not field.columns:
        return _sample(field.entry)
    row = {column.id: _sample(column.entry) for column in field.columns}
    return (row, {name: value for number, (name, value) in enumerate(row.items()) if number != 1})


def make_answers(tiers: tuple[str, ...] = ("minimum",)) -> dict[str, object]:
    answers = {field.key: _answer(field) for field in choose_tiers(load_fields(), tiers)}
    answers |= {"delivery_date": date(2025, 4, 1), "cross_border": False, "sensitive_pi": False}
    answers["categories"] = (
        {"name": "面霜", "gmv_share": 0.6, "margin": -0.05, "cycle_days": 60},
        {"name": "其他", "gmv_share": 0.4},
    )
    full = {"store_ownership": ({"direct": 0.5, "franchise": 0.25, "dealer": 0.25},)}
    full["current_kpis"] = ({"role": "导购", "kpi": "加粉", "weight": 1.0, "target": "200"},)
    return answers | {key: value for key, value in full.items() if key in answers}


@pytest.mark.parametrize(("language", "tiers"), [("zh", ALL_TIERS), ("en", ("minimum",))])
def test_what_is_written_is_read_back_without_loss(language, tiers):
    answers = make_answers(tiers)
    reading = read_form(write_form(language, answers, tiers), "sheet.xlsx", tiers=tiers)
    assert reading.faults == ()
    assert reading.brief.answers == answers
    assert reading.unanswered == reading.brief.unanswered == ()
    assert reading.form_version == "2"


def test_a_list_comes_back_item_by_item():
    lists = {"selling_points": ("只有一条；含分号",), "tasks": ("one; two", "three")}
    assert read_form(write_form("zh", lists), "sheet.xlsx").brief.answers == lists


def test_hostile_text_stays_text():
    rows = tuple({"sku/series": text} for text in HOSTILE)
    source = write_form("zh", {"client_name": HOSTILE[0], "tasks": HOSTILE, "price_system": rows})
    book = load_workbook(io.BytesIO(source))
    formulas = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    own = ("=IF(", "=SUMPRODUCT(", "=T", '="适用', "='1 必答", "='2 标准", "='3 完整")
    assert all(formula.startswith(own) for formula in formulas)
    reading = read_form(source, "sheet.xlsx")
    kept = (*HOSTILE[:-1], "abc")
    assert reading.faults == ()
    assert reading.brief.text("client_name") == HOSTILE[0]
    assert reading.brief.choices("tasks") == kept
    assert tuple(row["sku/series"] for row in reading.brief.rows("price_system")) == kept


def test_the_same_input_gives_the_same_bytes():
    answers = make_answers()
    assert write_form("zh", answers) == write_form("zh", answers)
    with zipfile.ZipFile(io.BytesIO(write_form("en"))) as archive:
        assert {part.date_time for part in archive.infolist()} == {(2025, 1, 1, 0, 0, 0)}
        assert b"2025-01-01T00:00:00Z</dcterms:modified>" in archive.read("docProps/core.xml")


def test_the_form_holds_a_worksheet_a_tier_progress_a_guide_and_one_worksheet_a_table():
    book = load_workbook(io.BytesIO(write_form("zh")))
    tables = [field.sheet_name for tier in ALL_TIERS for field in choose_tiers(load_fields(), (tier,)) if field.columns]
    assert book.sheetnames == [*TIER_SHEETS.values(), PROGRESS_SHEET, GUIDE_SHEET, *tables, LISTS_SHEET]
    assert book[LISTS_SHEET].sheet_state == "hidden"
    assert len(tables) == 36
    assert [book[name].max_row - 3 for name in TIER_SHEETS.values()] == [42, 29, 46]
    assert all(len(name) <= 31 and any("一" <= mark <= "鿿" for mark in name) for name in book.sheetnames[:-1])


def test_every_fixed_answer_has_a_drop_down_whose_range_holds_its_options():
    book = load_workbook(io.BytesIO(write_form("zh")))
    main, lists = book[MAIN_SHEET], book[LISTS_SHEET]
    rules = {str(rule.sqref): rule for rule in main.data_validations.dataValidation}
    rows = {main.cell(row=row, column=1).value: row for row in range(4, main.max_row + 1)}
    for field in choose_tiers(load_fields()):
        if field.entry.choices:
            rule = rules[f"E{rows[field.key]}"]
            assert rule.type == "list"
            assert rule.showErrorMessage is (field.entry.kind == "enum")
            shown = [cell.value for (cell,) in lists[rule.formula1.split("!")[1].replace("$", "")]]
            assert shown == [choice.option for choice in field.entry.choices]
        if field.entry.kind == "bool":
            assert rules[f"E{rows[field.key]}"].type == "list"
    assert rules[f"E{rows['kickoff_date']}"].type == "date"
    assert rules[f"E{rows['gross_margin']}"].type == "decimal"
    assert rules[f"E{rows['history_months']}"].type == "whole"


def test_prompts_keep_to_the_lengths_that_excel_allows():
    book = load_workbook(io.BytesIO(write_form("en", tiers=ALL_TIERS)))
    for sheet in book:
        for rule in sheet.data_validations.dataValidation:
            assert len(rule.prompt) <= 255
            assert len(rule.error) <= 225
            assert len(rule.promptTitle) <= 32
            assert len(rule.errorTitle) <= 32
            assert len(rule.formula1 or "") <= 255


def test_columns_of_tables_with_fixed_answers_have_drop_downs():
    book = load_workbook(io.BytesIO(write_form("zh")))
    for field in choose_tiers(load_fields()):
        if field.columns:
            rules = {str(rule.sqref): rule for rule in book[field.sheet_name].data_validations.dataValidation}
            for number, column in enumerate(field.columns):
                rule = rules[f"{'BCDEFGHI'[number]}5:{'BCDEFGHI'[number]}24"]
                is_fixed = bool(column.entry.choices) or column.entry.kind == "bool"
                assert (rule.type == "list") is is_fixed


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_look_is_sane(language):
    book = load_workbook(io.BytesIO(write_form(language)))
    main = book[MAIN_SHEET]
    assert main.freeze_panes == "E4"
    assert main.column_dimensions["A"].hidden
    for row in range(4, main.max_row + 1):
        assert main.cell(row=row, column=6).value == ("(*)" if main[f"K{row}"].value else "*")
        assert main.cell(row=row, column=5).fill.fgColor.rgb == "00FFF2CC"
        assert 19 <= main.row_dimensions[row].height <= 400
        assert all(main.cell(row=row, column=column).alignment.wrap_text for column in range(1, 11))
    assert all(12 <= main.column_dimensions[letter].width <= 50 for letter in "BCDEGHIJ")
    first, second = main["C4"].value, main["D4"].value
    assert (first, second) == (("客户/品牌名称", "Client / brand name")[:: 1 if language == "zh" else -1])
    for sheet in book.worksheets[:-1]:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_a_table_longer_than_the_blank_rows_keeps_all_its_rows():
    rows = tuple({"sku/series": f"S{number}", "list_price": float(number)} for number in range(60))
    reading = read_form(write_form("zh", {"price_system": rows}), "sheet.xlsx")
    assert reading.brief.rows("price_system") == rows
