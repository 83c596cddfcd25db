import pytest

from diagnostics.checks.examination import examine
from diagnostics.checks.shelf import load_check
from diagnostics.generator.qingyan import sheet_answers
from diagnostics.model.brief import Brief
from tests.checks.member_world import ask, invent_world, open_world

NAMES = (
    "brief.project",
    "fit.positioning",
    "fit.maturity",
    "systems.integration",
    "levers.economics",
    "risk.assets",
    "risk.mechanics",
    "automation.tags",
)
SMALL = {"customers": 1500}


@pytest.fixture(scope="module")
def frames():
    return invent_world(1, customers=300)


@pytest.fixture(scope="module")
def answers():
    return sheet_answers(healthy=False, **SMALL)


def look(name, frames, answers=None):
    return examine(name, load_check(name), open_world(frames, Brief(answers=answers or {})), languages=())


@pytest.mark.parametrize("name", NAMES)
def test_without_a_sheet_a_reason_is_given(name, frames):
    examined = look(name, frames)
    assert not examined.fault, examined.fault
    assert examined.section.status == "not_computable"
    assert examined.section.reason.zh
    assert examined.section.reason.en


@pytest.mark.parametrize("name", [name for name in NAMES if name.split(".")[0] in {"brief", "fit", "systems", "risk"}])
def test_the_sheet_alone_is_judged_and_raises_nothing(name, frames, answers):
    examined = look(name, frames, answers)
    assert not examined.fault, examined.fault
    section = examined.section
    assert section.status == "judged" or {*section.judged, *section.lacking} == set(section.capabilities)
    assert section.findings == ()
    assert examined.exhibits


@pytest.mark.parametrize("name", NAMES)
def test_a_single_refund_does_no_harm(name, frames, answers):
    one = frames["order_lines"].head(1).assign(is_return=True, paid_amount=0, refund_amount=5, is_private=True)
    examined = look(name, {"order_lines": one}, answers)
    assert not examined.fault, examined.fault


def test_the_return_holds_the_stated_cost_against_private_margin(frames, answers):
    lines = frames["order_lines"].assign(is_private=True)
    examined = look("levers.economics", {"order_lines": lines}, answers | {"gross_margin": 0.5})
    rows = {exhibit.name: exhibit.frame for exhibit in examined.exhibits}
    team = 12 * sum(row["monthly_cost"] for row in answers["headcount"])
    assert rows["costs"].cost.iloc[0] == pytest.approx(team)
    assert examined.section.status == "computed"


def test_facts_that_the_sheet_does_not_state_are_left_out(frames, answers):
    less = {key: value for key, value in answers.items() if key != "points_rules"}
    with_rules, without = (look("fit.maturity", frames, one).exhibits for one in (answers, less))
    scores = [
        next(exhibit.frame for exhibit in shown if exhibit.name == "propositions").score.iloc[2].en
        for shown in (with_rules, without)
    ]
    assert scores == ["3/3", "2/2"]


def test_systems_are_drawn_by_cost_and_without_costs_by_connection(frames, answers):
    bare = tuple({**row, "annual_cost": None} for row in answers["systems"])
    shown = {}
    for axis, systems in (("Cost a year", answers["systems"]), ("Systems", bare)):
        tables = open_world(frames, Brief(answers={**answers, "systems": systems}))
        measured, _ = ask("systems.integration", tables)
        shown[axis] = load_check("systems.integration").draw(measured, "en").axes[0].get_xlabel()
    assert list(shown) == list(shown.values())
