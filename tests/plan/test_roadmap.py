from diagnostics.model.wording import Text
from diagnostics.plan.ranking import rank_findings
from diagnostics.plan.roadmap import PHASES, draw_roadmap, plan_steps
from tests.plan.findings import make_finding

GMV = 1_000_000


def plan(*findings):
    return plan_steps(rank_findings(findings, GMV))


def test_data_comes_first_although_it_has_no_money():
    steps = plan(make_finding(mid=90_000), make_finding(code="data.date_gap", severity="low"))
    assert [step.finding.code for step in steps] == ["data.date_gap", "lever.users_drop"]
    assert {step.phase for step in steps} == {0}


def test_quick_proofs_come_before_slow_ones_unless_the_money_is_largest():
    steps = plan(
        make_finding(code="retention.cohort_decay", mid=90_000, days=90),
        make_finding(code="lever.refund_surge", mid=80_000, days=90),
        make_finding(code="people.low_reach", mid=70_000, days=90),
        make_finding(code="lever.basket_drop", mid=60_000, days=60),
        make_finding(code="service.slow_reply", mid=10_000, days=30),
    )
    assert {step.finding.code: step.phase for step in steps} == {
        "retention.cohort_decay": 0,
        "lever.refund_surge": 0,
        "people.low_reach": 2,
        "lever.basket_drop": 1,
        "service.slow_reply": 0,
    }
    assert [step.phase for step in steps] == [0, 0, 0, 1, 2]


def test_troubles_of_one_kind_share_a_row():
    steps = plan(*(make_finding(code="community.dead_groups", mid=money, group=str(money)) for money in (5, 9, 7)))
    (step,) = steps
    assert (step.finding.scope, step.more) == ({"group": "9"}, 2)


def test_a_full_phase_passes_on_to_the_next_and_twelve_are_enough():
    steps = plan(*(make_finding(code=f"lever.kind{number:02}", mid=1000 - number, days=30) for number in range(20)))
    assert [step.phase for step in steps] == [0] * 4 + [1] * 4 + [2] * 4


def test_what_is_for_information_only_is_no_action():
    assert plan(make_finding(code="goods.vote_miscalibrated", severity="info")) == ()


def test_a_row_says_who_what_how_much_and_when_to_stop():
    ranked = rank_findings([make_finding(mid=20_000), make_finding(code="data.date_gap", severity="low")], GMV)
    exhibit = draw_roadmap(ranked, "CNY", {"gmv": Text(zh="成交金额", en="GMV")})
    data, lever = exhibit.frame.to_dict("records")
    assert lever["phase"] == PHASES[0]
    assert lever["finding"].en == "#1"
    assert lever["gain"].en == "CNY 10.0k to CNY 40.0k"
    assert lever["watch"].zh == "成交金额上升，30 天内见效"
    assert lever["owner"].en == "Private-domain lead"
    assert data["gain"] is None
    assert "must not be added up" in exhibit.note.en


def test_nothing_found_gives_an_empty_roadmap():
    assert draw_roadmap([], "CNY").frame.empty
