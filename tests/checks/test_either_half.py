"""A question of two halves answers the one whose data are there, and says why the other stays open."""

from dataclasses import replace

import pytest

from diagnostics.checks.examination import examine
from diagnostics.checks.example import read_example
from diagnostics.checks.shelf import load_check
from tests.checks.member_world import open_world
from tests.checks.test_examples import examine_example

# A check, what its example is left without, how the answer of the other half begins, and what is then lacking.
HALVES = [
    ("content.mix", {"posts"}, "推给客户的 2 类内容里", {"001-35", "001-37", "001-68", "001-74", "002-56"}),
    ("content.mix", {"touches"}, "近一期 20 篇内容", {"000-50", "004-20", "001-25"}),
    ("retention.prepaid", {"events"}, "1 位会员存着 200元", {"004-37"}),
    ("retention.prepaid", {"stored_value"}, "4 笔定金里 50.0% 在 60 天内成交", {"000-49"}),
    ("retention.prepaid", {"customers"}, "4 笔定金里", {"000-49"}),
    ("risk.assets", {"contacts"}, "部分客户仍在员工个人微信上", {"002-37", "002-38"}),
    ("risk.assets", {"containers", "personal_wechat_risk"}, "本期 4 位门店买家里 75.0% 绑定了导购", set()),
    ("levers.economics", {"settlements"}, "私域一年毛利 3,600元", {"001-48"}),
    (
        "levers.economics",
        {"headcount"},
        "平台费用占实付的 10.0%，最高的是抖音（10.0%）；好友在公域的复购若全部转到自有场，一年至多省 564元。",
        {"000-20", "001-67"},
    ),
    ("organisation.effort", {"staff_days"}, "11 类常做的任务里", {"000-27", "004-19", "004-32"}),
    ("organisation.effort", {"sop_list"}, "1 个账号本期发出 300 条消息", {"000-26", "002-58"}),
    ("automation.scenarios", {"events"}, "自动化的四个模块：用户准备 0/3", {"004-33", "004-34", "004-35", "004-36"}),
    (
        "automation.scenarios",
        {"automation"},
        "今天等待跟进的客户：加购未下单 30 人；其中加购未下单预计 30 天内自行消费 600元",
        {"004-28", "004-29", "004-30", "004-31", "004-48"},
    ),
    (
        "automation.tags",
        {"contacts"},
        "线索由 1 人跟进 12 次，添加 5 位客户。",
        {"000-12", "001-18", "002-22", "001-82", "000-47"},
    ),
    ("automation.tags", {"touches"}, "400 人中 100.0% 至少有一个标签", {"000-47"}),
    ("automation.tags", {"lead_periods"}, "400 人中 100.0% 至少有一个标签", {"002-40"}),
    (
        "membership.club",
        {"contacts"},
        "2 个渠道写了会员规则，发现 2 处不一致",
        {"001-61", "002-25", "002-26", "002-47", "002-49"},
    ),
    (
        "membership.club",
        {"member_system"},
        "私域里的买家有 66.7% 是高价值客户",
        {"000-10", "000-17", "002-07", "002-24"},
    ),
    ("research.market", {"past_attempts"}, "五块调研里 3 块有依据", {"002-57"}),
    ("research.market", {"competitors"}, "写明 3 次尝试，2 次写了原因", {"003-13"}),
]


def examine_without(name, left_out):
    """The section on an example whose tables and answers of these names are taken out."""
    example = load_check(name).example
    tables = {table: rows for table, rows in example.tables.items() if table not in left_out}
    answers = {key: answer for key, answer in example.brief.answers.items() if key not in left_out}
    return examine_example(name, replace(example, tables=tables, brief=replace(example.brief, answers=answers))).section


@pytest.mark.parametrize(("name", "left_out", "begins", "lacking"), HALVES)
def test_either_half_is_answered_without_the_other(name, left_out, begins, lacking):
    section = examine_without(name, left_out)
    assert section.answer.zh.startswith(begins)
    assert examine_example(name).section.answer.zh != section.answer.zh
    assert set(section.lacking) == lacking
    assert set(section.lacking.values()) <= set(section.caveats)


@pytest.mark.parametrize("name", sorted({name for name, *_ in HALVES}))
def test_without_both_halves_the_reason_and_what_would_mend_it_are_told(name):
    section = examine_without(name, set().union(*(left_out for one, left_out, *_ in HALVES if one == name)))
    assert section.status == "not_computable"
    assert section.reason.en
    assert section.unlocked_by.en


ORDERS = "customer ordered_at paid_amount\nc1 2024-01-01 9\nc1 2024-02-29 9"


@pytest.mark.parametrize(("has_orders", "reason"), [(False, "对不上订单里的客户"), (True, "没有买家够数的人群")])
def test_tags_are_counted_where_no_audience_can_be_told_among_buyers(has_orders, reason):
    check = load_check("automation.tags")
    example = replace(check.example, tables={"contacts": check.example.tables["contacts"], "order_lines": ORDERS})
    opened = open_world(read_example(example), example.brief)
    left = {name: table for name, table in opened.by_name.items() if has_orders or name != "order_lines"}
    section = examine("automation.tags", check, replace(opened, by_name=left), languages=()).section
    assert section.status == "computed"
    assert section.answer.zh.startswith("400 人中 100.0% 至少有一个标签")
    assert [finding.scope for finding in section.findings] == [{"tag": "肤质"}]
    assert reason in section.lacking["001-82"].zh
