from datetime import date
from itertools import product

import numpy as np
import pandas as pd
import pytest

from diagnostics.checks.examination import examine
from diagnostics.checks.organisation._role_cards import CARDS
from diagnostics.checks.shelf import load_check
from diagnostics.generator.qingyan import sheet_answers
from diagnostics.model.brief import Brief
from diagnostics.statistics.fit import Graded, decide, judge_share
from tests.checks.member_world import ask, invent_world, open_world

ASKING = {
    "goals.pace": "goals",
    "resources.matrix": "resources",
    "organisation.roles": "headcount",
}
LIMITS = {"fit_from": 0.6, "conditional_from": 0.4}
SMALL = {"customers": 1500}


@pytest.fixture(scope="module")
def world():
    return invent_world(1, customers=400)


@pytest.mark.parametrize("name", ASKING)
def test_a_check_names_the_answer_that_it_lacks(world, name):
    examined = examine(name, load_check(name), open_world(world))
    assert examined.section.status == "not_computable"
    assert "需求表" in examined.section.reason.zh
    assert examined.section.unlocked_by.en


@pytest.mark.parametrize("name", [name for name in ASKING if name != "goals.pace"])
def test_what_the_sheet_alone_answers_is_marked_as_judged(world, name):
    brief = Brief(answers=sheet_answers(healthy=True, **SMALL))
    assert examine(name, load_check(name), open_world(world, brief)).section.status == "judged"


@pytest.mark.parametrize("name", [*ASKING, "fit.factors", "fit.goods_mode"])
def test_the_healthy_client_is_told_of_nothing_from_its_sheet(world, name):
    brief = Brief(answers=sheet_answers(healthy=True, **SMALL))
    found = ask(name, open_world(world, brief))[1]
    # A goal's target belongs to the orders of its own client.
    assert {finding.code for finding in found if finding.severity != "info"} <= {"goal.gap"}


def test_the_troubled_client_has_an_idle_key_resource_and_a_role_without_indicators(world):
    tables = open_world(world, Brief(answers=sheet_answers(healthy=False, **SMALL)))
    assert [finding.code for finding in ask("resources.matrix", tables)[1]] == ["resource.idle_key_resource"]
    assert [finding.scope for finding in ask("organisation.roles", tables)[1]] == [{"role": "data"}]


def test_without_items_in_the_orders_the_supply_alone_is_left_open(world):
    section = examine(
        "resources.matrix",
        load_check("resources.matrix"),
        open_world(world, Brief(answers=sheet_answers(healthy=True, **SMALL))),
    ).section
    assert list(section.lacking) == ["004-47"]
    assert "在售" not in section.answer.zh
    assert "方生态里" in section.answer.zh


REWARDS = ({"type": "per_add", "cost": 2400.0}, {"type": "ranking", "cost": 1000.0})


@pytest.mark.parametrize(
    ("stated", "contacts", "said", "wanted"),
    [
        (REWARDS, {}, "3,880元。", "企业微信客户列表"),
        (
            REWARDS,
            {"contact": ["a"], "added_at": [pd.Timestamp("2024-06-01")]},
            "每位新增好友奖励约",
            "企业微信客户列表",
        ),
        (
            ({"type": "commission", "cost": 500.0},),
            {"contact": ["a"], "staff": ["s"], "added_at": [pd.Timestamp("2024-06-01")]},
            "1 项激励一年 500元",
            "补上这几类的年费用",
        ),
    ],
)
def test_incentives_that_nothing_settles_still_have_their_cost(world, stated, contacts, said, wanted):
    frames = world | ({"contacts": pd.DataFrame(contacts)} if contacts else {})
    tables = open_world(frames, Brief(answers={"incentives": stated}))
    section = examine("organisation.incentives", load_check("organisation.incentives"), tables).section
    assert said in section.answer.zh
    assert section.judged == ("000-23", "000-43")
    assert list(section.lacking) == ["000-32", "000-56"]
    assert wanted in section.lacking["000-32"].zh


@pytest.mark.parametrize(
    ("start", "said"),
    [
        (date(2024, 9, 1), "处于启动期（启动 4 个月），该期 5 项主指标里 0 项"),
        (date(2023, 6, 1), "处于成长期（启动 19 个月），该期 6 项主指标里 0 项"),
        (date(2022, 1, 1), "处于成熟期（启动 36 个月），该期 7 项主指标里 1 项已在考核；人力一年 12.0万元"),
    ],
)
def test_what_to_assess_goes_by_the_age_of_the_private_domain(world, start, said):
    answers = {
        "pd_start_date": start,
        "gross_margin": 0.5,
        "headcount": ({"role": "manager", "fte": 1.0, "monthly_cost": 10000.0},),
        "current_kpis": ({"role": "私域负责人", "kpi": "复购率", "weight": 1.0},),
    }
    tables = open_world(world, Brief(answers=answers))
    answer = examine("organisation.roles", load_check("organisation.roles"), tables).section.answer
    assert said in answer.zh
    assert "至少要带来 24.0万元 的 GMV 才够本" in answer.zh


def test_without_its_start_the_stage_alone_is_left_open(world):
    tables = open_world(world, Brief(answers={"headcount": ({"role": "manager", "fte": 1.0},)}))
    section = examine("organisation.roles", load_check("organisation.roles"), tables).section
    assert section.status == "judged"
    assert list(section.lacking) == ["002-44"]
    assert "主指标" not in section.answer.zh


LOOP_HALVES = {
    "containers": ("私域资产放在", "社群清单", {"002-23", "002-53"}, ["loop", "containers", "tools"]),
    "groups_list": (
        "个群分布在",
        "填私域容器",
        {"000-25", "001-30", "001-31", "001-57", "001-77", "002-30", "004-02"},
        ["channels"],
    ),
}


@pytest.mark.parametrize("stated", LOOP_HALVES)
def test_containers_and_groups_are_told_without_each_other(world, stated):
    answers = {stated: sheet_answers(healthy=True, **SMALL)[stated]}
    examined = examine("venue.loop", load_check("venue.loop"), open_world(world, Brief(answers=answers)))
    said, wanted, lacking, shown = LOOP_HALVES[stated]
    assert examined.section.status == "judged"
    assert examined.section.answer.zh.count("。") == (2 if stated == "containers" else 1)
    assert said in examined.section.answer.zh
    assert set(examined.section.lacking) == lacking
    assert all(wanted in reason.zh for reason in examined.section.lacking.values())
    assert [exhibit.name for exhibit in examined.exhibits] == shown


def test_without_containers_and_groups_the_loop_names_both_answers(world):
    section = examine("venue.loop", load_check("venue.loop"), open_world(world)).section
    assert section.status == "not_computable"
    assert "社群清单" in section.unlocked_by.zh
    assert "私域容器" in section.unlocked_by.zh


def test_weights_on_every_role_card_sum_to_one():
    assert all(sum(weight for _, weight in card.indicators) == pytest.approx(1) for card in CARDS.values())


@pytest.mark.parametrize("grades", list(product((0, 2, 4), (1, 3), (None, 2)))[:8])
def test_flips_agree_with_trying_every_change(grades):
    factors = tuple(
        Graded(id=name, weight=weight, grade=grade)
        for name, weight, grade in zip("abc", (2, 1, 1), grades, strict=True)
    )
    found = decide(factors, LIMITS)

    def share(kept):
        known = [(one.weight, grade) for one, grade in zip(factors, kept, strict=True) if grade is not None]
        return sum(weight * grade for weight, grade in known) / (4 * sum(weight for weight, _ in known))

    verdict = judge_share(share(grades), LIMITS)
    assert found.verdict == verdict
    near, far = set(), set()
    for place, grade in enumerate(grades):
        for other in range(5) if grade is not None else ():
            if judge_share(share((*grades[:place], other, *grades[place + 1 :])), LIMITS) != verdict:
                far.add("abc"[place])
                if abs(other - grade) == 1:
                    near.add("abc"[place])
    assert (set(found.flips), set(found.could_flip)) == (near, far)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_goal_at_the_level_of_a_steady_business_is_no_gap(seed):
    frames = steady(seed)
    value = frames["order_lines"].paid_amount[frames["order_lines"].ordered_at >= "2024-01-01"].sum()
    brief = goals({"metric": "gmv", "target": float(value)}, {"metric": "opb", "target": 2.0})
    assert ask("goals.pace", open_world(frames, brief))[1] == ()


def test_goals_that_no_order_measures_are_still_put_to_the_tests(world):
    brief = Brief(answers={"goals": ({"metric": "add_rate", "baseline": 0.1, "target": 0.2},)})
    section = examine("goals.pace", load_check("goals.pace"), open_world(world, brief)).section
    assert "缺得最多的是负责岗位；0 个" in section.answer.zh
    assert [finding.code for finding in section.findings] == ["goal.not_measurable"]
    assert section.judged == ("000-30", "002-41")
    assert list(section.lacking) == ["003-12", "000-31"]
    assert section.caveats == tuple(dict.fromkeys(section.lacking.values()))


def test_a_goal_far_above_the_pace_is_a_gap_with_its_base():
    frames = steady(4)
    value = float(frames["order_lines"].paid_amount[frames["order_lines"].ordered_at >= "2024-01-01"].sum())
    measured, (finding,) = ask("goals.pace", open_world(frames, goals({"metric": "gmv", "target": 1.5 * value})))
    assert finding.code == "goal.gap"
    assert finding.scope == {"goal": "gmv"}
    (tracked,) = measured.tracked
    assert tracked.pace.now == pytest.approx(value, rel=0.01)
    assert tracked.pace.low < tracked.pace.then < tracked.pace.high < tracked.target


def goals(*rows):
    stated = {"baseline": 1.0, "deadline": date(2026, 1, 1), "owner_role": "x"}
    return Brief(answers={"goals": tuple(stated | row for row in rows)})


def steady(seed, customers=3000):
    """About two orders a customer and year, at one level in both years."""
    rng = np.random.default_rng(seed)
    names = [f"{number:016x}" for number in rng.integers(0, 2**60, customers)]
    days = [
        (name, year, day) for name in names for year in (2023, 2024) for day in rng.integers(0, 365, rng.poisson(1.6))
    ]
    who, years, places = zip(*days, strict=True)
    ordered = pd.to_datetime([f"{year}-01-01" for year in years]) + pd.to_timedelta(places, unit="D")
    edges = pd.DataFrame({"customer": [names[0]] * 2, "ordered_at": pd.to_datetime(["2023-01-01", "2024-12-31"])})
    lines = pd.concat([pd.DataFrame({"customer": who, "ordered_at": ordered}), edges], ignore_index=True)
    paid = np.round(100 * rng.lognormal(0, 0.4, len(lines)), 2)
    numbers = np.arange(len(lines))
    fixed = {"channel": "youzan", "quantity": 1, "refund_amount": 0, "is_return": False}
    return {"order_lines": lines.assign(line_id=numbers, order_id=numbers, paid_amount=paid, **fixed)}
