"""Cards of campaigns and the way of those reached are told without each other."""

from dataclasses import replace

from diagnostics.checks.shelf import load_check
from tests.checks.test_examples import examine_example

NAME = "campaigns.cards"
TABLES = load_check(NAME).example.tables


def examine_with(**tables):
    kept = {name: rows for name, rows in {**TABLES, **tables}.items() if rows}
    return examine_example(NAME, replace(load_check(NAME).example, tables=kept))


def test_without_touches_only_the_cards_are_told():
    examined = examine_with(touches="")
    assert examined.section.answer.zh.endswith("新客占比最高的是「会员日」25.0%。")
    assert set(examined.section.lacking) == {"002-39", "004-38"}
    assert [exhibit.name for exhibit in examined.exhibits] == ["cards", "mechanics"]


def test_touches_that_name_no_campaign_of_the_calendar_are_said_not_to_match():
    examined = examine_with(touches=TABLES["touches"].replace("会员日", "别的活动"))
    assert "names in the log" in examined.section.lacking["002-39"].en


def test_a_campaign_too_long_for_a_card_still_tells_how_far_those_reached_came():
    examined = examine_with(campaigns=TABLES["campaigns"].replace("2024-05-15", "2024-07-01"))
    assert examined.section.answer.zh.startswith("有触达记录的 1 场共触达 40 人次客户，响应 50.0%")
    assert set(examined.section.lacking) == {"001-20", "000-11"}
    assert examined.figures
