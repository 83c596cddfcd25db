from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnostics.plan.actions import PHASES
from diagnostics.plan.preconditions import list_predecessors
from diagnostics.plan.roadmap import plan_roadmap
from tests.plan.findings import make_finding
from tests.plan.plans import ACTIONS, CODES, make_gates, make_material

HEADCOUNT = ("manager", "acquisition", "account", "group", "content", "product", "data", "member", "service", "live")


def start(roadmap):
    return {one.candidate.code: one.phase for one in roadmap.chosen}


def plan(*findings, **parts):
    return plan_roadmap(make_material(*findings, **parts))


def test_without_findings_nothing_is_planned():
    roadmap = plan()
    assert (roadmap.chosen, roadmap.left) == ((), ())


def test_the_largest_money_starts_first():
    roadmap = plan(
        make_finding(code="lever.conversion_drop", mid=90_000),
        make_finding(code="goods.margin_erosion", mid=80_000),
        make_finding(code="people.low_reach", mid=70_000),
        make_finding(code="lever.refund_surge", mid=60_000),
        make_finding(code="live.funnel_leak", mid=50_000),
    )
    assert [one.candidate.code for one in roadmap.chosen if one.phase] == ["live.funnel_leak"]


def test_money_of_one_lever_counts_once_and_the_second_says_so():
    roadmap = plan(
        make_finding(code="retention.one_time_buyers", mid=90_000),
        make_finding(code="retention.lapse_wave", mid=80_000),
        make_finding(code="lever.conversion_drop", mid=10_000),
    )
    counted = {one.candidate.code for one in roadmap.chosen if one.is_counted}
    assert counted == {"retention.one_time_buyers", "lever.conversion_drop"}


def test_another_lever_goes_before_more_money_on_the_same_lever():
    bounds = {
        "actions_a_phase": 1.0,
        "foundations": 3.0,
        "change_share": 1.0,
        "working_days": 20.0,
        "budget_share": 1.0,
    }
    roadmap = plan(
        make_finding(code="retention.one_time_buyers", mid=90_000),
        make_finding(code="retention.lapse_wave", mid=80_000),
        make_finding(code="lever.conversion_drop", mid=40_000),
        limits=bounds,
    )
    assert start(roadmap) == {
        "retention.one_time_buyers": 0,
        "lever.conversion_drop": 1,
        "retention.lapse_wave": 2,
    }


def test_no_referral_campaign_before_the_base_steps_pass():
    low_k = make_finding(code="fission.low_k", severity="medium")
    once = make_finding(code="retention.one_time_buyers", mid=50_000)
    assert start(plan(low_k, once, exhibits=make_gates("open", "open")))["fission.low_k"] > 0
    for repeat, reception in (("shut", "open"), ("open", "shut"), ("open", None)):
        roadmap = plan(low_k, exhibits=make_gates(repeat, reception))
        (left,) = roadmap.left
        assert left.candidate.code == "fission.low_k"
        assert "base steps" in left.reason.en
    assert plan(low_k).chosen == ()


def test_what_must_come_first_but_does_not_fit_keeps_the_rest_out():
    roadmap = plan(
        make_finding(code="store.inactive_staff", severity="medium"),
        make_finding(code="store.target_shortfall", mid=90_000),
        answers={"headcount": ({"role": "manager", "fte": 1.0},)},
    )
    reasons = {one.candidate.code: one.reason.en for one in roadmap.left}
    assert "#2 must be done first" in reasons["store.target_shortfall"]
    assert "no time: Private-domain lead has 6.0 days" in reasons["store.inactive_staff"]


def test_work_of_a_role_that_nobody_holds_falls_to_the_lead():
    roadmap = plan(
        make_finding(code="community.single_talker", severity="low"),
        answers={"headcount": ({"role": "manager", "fte": 1.0},)},
    )
    (one,) = roadmap.chosen
    assert one.candidate.days == {"manager": 3.0}


def test_outlay_beyond_the_budget_is_not_done_now():
    finding = make_finding(code="people.low_reach", mid=100_000)
    assert plan(finding, answers={"budget": 60_000.0}).chosen
    (left,) = plan(finding, answers={"budget": 59_000.0}).left
    assert left.reason.en == "no budget: ninety days have CNY 14.8k, CNY 0 are taken, this takes up to CNY 15.0k"


def test_what_is_for_information_only_is_no_action():
    roadmap = plan(make_finding(code="fit.durable_mode", severity="info"))
    assert roadmap.chosen == ()
    assert roadmap.left[0].reason.en == "for information: no action this quarter"


def test_troubles_of_one_kind_share_an_action():
    roadmap = plan(*(make_finding(code="community.dead_groups", mid=money, group=str(money)) for money in (5, 9, 7)))
    (one,) = roadmap.chosen
    assert (one.candidate.finding.scope, one.candidate.more) == ({"group": "9"}, 2)


def test_a_code_without_an_action_is_a_fault():
    with pytest.raises(KeyError):
        plan(make_finding(code="lever.unheard_of"))


ONE_FINDING = st.builds(
    lambda code, mid, confidence, severity: make_finding(code=code, mid=mid, confidence=confidence, severity=severity),
    st.sampled_from(CODES),
    st.one_of(st.none(), st.floats(100, 100_000)),
    st.floats(0.5, 0.95),
    st.sampled_from(["medium", "low", "info"]),
)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    findings=st.lists(ONE_FINDING, max_size=18),
    heads=st.dictionaries(st.sampled_from(HEADCOUNT), st.floats(0.2, 3), max_size=8),
    budget=st.one_of(st.none(), st.floats(0, 50_000)),
)
def test_any_plan_fits_and_leaves_nothing_out_that_would_fit(findings, heads, budget):
    answers = {"headcount": tuple({"role": role, "fte": fte} for role, fte in heads.items())}
    if budget is not None:
        answers["budget"] = budget
    material = make_material(*findings, answers=answers, exhibits=make_gates("open", "open"))
    roadmap = plan_roadmap(material)
    starts = start(roadmap)
    codes = [one.candidate.code for one in (*roadmap.chosen, *roadmap.left)]
    assert sorted(codes) == sorted({finding.code for finding in findings})
    assert fits(roadmap, starts)
    for left in roadmap.left:
        assert left.reason.zh
        assert left.reason.en
        one = left.candidate
        if one.finding.severity == "info" and not one.is_foundation:
            continue
        tries = [0] if one.is_foundation else range(one.action.phase, len(PHASES))
        assert not any(fits(roadmap, starts | {one.code: phase}) for phase in tries)


def fits(roadmap, starts):
    """Every bound, counted once more by hand."""
    candidates = {one.code: one for one in roadmap.candidates}
    capacity, planned = roadmap.capacity, [(candidates[code], phase) for code, phase in starts.items()]
    for phase in range(len(PHASES)):
        inside = [one for one, when in planned if when == phase]
        if sum(not one.is_foundation for one in inside) > capacity.actions_a_phase:
            return False
        if sum(one.is_foundation for one in inside) > capacity.foundations or (
            phase and any(o.is_foundation for o in inside)
        ):
            return False
        for role in {role for one in inside for role in one.days}:
            free = capacity.count_days(role)
            if free is not None and sum(one.days.get(role, 0) for one in inside) > free + 1e-6:
                return False
    if capacity.budget is not None and sum(one.most_outlay for one, _ in planned) > capacity.budget + 1e-4:
        return False
    return all(
        phase >= one.action.phase
        and all(starts.get(before.code, 9) < phase for before in list_predecessors(one, roadmap.candidates))
        for one, phase in planned
    )


def test_the_same_findings_give_the_same_plan():
    findings = [make_finding(code=code, mid=1000.0) for code in CODES if not code.startswith("fission.low")]
    first, second = (start(plan(*order)) for order in (findings, findings[::-1]))
    assert first == second


def test_an_action_that_is_not_sound_is_refused():
    action = ACTIONS["lever.users_drop"]
    for change in (
        {"days": {"nobody": 1.0}},
        {"outlay": (0.2, 0.1)},
        {"phase": 3},
        {"gates": ("luck",)},
        {"lever": "x"},
    ):
        with pytest.raises(ValueError, match="is not sound"):
            replace(action, **change)
