import re
from dataclasses import replace

import pytest
from material import make_section
from session_sample import LEVERS, build, tabulate

from diagnostics.model.finding import ROLES
from diagnostics.report.session_agenda import MINUTES, Agenda
from diagnostics.report.session_choice import MINUTES_A_POINT
from diagnostics.report.session_tables import says_something
from diagnostics.workbook.case import PROJECT
from diagnostics.workbook.catalog import read_catalog
from diagnostics.workbook.session_pack import claim_session, load_agenda

CHINESE = re.compile(r"[\u3400-\u9fff]")
LANGUAGES = ("zh", "en")


def list_points(pack):
    return [point for part in pack.parts for point in part.points]


def tell(pack, name):
    return next(part for part in pack.parts if part.name == name).points


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_minutes_of_parts_and_of_points_make_two_hours(language):
    pack = build(language)
    assert sum(part.minutes for part in pack.parts) == MINUTES == sum(point.minutes for point in list_points(pack))
    assert all(sum(point.minutes for point in part.points) == part.minutes for part in pack.parts)
    ends = [part.begins + part.minutes for part in pack.parts]
    assert [part.begins for part in pack.parts] == [0, *ends[:-1]]
    assert pack.parts[-1].clock == "1:45–2:00"


def test_an_agenda_that_is_not_two_hours_long_is_refused():
    parts = load_agenda().parts
    with pytest.raises(ValueError, match="125 minutes, not 120"):
        Agenda(parts=(replace(parts[0], minutes=15), *parts[1:]), sources=())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("is_empty", [False, True])
def test_every_point_has_a_figure_a_reference_and_a_question(language, is_empty):
    for point in list_points(build(language, is_empty=is_empty)):
        assert point.figure or point.chart is not None or (point.table is not None and point.table.rows)
        assert point.title
        assert point.reference
        assert point.ask


def test_a_finding_is_told_with_its_money_its_number_and_the_row_that_it_is_about():
    first = next(point for point in tell(build("en"), "pgv") if point.rank == 1)
    assert first.figure == "CNY 3.8m (CNY 2.1m to CNY 5.6m)"
    assert first.reference == "Report: 5.1 People · finding #1"
    assert [cell.shown for cell in first.table.rows[first.marked]] == ["Tmall", "12.0%"]
    assert ROLES["member"].en in first.ask


def test_a_finding_without_money_is_told_with_its_certainty():
    point = next(point for point in tell(build("en"), "recap") if point.rank == 4)
    assert (point.figure_name, point.figure) == ("Confidence", "high (70%)")


def test_findings_of_a_kind_are_told_once_and_mere_notes_never():
    assert {point.rank for point in list_points(build())} == {None, 1, 2, 4}


def test_a_part_tells_no_more_than_its_minutes_allow():
    for part in build().parts:
        assert len(part.points) <= max(2, part.minutes // MINUTES_A_POINT)


def test_the_charts_hold_the_numbers_of_the_report_in_the_unit_that_they_name():
    (bridge,) = [point.chart for point in tell(build("zh"), "levers") if point.chart is not None]
    assert bridge.title == "Bridge（万元）"
    assert bridge.series[0].values == tuple(value / 1e4 for value in LEVERS.values())
    english = next(point.chart for point in tell(build("en"), "levers") if point.chart is not None)
    assert english.title == "Bridge (CNY k)"
    assert english.series[0].values == tuple(value / 1e3 for value in LEVERS.values())


def test_an_answer_told_in_two_parts_is_said_in_its_own_only():
    pack = build("en")
    (load,) = [point for point in tell(pack, "team") if point.title == "Load"]
    assert (load.lines, len(load.table.rows)) == ((), 1)
    assert any(point.title == "One action first." for point in tell(pack, "decisions"))


def test_what_was_not_observed_is_left_out_of_a_chart():
    base = next(point.chart for point in tell(build(), "pgv") if point.chart is not None)
    assert base.series[0].values[:2] == (None, 0.0)


def test_what_could_not_be_examined_is_told_where_nothing_else_is():
    points = [point for part in build("en", is_empty=True).parts if part.name == "pgv" for point in part.points]
    assert [(point.figure_name, point.figure) for point in points] == [("Questions not examined", "3")]
    assert len(points[0].table.rows) == 3


def test_a_table_without_any_figure_is_no_figure():
    blank = tabulate("pools", {"pool": ("text", ["Search"]), "cost": ("money", [None])})
    assert not says_something(blank)
    assert says_something(tabulate("pools", {"pool": ("text", ["Search"]), "cost": ("money", [0.0])}))
    assert says_something(tabulate("steps", {"step": ("text", ["Reception"])}))


def test_decisions_are_the_actions_of_the_roadmap_and_then_what_it_puts_off():
    start, later = build("en").decisions
    assert (start.finding, start.proposal, start.first) == ("#1", "Start: Days 1–30", "#4 carried out")
    assert start.money == "CNY 2.1m to CNY 5.6m"
    assert (later.finding, later.proposal, later.first) == ("#2", "Not now", "no hands are free")
    assert later.money == "CNY 3.8m (CNY 2.1m to CNY 5.6m)"


def test_nothing_in_english_is_chinese_but_what_the_client_wrote():
    for part in build("en").parts:
        assert not CHINESE.search(part.title + part.aim)
        assert not CHINESE.search("".join(point.title + point.ask + point.reference for point in part.points))


@pytest.mark.parametrize("name", ["session_agenda.csv", "session_points.csv"])
def test_the_agenda_is_complete_in_both_languages(name):
    for row in read_catalog(name):
        for key in (key for key in row if key.endswith("_zh")):
            assert CHINESE.search(row[key]) or row[key].isupper(), row
            assert row[key.replace("_zh", "_en")], row
            assert not CHINESE.search(row[key.replace("_zh", "_en")]), row


def test_every_source_of_the_agenda_is_a_check_or_a_part_of_the_plan():
    checks = PROJECT / "diagnostics" / "checks"
    sources = {source.source for source in load_agenda().sources} - {"conclusion"}
    strange = {name for name in sources if not (checks / f"{name.replace('.', '/')}.py").exists()}
    assert all(name.startswith("plan.") for name in strange)


def test_the_session_answers_for_its_capability_once_anything_is_computed():
    claim = claim_session([make_section("people.base"), make_section("goods.roles", "not_computable")])
    assert (claim.status, claim.capabilities) == ("computed", ("003-16",))
    assert claim_session([]).status == "not_computable"
