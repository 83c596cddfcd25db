import zipfile
from dataclasses import replace
from io import BytesIO
from itertools import cycle

import openpyxl
import pytest
from hostile import HOSTILE, change_texts
from pptx import Presentation
from pptx.util import Pt
from session_sample import LEVERS, STAMP, build

from diagnostics.report.session_slides import render_slides
from diagnostics.report.slide_fit import LINE, count_lines, fit_table, fit_text


def list_points(pack):
    return [point for part in pack.parts for point in part.points]


# What chooses a chart's shape and the format of its numbers is no client's text.
SHAPES = frozenset(["", "bar", "stacked", "line", *(point.chart.code for point in list_points(build()) if point.chart)])


def read(pack):
    return Presentation(BytesIO(render_slides(pack, stamp=STAMP)))


def list_shapes(deck):
    return [shape for slide in deck.slides for shape in slide.shapes]


def tell(deck):
    """Every text of the slides, cells and notes included."""
    texts = [shape.text_frame.text for shape in list_shapes(deck) if shape.has_text_frame]
    tables = [shape.table for shape in list_shapes(deck) if shape.has_table]
    cells = [cell.text for table in tables for row in table.rows for cell in row.cells]
    notes = [slide.notes_slide.notes_text_frame.text for slide in deck.slides if slide.has_notes_slide]
    return "\n".join([*texts, *cells, *notes])


def read_book(chart):
    return openpyxl.load_workbook(BytesIO(chart.part.chart_workbook.xlsx_part.blob))["Sheet1"]


@pytest.fixture(scope="module")
def deck():
    return read(build("zh"))


def test_slides_are_sixteen_by_nine_each_with_a_title_and_its_number(deck):
    assert deck.slide_width * 9 == deck.slide_height * 16
    for place, slide in enumerate(deck.slides, start=1):
        assert slide.shapes.title.text_frame.text
        fields = [node for node in slide.element.iter() if node.get("type") == "slidenum"]
        assert [field.find(".//{*}t").text for field in fields] == ([str(place)] if place > 1 else [])


def test_tables_and_charts_are_native_and_can_be_edited(deck):
    charts = [shape.chart for shape in list_shapes(deck) if shape.has_chart]
    bridge = next(chart for chart in charts if "Bridge" in chart.chart_title.text_frame.text)
    assert tuple(bridge.plots[0].series[0].values) == tuple(value / 1e4 for value in LEVERS.values())
    assert sum(shape.has_table for shape in list_shapes(deck)) > 3
    assert not any(shape.shape_type == 13 for shape in list_shapes(deck))


def test_a_chart_keeps_its_numbers_in_a_workbook_without_formulas(deck):
    charts = [shape.chart for shape in list_shapes(deck) if shape.has_chart]
    sheet = read_book(next(chart for chart in charts if "Bridge" in chart.chart_title.text_frame.text))
    rows = list(sheet.iter_rows(min_row=2))
    assert [row[0].value for row in rows] == [name[:17] + "…" if len(name) > 18 else name for name in LEVERS]
    assert [row[1].value for row in rows] == [pytest.approx(value / 1e4) for value in LEVERS.values()]
    assert all(cell.data_type != "f" for row in rows for cell in row)


def test_every_point_is_on_a_slide_with_its_question_and_evidence_in_the_notes(deck):
    pack, slides = build("zh"), list(deck.slides)[2:]
    for point, slide in zip(list_points(pack), slides, strict=False):
        assert slide.shapes.title.text_frame.text == point.title
        assert any(point.ask in shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        notes = slide.notes_slide.notes_text_frame.text
        assert all(line[:20] in notes for line in point.notes)


def test_the_decision_log_has_every_decision_and_blanks_to_fill_in(deck):
    log = next(shape.table for shape in list_shapes(deck) if shape.has_table and len(shape.table.columns) == 9)
    rows = [[cell.text for cell in row.cells] for row in log.rows]
    assert rows[0][-3:] == ["决定（开始 / 不做）", "日期", "待解问题"]
    assert [row[0][:2] for row in rows[1:]] == ["#1", "#2"]
    assert all(row[-3:] == ["", "", ""] for row in rows[1:])


def test_many_decisions_go_over_several_slides():
    pack = build("zh")
    many = read(replace(pack, decisions=pack.decisions * 20))
    logs = [shape.table for shape in list_shapes(many) if shape.has_table and len(shape.table.columns) == 9]
    assert len(logs) > 2
    assert sum(len(table.rows) - 1 for table in logs) == 40


def test_chinese_has_a_typeface_by_name(deck):
    theme = deck.slide_master.part.part_related_by(
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/theme"
    ).blob.decode()
    assert theme.count('<a:ea typeface="Microsoft YaHei"') == 2


def test_nothing_lies_outside_its_slide(deck):
    for shape in list_shapes(deck):
        assert shape.left >= 0
        assert shape.top >= 0
        assert shape.left + shape.width <= deck.slide_width
        bottom = sum(row.height for row in shape.table.rows) if shape.has_table else shape.height
        assert shape.top + bottom <= deck.slide_height + Pt(1)


def test_hostile_text_in_every_place_is_only_text():
    bad = cycle(HOSTILE)
    hostile = read(change_texts(build("en"), lambda text: text if text in SHAPES else f"{next(bad)} {text}"))
    said = tell(hostile)
    assert "<script>alert(1)</script>" in said
    assert not {"\x00", "\x07", "\u202e", "\ud800"} & set(said)
    links = [node for slide in hostile.slides for node in slide.element.iter() if "hlink" in str(node.tag)]
    assert links == []
    for shape in list_shapes(hostile):
        if shape.has_chart:
            cells = [cell for row in read_book(shape.chart).iter_rows() for cell in row]
            assert all(cell.data_type != "f" and cell.hyperlink is None for cell in cells)
        if shape.has_table:
            assert shape.top + sum(row.height for row in shape.table.rows) <= hostile.slide_height


def test_a_run_in_which_nothing_was_examined_still_makes_slides():
    assert len(read(build("en", is_empty=True)).slides) > 6


def test_the_same_session_gives_the_same_bytes():
    first, again = (render_slides(build("en"), stamp=STAMP) for _ in range(2))
    assert first == again
    with zipfile.ZipFile(BytesIO(first)) as packed:
        assert {entry.date_time[0] for entry in packed.infolist()} == {1980}
    assert Presentation(BytesIO(first)).core_properties.created == STAMP.replace(tzinfo=None)


def test_text_takes_the_largest_letters_that_fit_and_is_cut_when_none_do():
    assert fit_text(["私域"], 100, 40, (20, 10)) == (20, ["私域"])
    size, (cut,) = fit_text(["长" * 300], 100, 40, (20, 10))
    assert size == 10
    assert cut.endswith("…")
    assert count_lines(cut, 100 / 10) * 10 * LINE <= 40


def test_a_table_keeps_the_rows_that_fit():
    fit = fit_table(["a"], [["长" * 300]] * 50, width=300, height=200, sizes=(12, 10))
    assert 1 < len(fit.rows) < 50
    assert sum(fit.heights) <= 200
