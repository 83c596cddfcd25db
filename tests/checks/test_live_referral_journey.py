"""Checks of live selling, referral, journey and automation survive thin data and leave healthy clients alone."""

import numpy as np
import pandas as pd
import pytest

from diagnostics.checks.examination import examine
from diagnostics.checks.example import read_example
from diagnostics.checks.shelf import list_checks, load_check
from diagnostics.model.brief import Brief
from diagnostics.model.tables import Tables
from diagnostics.model.wording import name_verbatim
from diagnostics.plan.ranking import grade_severity
from diagnostics.workbook.engagement import fix_engagement
from diagnostics.workbook.engine import connect, fetch, find_available, make_sharer, open_frames

WINGS = ("live", "referral", "journey", "automation")
NAMES = [name for wing in WINGS for name in list_checks(wing)]
SHEET = Brief(
    answers={
        "gross_margin": 0.6,
        "journey_steps": (
            {"phase": "pre", "step": "看直播", "touchpoint": "抖音", "owner": "直播", "next_step": "加企微"},
            {"phase": "in", "step": "下单", "touchpoint": "小程序", "owner": "商城", "next_step": "收货"},
        ),
        "tag_dictionary": ({"tag": "来源", "dimension": "channel"}, {"tag": "肤质", "dimension": "preference"}),
    }
)


def open_client(frames, brief=SHEET):
    engine = connect()
    tables = open_frames(engine, frames)
    engagement = fix_engagement(tables, client="invented", title=name_verbatim("Invented"), currency="CNY", brief=brief)
    return Tables(
        by_name=tables,
        available=find_available(tables),
        engagement=engagement,
        fetch=fetch,
        share=make_sharer(engine),
    )


def invent_healthy(seed):
    """A year of a client: viewers who return, referrals that pay, carts that are followed up, tags that are set."""
    rng = np.random.default_rng(seed)
    start = pd.Timestamp("2024-01-01")
    people = [f"{number:032x}" for number in rng.integers(0, 2**60, 500)]
    lines = [
        {"customer": who, "ordered_at": start + pd.Timedelta(days=float(day)), "paid_amount": round(float(money), 2)}
        for who in people
        for day, money in zip(np.cumsum(rng.exponential(60, 6)), rng.lognormal(4.5, 0.5, 6), strict=True)
        if day < 365
    ]
    lines += [
        {"customer": people[0], "ordered_at": start, "paid_amount": 50},
        {"customer": people[1], "ordered_at": start + pd.Timedelta(days=364), "paid_amount": 50},
    ]
    loyal = people[:120]
    viewers, touches, events = [], [], []
    for week in range(50):
        day = start + pd.Timedelta(days=7 * week)
        there = [who for who in loyal if rng.random() < 0.25]
        there += list(rng.choice(people[120:], rng.integers(40, 90), replace=False))
        viewers += [{"channel": "wecom", "session": "L", "day": day.date(), "customer": who} for who in there]
        written = rng.choice(people, 300, replace=False)
        touches += [{"customer": who, "touched_at": day + pd.Timedelta(hours=20)} for who in written]
        carted = rng.choice(people, 60, replace=False)
        for place, who in enumerate(carted):
            channel = "miniprogram" if place % 2 else "youzan"
            events.append({"customer": who, "happened_at": day, "kind": "加购", "channel": channel})
            if rng.random() < 0.3:
                ordered = day + pd.Timedelta(days=int(rng.integers(0, 9)), hours=12)
                lines.append({"customer": who, "ordered_at": ordered, "paid_amount": 90})
    contacts = [
        {
            "contact": f"k{place}",
            "customer": who,
            "added_at": start + pd.Timedelta(days=int(rng.integers(0, 200))),
            "source": "裂变_A" if place % 5 == 0 else "store",
            "tags": "来源:门店,肤质:干皮" if rng.random() < 0.6 else "来源:门店",
        }
        for place, who in enumerate(people)
    ]
    referrals = [
        {
            "campaign": campaign,
            "referrer": people[place],
            "completed": bool(brought),
            "day": (start + pd.Timedelta(days=from_day + place % 20)).date(),
            "joined": int(brought),
            "reward_cost": 5 * int(brought),
        }
        for campaign, from_day in (("A", 220), ("B", 300))
        for place, brought in enumerate(rng.negative_binomial(0.8, 0.8 / (0.8 + 0.9), 150))
    ]
    frames = {"order_lines": lines, "live_viewers": viewers, "events": events, "touches": touches}
    frames |= {"contacts": contacts, "referrals": referrals}
    made = {name: pd.DataFrame(rows) for name, rows in frames.items()}
    order_lines = made["order_lines"]
    made["order_lines"] = order_lines.assign(
        line_id=range(len(order_lines)),
        order_id=[f"o{number}" for number in range(len(order_lines))],
        channel="youzan",
        quantity=1,
        refund_amount=0,
        is_return=False,
    )
    return made


@pytest.mark.parametrize("seed", range(2))
def test_a_healthy_client_gets_no_finding_worth_a_word(seed):
    tables = open_client(invent_healthy(seed))
    for name in NAMES:
        examined = examine(name, load_check(name), tables)
        assert not examined.fault, examined.fault
        severities = [grade_severity(found, tables.engagement.annual_gmv) for found in examined.section.findings]
        assert not {"high", "medium"} & set(severities), (name, examined.section.findings)


def test_a_reward_without_buyers_and_carts_without_answer_are_found():
    frames = invent_healthy(7)
    frames["referrals"] = frames["referrals"].assign(reward_cost=400 * frames["referrals"].joined)
    frames["touches"] = frames["touches"].head(3)
    tables = open_client(frames)
    found = {
        (finding.code, *finding.scope.values())
        for name in ("referral.chain", "automation.scenarios")
        for finding in examine(name, load_check(name), tables).section.findings
    }
    assert ("fission.reward_above_value", "A") in found
    assert ("automation.missed_scenario", "intent_no_order") in found


THIN = {
    "a few rows": lambda frame: frame.head(7),
    "none": lambda frame: frame.head(0),
}


@pytest.mark.parametrize("cut", list(THIN))
def test_thin_tables_give_an_answer_or_a_reason(cut):
    frames = invent_healthy(5)
    thin = {name: frame if name == "order_lines" else THIN[cut](frame) for name, frame in frames.items()}
    tables = open_client(thin, Brief())
    for name in NAMES:
        examined = examine(name, load_check(name), tables)
        assert not examined.fault, (name, examined.fault)
        assert examined.section.answer or examined.section.reason


def test_one_day_of_refunds_gives_an_answer_or_a_reason():
    frames = invent_healthy(5)
    lines = frames["order_lines"].head(20)
    frames["order_lines"] = lines.assign(ordered_at="2024-05-05", refund_amount=lines.paid_amount, is_return=True)
    tables = open_client(frames, Brief())
    for name in NAMES:
        examined = examine(name, load_check(name), tables)
        assert not examined.fault, (name, examined.fault)


STEPS = (
    {"phase": "pre", "step": "看短视频", "touchpoint": "抖音", "owner": "内容", "next_step": "预约"},
    {"phase": "in", "step": "预约到店", "owner": "SOP 自动提醒", "next_step": "付款"},
    {"phase": "in", "step": "付款", "metric": "成交"},
    {"phase": "pre", "step": "加企微", "owner": "导购"},
)


def test_the_steps_of_the_sheet_alone_tell_who_owns_them_and_whether_their_order_is_right():
    lines = pd.DataFrame({"line_id": [1, 2], "ordered_at": ["2024-01-01", "2024-01-31"], "paid_amount": 10})
    tables = open_client({"order_lines": lines}, Brief(answers={"journey_steps": STEPS}))
    examined = examine("journey.breakpoints", load_check("journey.breakpoints"), tables)
    assert examined.section.answer.zh.startswith(
        "旅程共 4 步（购买前 2、购买中 2；购买后没有任何步骤；1 步排在后一阶段之后：加企微），75% 有负责人，"
        "50% 有下一步，25% 有指标，25% 自动执行。1 步有断点（缺下一步 1 处、缺负责人 1 处）；「预约到店」排在「付款」"
    )
    assert [exhibit.name for exhibit in examined.exhibits] == ["map", "opportunities"]
    assert examined.section.lacking == {}


def test_a_log_without_steps_of_the_sheet_still_tells_where_customers_are_lost():
    check = load_check("journey.breakpoints")
    examined = examine("journey.breakpoints", check, open_client(read_example(check.example), Brief()))
    assert examined.section.answer.zh == "行为数据：加购→下单 25.0%；流失明显偏高的有 1 处。"
    assert set(examined.section.lacking) == {"003-14", "004-21", "004-24"}


def test_referrals_without_the_cost_of_rewards_still_tell_whether_they_feed_themselves():
    check = load_check("referral.chain")
    frames = read_example(check.example)
    frames["referrals"] = frames["referrals"].assign(reward_cost=None)
    section = examine("referral.chain", check, open_client(frames)).section
    assert "K = 0.55" in section.answer.en
    assert set(section.lacking) == {"001-45", "001-44", "004-50"}


def test_a_few_rows_of_many_newcomers_tell_the_reward_but_not_whether_referral_feeds_itself():
    check = load_check("referral.chain")
    frames = read_example(check.example)
    few = frames["referrals"].head(2)
    frames["referrals"] = few.assign(joined=30, reward_cost=1500)
    examined = examine("referral.chain", check, open_client(frames, check.example.brief))
    assert examined.section.answer.zh.startswith("每带来一位新客花奖励 50.00元（60 位）")
    assert [found.code for found in examined.section.findings] == ["fission.reward_above_value"]
    assert set(examined.section.lacking) == {"000-34", "002-36"}
    assert set(examined.figures) == {"zh", "en"}
