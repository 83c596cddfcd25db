from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from itertools import cycle

import numpy as np
import openpyxl
import pandas as pd
import pytest
from hostile import HOSTILE, change_texts
from sample import sample_card, sample_outline

from diagnostics.model.finding import Evidence, Finding, Impact, Validation
from diagnostics.model.section import Exhibit, Field, Section
from diagnostics.model.wording import Text, name_verbatim
from diagnostics.report.outline import Opening
from diagnostics.report.xlsx import render_xlsx
from diagnostics.report.xlsx_cells import name_sheet
from diagnostics.report.xlsx_sheets import HEADER_ROW

STAMP = datetime(2025, 1, 10, 9, 30, tzinfo=UTC)
CHECK = "people.concentration"
FIELDS = (
    Field(name="shop", label=Text(zh="店铺", en="Shop")),
    Field(name="channel", label=Text(zh="渠道", en="Channel"), unit="channel"),
    Field(name="gmv", label=Text(zh="金额", en="Amount"), unit="money"),
    Field(name="price", label=Text(zh="单价（元）", en="Price, CNY"), unit="price"),
    Field(name="share", label=Text(zh="占比", en="Share"), unit="share", digits=2),
    Field(name="days", label=Text(zh="天数", en="Days"), unit="days", digits=1),
    Field(name="first", label=Text(zh="首次", en="First"), unit="date"),
    Field(name="month", label=Text(zh="月份", en="Month"), unit="month"),
    Field(name="buyers", label=Text(zh="人数", en="Buyers"), unit="count"),
)


def make_exhibit(title="各店铺 / 渠道: [GMV]", name="shops"):
    frame = pd.DataFrame(
        {
            "shop": [Text(zh="合计", en="Total"), "=cmd|' /C calc'!A0", None],
            "channel": ["douyin", "own shop", None],
            "gmv": [1234.5, np.nan, np.inf],
            "price": [9.5, 10.0, None],
            "share": [0.1234, 0.5, np.nan],
            "days": [1.5, 2.0, np.nan],
            "first": pd.to_datetime(["2024-03-01", "2024-03-02", None]),
            "month": [date(2024, 3, 1), date(2024, 4, 1), None],
            "buyers": pd.array([3, 4, None], dtype="Int64"),
        }
    )
    return Exhibit(name=name, title=name_verbatim(title), fields=FIELDS, frame=frame, note=Text(zh="说明", en="Note"))


def make_section(check=CHECK):
    return Section(
        check=check,
        wing="people",
        question=Text(zh="问题？", en="Question?"),
        definition=Text(zh="定义。", en="Definition."),
        status="computed",
    )


def make_finding(*, impact=True):
    text = Text(zh="词", en="word")
    return Finding(
        code="people.concentration_risk",
        scope={"channel": "douyin", "segment": "top"},
        title=text,
        cause=text,
        action=text,
        owner_role="member",
        validation=Validation(metric="gmv", direction="up", window_days=60),
        stop_rule=text,
        confidence=0.82,
        impact=Impact(low=1e6, mid=2e6, high=3e6) if impact else None,
        impact_reason=None if impact else Text(zh="没有单价", en="no prices"),
        severity="high",
        evidence=(Evidence(check=CHECK, n=5),),
    )


def render(language="zh", outline=None, exhibits=None, sections=None, findings=None):
    outline = outline or replace(
        sample_outline(language),
        top_findings=(sample_card(language, rank=1),),
        other_findings=(sample_card(language, rank=2, severity="low"),),
    )
    return render_xlsx(
        outline,
        sections=[make_section()] if sections is None else sections,
        exhibits={CHECK: (make_exhibit(),)} if exhibits is None else exhibits,
        findings=(make_finding(), make_finding(impact=False)) if findings is None else findings,
        currency="CNY",
        stamp=STAMP,
    )


def read(raw):
    return openpyxl.load_workbook(BytesIO(raw))


def read_rows(sheet, top):
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=top)]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_same_input_gives_the_same_bytes(language):
    assert render(language) == render(language)


def test_sheets_come_in_order_and_under_allowed_names():
    names = read(render()).sheetnames
    assert names == ["目录", "发现", "01 各店铺 渠道 GMV", "数据来源", "口径"]
    assert read(render("en")).sheetnames[0] == "Contents"


def test_like_titles_get_sheets_of_their_own():
    exhibits = {CHECK: [make_exhibit("很长的标题" * 20, name=f"e{i}") for i in range(12)]}
    names = read(render(exhibits=exhibits)).sheetnames
    assert len(set(names)) == 12 + 4
    assert max(map(len, names)) <= 31
    assert name_sheet(1, "'😀'[]:*?/\\\ud800") == "01"


def test_values_keep_their_kind_and_empty_stays_empty():
    sheet = read(render())["01 各店铺 渠道 GMV"]
    header, first, second = read_rows(sheet, HEADER_ROW + 1)
    assert header == ["店铺", "渠道", "金额（元）", "单价（元）", "占比", "天数", "首次", "月份", "人数"]
    day, month = datetime(2024, 3, 1), datetime(2024, 3, 1)  # noqa: DTZ001  a day has no zone
    assert first == ["合计", "抖音", 1234.5, 9.5, 0.1234, 1.5, day, month, 3]
    assert second[:3] == ["=cmd|' /C calc'!A0", "own shop", None]
    assert second[4:] == [0.5, 2.0, datetime(2024, 3, 2), datetime(2024, 4, 1), 4]  # noqa: DTZ001  the same
    assert sheet.max_row == HEADER_ROW + 3  # the third row of the frame is empty
    codes = [cell.number_format for cell in sheet[HEADER_ROW + 2]]
    assert codes[2:] == ["#,##0", "#,##0.00", "0.00%", "#,##0.0", "yyyy-mm-dd", "yyyy-mm", "#,##0"]
    assert read(render("en"))["01 各店铺 渠道 GMV"].cell(HEADER_ROW + 1, 3).value == "Amount (CNY)"


def test_a_sheet_opens_with_title_definition_note_and_a_frozen_filtered_header():
    sheet = read(render())["01 各店铺 渠道 GMV"]
    assert [sheet.cell(row, 1).value for row in (1, 2, 3)] == ["各店铺 / 渠道: [GMV]", "定义。", "说明"]
    assert sheet.freeze_panes == "B5"
    assert sheet.auto_filter.ref == "A4:I7"


def test_contents_list_every_sheet_with_a_link_inside_the_book():
    book = read(render(sections=[make_section(), make_section("goods.none")]))
    sheet = book["目录"]
    links = {cell.value: cell.hyperlink.location for row in sheet.iter_rows() for cell in row if cell.hyperlink}
    assert links == {name: f"'{name}'!A1" for name in book.sheetnames[1:]}
    checks = [row[1] for row in read_rows(sheet, 5)]
    assert checks == [None, None, None, CHECK, "goods.none"]


def test_an_exhibit_of_no_check_is_listed_too():
    book = read(render(exhibits={"plan": (make_exhibit("Roadmap"),)}))
    assert "01 Roadmap" in book.sheetnames
    assert ["01 Roadmap", "plan", "Roadmap", None, 3] in read_rows(book["目录"], 5)


def test_findings_hold_money_as_numbers_and_the_reason_where_there_is_none():
    header, sized, unsized = read_rows(read(render())["发现"], 1)
    assert header[5:9] == ["一年影响金额：低", "一年影响金额：中", "一年影响金额：高", "未折算金额的原因"]
    assert sized[0] == 1
    assert sized[2] == "渠道：抖音；客群：top"
    assert sized[4:9] == [0.82, 1e6, 2e6, 3e6, None]
    assert unsized[5:9] == [None, None, None, "没有单价"]
    assert header[-1] == "同一笔钱"
    assert sized[9:16] == [getattr(sample_card("zh"), key) for key in CARD_KEYS]


CARD_KEYS = ("title", "cause", "action", "owner", "validation", "stop_rule", "evidence")


def test_findings_must_match_the_outline():
    with pytest.raises(ValueError, match="zip"):
        render(findings=(make_finding(),))


def test_the_data_account_and_the_definitions_are_there():
    outline = sample_outline("zh")
    book = read(render())
    account = [value for row in read_rows(book["数据来源"], 1) for value in row if value is not None]
    assert outline.data_account.notes[0] in account
    assert outline.data_account.tables[0].title in account
    assert 0.315 in account
    definitions = [value for row in read_rows(book["口径"], 1) for value in row]
    assert {"GMV = 买家实付金额（退款另列）", "定义。", CHECK} <= set(definitions)


def test_hostile_text_stays_plain_text():
    bad = cycle(HOSTILE)
    outline = change_texts(sample_outline("en"), lambda _text: next(bad))
    frame = pd.DataFrame({"a": HOSTILE, "b": HOSTILE}, dtype=object)  # Arrow refuses lone surrogates
    fields = tuple(
        Field(name=name, label=name_verbatim(HOSTILE[6]), unit=unit) for name, unit in (("a", "text"), ("b", "money"))
    )
    exhibits = {
        bad_name: (Exhibit(name="e", title=name_verbatim(bad_name), fields=fields, frame=frame),)
        for bad_name in HOSTILE
    }
    count = len(outline.top_findings) + len(outline.other_findings)
    book = read(render(outline=outline, exhibits=exhibits, findings=(make_finding(),) * count))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert all(isinstance(cell.value, int | float) for cell in cells if cell.data_type == "n")
    assert any(cell.value == "=cmd|' /C calc'!A0" for cell in cells)
    assert all(cell.hyperlink.target is None for cell in cells if cell.hyperlink)
    assert not any(set("\u202e\x00") & set(str(cell.value)) for cell in cells)


def test_a_cell_too_long_for_excel_is_cut_and_days_before_1900_are_text():
    frame = pd.DataFrame({"a": ["😀" * 40_000], "b": [date(1899, 1, 1)]})
    fields = (Field(name="a", label=name_verbatim("a")), Field(name="b", label=name_verbatim("b"), unit="date"))
    exhibit = Exhibit(name="e", title=name_verbatim("t"), fields=fields, frame=frame)
    sheet = read(render(exhibits={CHECK: (exhibit,)}))["01 t"]
    assert len(sheet.cell(HEADER_ROW + 2, 1).value) == 16_000
    assert sheet.cell(HEADER_ROW + 2, 2).value == "1899-01-01"


def test_an_empty_exhibit_and_an_empty_run_give_a_book():
    empty = replace(make_exhibit(), frame=make_exhibit().frame.head(0))
    assert read(render(exhibits={CHECK: (empty,)}))["01 各店铺 渠道 GMV"].max_row == HEADER_ROW + 1
    outline = replace(sample_outline("en"), top_findings=(), other_findings=(), data_account=Opening())
    assert len(read(render(outline=outline, exhibits={}, sections=[], findings=())).sheetnames) == 4
