import csv

import pytest

from diagnostics.plan.constraints import read_constraint_rules, understand
from diagnostics.plan.roadmap import draw_roadmap, plan_roadmap
from diagnostics.plan.roadmap_section import tell_roadmap
from tests.plan.findings import make_finding
from tests.plan.plans import CODES, make_gates, make_material, read_data

RULES = read_constraint_rules(csv.DictReader(read_data("plan_constraints.csv").splitlines()))


def draw(*findings, constraints, **parts):
    answers = {"constraints": constraints, "budget": 4_000_000.0}
    material = make_material(*findings, answers=answers, constraint_rules=RULES, **parts)
    return plan_roadmap(material), material


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("今年不加人", ["no_new_staff"]),
        ("不再招人", ["no_new_staff"]),
        ("No new staff this year", ["no_new_staff"]),
        ("不得低于天猫价格", ["price_floor"]),
        ("never below the Tmall price", ["price_floor"]),
        ("不追加预算", ["no_extra_money"]),
        ("不发短信，不打电话", ["no_sms", "no_calls"]),
        ("今年不做裂变", ["no_referral"]),
        ("双11前不换系统", ["no_new_system"]),
        ("不做直播", ["no_live"]),
        ("复购率不低于 20%", []),
        ("价格体系由总部定", []),
        ("所有对外文案要法务先看", []),
    ],
)
def test_a_line_is_understood_by_its_rules_only(line, names):
    (constraint,) = understand([line], RULES)
    assert [rule.id for rule in constraint.rules] == names


def test_rules_name_codes_that_there_are():
    named = [code for rule in RULES for code in rule.codes]
    assert [code for code in named if not any(one == code or one.startswith(code) for one in CODES)] == []
    assert all(rule.codes for rule in RULES if rule.effect in {"bar", "condition"})


def test_a_forbidden_kind_of_action_is_not_done_because_of_the_client():
    referral = make_finding(code="fission.low_k", severity="medium")
    roadmap, _ = draw(referral, constraints=("今年不做裂变",), exhibits=make_gates("open", "open"))
    assert roadmap.chosen == ()
    (left,) = roadmap.left
    assert left.reason.zh == "客户的限制：今年不做裂变"


def test_a_price_floor_becomes_what_must_be_true_first():
    finding = make_finding(code="retention.one_time_buyers", mid=90_000)
    roadmap, material = draw(finding, constraints=("不得低于天猫价格",))
    (first,) = draw_roadmap(roadmap, material).frame["first"]
    assert first.en == "benefits as gifts, service or points, never below the price floor"


def test_without_further_money_only_what_costs_none_is_done():
    costly = make_finding(code="retention.one_time_buyers", mid=90_000)
    free = make_finding(code="lever.refund_surge", mid=9_000)
    roadmap, _ = draw(costly, free, constraints=("不追加预算",))
    assert [one.candidate.code for one in roadmap.chosen] == ["lever.refund_surge"]


def test_a_constraint_that_no_rule_understands_is_handed_to_a_person():
    roadmap, material = draw(make_finding(mid=9_000), constraints=("今年不加人", "文案要法务先看"))
    section = tell_roadmap(roadmap, material)
    (table,) = [exhibit for exhibit in section.exhibits if exhibit.name == "constraints"]
    assert [text.zh for text in table.frame["kept"]] == [
        "方案只用需求表写的人力，不靠加人",
        "没有规则能判断，请逐项核对路线图",
    ]
