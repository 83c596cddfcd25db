from datetime import date

from diagnostics.model.engagement import Engagement
from diagnostics.model.period import choose_horizon
from diagnostics.model.wording import name_verbatim
from diagnostics.plan.ranking import rank_findings
from diagnostics.plan.verdict import give_verdict
from tests.plan.findings import make_finding


def judge(*findings, gmv=1_000_000):
    engagement = Engagement(
        client="c",
        title=name_verbatim("C"),
        currency="CNY",
        horizon=choose_horizon(date(2024, 1, 1), date(2025, 12, 31)),
        gmv_basis="paid",
        annual_gmv=gmv,
    )
    return give_verdict(rank_findings(findings, gmv), engagement)


def test_the_three_largest_troubles_are_named_with_the_money_of_the_largest():
    found = judge(*(make_finding(code=f"lever.{name}", mid=money, title=name) for name, money in ITEMS.items()))
    assert found.en == (
        "On a GMV of about CNY 1.0m a year, 3 troubles matter most: (1) users; (2) refunds; (3) mix. The largest is "
        "worth CNY 45.0k to CNY 180.0k a year; the amounts overlap and must not be added up."
    )
    assert found.zh.startswith("年 GMV 约 100.0万元，最要紧的 3 个问题是：（1）users；（2）refunds；（3）mix。")


ITEMS = {"users": 90_000, "refunds": 60_000, "mix": 50_000, "basket": 40_000}


def test_one_trouble_is_told_in_the_singular():
    found = judge(make_finding(mid=90_000, title="users fall"))
    assert "one trouble matters most: users fall." in found.en
    assert "最要紧的问题是：users fall。" in found.zh


def test_a_healthy_business_has_no_serious_trouble():
    found = judge(make_finding(mid=100), make_finding(code="data.date_gap", severity="medium"))
    assert "no serious trouble was found" in found.en
    assert "没有发现严重问题" in found.zh


def test_middling_troubles_are_called_improvements():
    found = judge(make_finding(mid=5_000, title="slow replies"))
    assert "no serious trouble was found. What can be improved is mainly: slow replies." in found.en
    assert "CNY 2,500 to CNY 10.0k a year." in found.en


def test_unknown_gmv_is_said_to_be_unknown():
    assert judge(gmv=0).en.startswith("A year's GMV can't be measured")
