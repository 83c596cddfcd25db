"""Cards of campaigns and the way of those reached are told without each other."""

from dataclasses import replace

import numpy as np
import pytest

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


def test_a_campaign_in_the_first_months_has_no_newcomers_and_is_left_out_of_the_sentence():
    # The same 40 customers every month; "later" also brings 10 new ones.
    months = [f"{year}-{month:02d}" for year in (2023, 2024) for month in range(1, 13)]
    orders = [f"tmall c{i} {month}-10 100" for month in months for i in range(40)]
    orders += [f"tmall n{i} 2024-01-10 100" for i in range(10)]
    examined = examine_with(
        order_lines="\n".join(["channel customer ordered_at paid_amount", *orders, "tmall - 2024-12-31 10"]),
        campaigns="campaign channel starts_on ends_on cost\n"
        "open-discount tmall 2023-01-10 2023-01-20 10\nlater-discount tmall 2024-01-05 2024-01-20 10",
        touches="",
        events="",
    )
    cards, mechanics = (exhibit.frame for exhibit in examined.exhibits)
    shares = dict(zip(cards.campaign, cards.new_share, strict=True))
    assert shares["later-discount"] == pytest.approx(10 / 50)
    assert np.isnan(shares["open-discount"])
    assert mechanics.new_share.tolist() == pytest.approx([10 / 50])
    assert "“later-discount” had the largest share of newcomers, 20.0%" in examined.section.answer.en


def test_a_shop_with_campaigns_in_its_first_months_only_names_no_newcomers():
    examined = examine_with(
        order_lines=TABLES["order_lines"].replace("2024-03-01", "2024-04-01"),
        touches="",
        events="",
        campaigns="campaign channel starts_on ends_on cost\n会员日 youzan 2024-04-08 2024-04-15 400",
    )
    assert "新客占比" not in examined.section.answer.zh
    assert examined.figures


def test_a_campaign_too_long_for_a_card_still_tells_how_far_those_reached_came():
    examined = examine_with(campaigns=TABLES["campaigns"].replace("2024-05-15", "2024-07-01"))
    assert examined.section.answer.zh.startswith("有触达记录的 1 场共触达 40 人次客户，响应 50.0%")
    assert set(examined.section.lacking) == {"001-20", "000-11"}
    assert examined.figures
