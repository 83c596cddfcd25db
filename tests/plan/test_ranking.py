from dataclasses import replace

import pytest

from diagnostics.plan.ranking import expect_money, grade_severity, rank_findings, shares_money
from tests.plan.findings import make_finding

GMV = 1_000_000


@pytest.mark.parametrize(
    ("mid", "confidence", "severity"),
    [
        (15_000, 0.7, "high"),
        (15_000, 0.69, "medium"),
        (14_999, 0.95, "medium"),
        (4_000, 0.5, "medium"),
        (3_999, 0.95, "low"),
        (90_000, 0.4, "low"),
    ],
)
def test_severity_comes_from_money_and_confidence(mid, confidence, severity):
    assert grade_severity(make_finding(mid=mid, confidence=confidence), GMV) == severity


def test_without_known_gmv_nothing_is_high():
    assert grade_severity(make_finding(mid=1e9, confidence=0.9), 0) == "low"


def test_a_finding_without_money_is_never_high():
    assert grade_severity(make_finding(severity="high"), GMV) == "medium"
    assert grade_severity(make_finding(severity="info"), GMV) == "info"


def test_expected_money_decides_the_order_and_the_moneyless_follow_by_severity():
    unsure = make_finding(code="lever.mix_shift", mid=30_000, confidence=0.5)
    sure = make_finding(code="lever.users_drop", mid=20_000, confidence=0.9)
    asked = make_finding(code="data.date_gap", severity="medium")
    noted = make_finding(code="data.missing_export", severity="info")
    ranked = rank_findings([noted, unsure, asked, sure], GMV)
    assert [finding.code for finding in ranked] == [sure.code, unsure.code, asked.code, noted.code]
    assert [finding.rank for finding in ranked] == [1, 2, 3, 4]
    assert [expect_money(finding) for finding in ranked] == [18_000, 15_000, 0, 0]


def test_the_surest_of_the_moneyless_comes_first():
    doubted = make_finding(code="goods.missing_role", severity="low", confidence=0.6)
    clear = make_finding(code="service.slow_reply", severity="low", confidence=0.9)
    assert [finding.code for finding in rank_findings([doubted, clear], GMV)] == [clear.code, doubted.code]


LEVERS = {"goods.low_attach": "basket", "lever.basket_drop": "basket", "people.cross_sell_gap": "basket"}


def test_a_branch_of_the_tree_and_its_cause_tell_of_the_same_money():
    findings = [
        make_finding(code="goods.low_attach", mid=30_000, category="茶"),
        make_finding(code="lever.basket_drop", mid=20_000, channel="jd"),
        make_finding(code="people.cross_sell_gap", mid=10_000, channel="tmall"),
        make_finding(code="lever.basket_drop", mid=5_000, channel="tmall"),
        make_finding(code="lever.basket_drop", severity="low", channel="douyin"),
    ]
    assert [finding.same_money_as for finding in rank_findings(findings, GMV, LEVERS)] == [None, 1, None, 1, None]
    assert [finding.same_money_as for finding in rank_findings(findings, GMV)] == [None] * 5


def test_scopes_that_exclude_each_other_share_no_money():
    cause = make_finding(code="people.cross_sell_gap", mid=30_000, channel="jd")
    branch = make_finding(code="lever.basket_drop", mid=20_000, channel="tmall")
    assert not shares_money(cause, branch, LEVERS)
    assert shares_money(cause, replace(branch, scope={"channel": "jd"}), LEVERS)


def test_the_order_of_the_checks_does_not_matter():
    findings = [make_finding(mid=10_000, channel=channel) for channel in ("jd", "douyin", "tmall")]
    assert rank_findings(findings, GMV) == rank_findings(findings[::-1], GMV)


def test_nothing_found_ranks_nothing():
    assert rank_findings([], GMV) == ()
