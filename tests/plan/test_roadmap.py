from diagnostics.model.wording import Text
from diagnostics.plan.roadmap import draw_roadmap, plan_roadmap
from diagnostics.plan.roadmap_section import tell_roadmap
from tests.plan.findings import make_finding
from tests.plan.plans import make_gates, make_material


def draw(*findings, **parts):
    material = make_material(*findings, metric_names={"gmv": Text(zh="成交金额", en="GMV")}, **parts)
    roadmap = plan_roadmap(material)
    return draw_roadmap(roadmap, material), tell_roadmap(roadmap, material)


def find(section, name):
    return next(exhibit for exhibit in section.exhibits if exhibit.name == name)


def test_a_row_says_who_what_how_much_and_when_to_stop():
    exhibit, _ = draw(make_finding(mid=20_000), make_finding(code="data.date_gap", severity="low"))
    lever, data = exhibit.frame.to_dict("records")
    assert lever["phase"].en == "Days 1–30"
    assert lever["finding"].en == "#1"
    assert lever["gain"].en == "CNY 10.0k to CNY 40.0k"
    assert lever["watch"].zh == "成交金额上升，30 天内见效"
    assert lever["effort"].en == (
        "Private-domain lead; with Channel and shop operations 6 days, Acquisition lead 4 days, Data analysis 2 days; "
        "outlay CNY 1,000 to CNY 3,000"
    )
    assert data["gain"] is None
    assert "must not be added up" in exhibit.note.en


def test_the_second_action_of_a_lever_says_that_its_gain_is_not_on_top():
    exhibit, _ = draw(
        make_finding(code="retention.one_time_buyers", mid=90_000),
        make_finding(code="retention.lapse_wave", mid=80_000),
    )
    first, second = (row["gain"].en for row in exhibit.frame.to_dict("records"))
    assert "not on top" not in first
    assert second.endswith("(on the same lever as #1, repeat buying: not on top)")


def test_what_must_be_true_first_stands_in_its_row_and_in_its_table():
    exhibit, section = draw(
        make_finding(code="live.funnel_leak", mid=90_000), make_finding(code="live.no_carry_over", mid=8_000)
    )
    assert [row["first"] and row["first"].en for row in exhibit.frame.to_dict("records")] == [None, "#1 carried out"]
    (row,) = find(section, "preconditions").frame.to_dict("records")
    assert (row["finding"].en, row["first"].en, row["state"].en) == ("#2", "#1 live.funnel_leak", "Days 1–30")


def test_gates_that_passed_are_named():
    exhibit, _ = draw(make_finding(code="fission.low_k", severity="medium"), exhibits=make_gates("open", "open"))
    assert exhibit.frame["first"][0].en == "passed: new contacts are received, customers come back by themselves"


def test_the_answer_counts_what_is_done_and_what_is_not():
    _, section = draw(make_finding(mid=20_000), make_finding(code="fit.durable_mode", severity="info"))
    assert section.answer.en == (
        "Actions in ninety days: 1, beginning with #1 (Days 1–30); not done now, each with its reason: 1 (the sheet "
        "states neither headcount nor budget: only the number a phase is held)."
    )
    assert find(section, "not_now").frame["reason"][0].zh == "仅供了解，这一季度不需要动作"


def test_days_taken_stand_beside_days_free():
    _, section = draw(
        make_finding(code="community.single_talker", severity="low"),
        answers={"headcount": ({"role": "group", "fte": 2.0},)},
    )
    (row,) = find(section, "load").frame.to_dict("records")
    assert (row["free"], row["phase_0"], row["phase_1"]) == (12.0, 0.0, 3.0)


def test_nothing_found_gives_an_answer_and_no_rows():
    exhibit, section = draw()
    assert exhibit.frame.empty
    assert section.answer.en.startswith("No finding calls for an action")
    assert section.exhibits == ()
