"""What the check of totals raises for each kind of gap, and what it leaves alone."""

from datetime import date

import pytest

from diagnostics.charts.theme import apply_theme
from diagnostics.checks.check import Replies
from diagnostics.checks.data import ties_out
from diagnostics.checks.examination import resolve_limits
from diagnostics.model.account import GapPart, IntakeAccount, Reconciliation
from diagnostics.model.engagement import Engagement
from diagnostics.model.gaps import CAUSES, SOURCES, name_cause
from diagnostics.model.period import choose_horizon
from diagnostics.model.section import NotComputable
from diagnostics.model.wording import name_verbatim


def compare(channel, month, ours, theirs, against="sycm", *, why="", **parts):
    cause = why or (max(parts, key=lambda name: abs(parts[name])) if parts else "ties")
    return Reconciliation(
        channel=channel,
        month=month,
        ours=ours,
        theirs=theirs,
        gap=ours - theirs,
        cause=name_cause(cause),
        against=against,
        cause_code=cause,
        parts=tuple(GapPart(cause=name, amount=amount) for name, amount in parts.items()),
        comparable=not why,
    )


def measure(*lines):
    engagement = Engagement(
        client="c",
        title=name_verbatim("C"),
        currency="CNY",
        horizon=choose_horizon(date(2023, 1, 1), date(2024, 12, 31)),
        gmv_basis="paid",
        annual_gmv=1e6,
        account=IntakeAccount(reconciliation=lines),
    )
    return ties_out.CHECK.measure(Replies(frames={}, engagement=engagement))


def find(*lines, **limits):
    return ties_out.CHECK.judge(measure(*lines), resolve_limits(ties_out.CHECK, limits))


def test_fees_and_orders_not_yet_settled_are_no_finding():
    assert find(compare("douyin", "2024-03", 130, 100, "settlement", fees=10, unsettled=18, unexplained=2)) == ()
    (finding,) = find(compare("douyin", "2024-03", 130, 100, "settlement", fees=10, refunds=20))
    assert "mainly refunds" in finding.title.en


def test_one_finding_a_channel_names_the_widest_gap_and_the_others():
    lines = (
        compare("tmall", "2024-03", 80, 100, missing_days=-15, unexplained=-5),
        compare("tmall", "2024-03", 95, 100, "order_items", orders_without_items=-5),
        compare("tmall", "", 50, 100, "sheet_channel", unpaid=-50),
    )
    (finding,) = find(*lines)
    assert finding.scope == {"channel": "tmall"}
    assert "mainly unpaid orders" in finding.title.en
    assert "Also open in this channel: Item report, Sycm." in finding.cause.en


def test_a_month_far_off_is_raised_although_the_year_ties_out():
    year = [compare("tmall", f"2023-{month:02}", 100, 100) for month in range(1, 13)]
    (finding,) = find(*year, compare("tmall", "2024-01", 70, 100, missing_days=-30), most_gap=0.03)
    assert "in 2024-01" in finding.title.en
    assert finding.severity == "medium"
    assert find(*year, compare("tmall", "2024-01", 85, 100, missing_days=-15)) == ()
    far = compare("tmall", "2024-01", 70, 100, missing_days=-30), compare("tmall", "2024-02", 130, 100, refunds=30)
    (finding,) = find(*year, *far)
    assert "2024-02 (Sycm)" in finding.cause.en
    assert "2024-01 (Sycm), 2024-02 (Sycm)" in ties_out.CHECK.tell(measure(*year, *far)).en


def test_the_parts_of_all_months_sum_to_the_gap_of_the_channel():
    measured = measure(
        compare("tmall", "2024-01", 80, 100, missing_days=-15, unexplained=-5),
        compare("tmall", "2024-02", 90, 100, unpaid=-10),
        compare("tmall", "2024-03", 99, 100),
    )
    (row,) = measured.totals.pairs.to_dict("records")
    assert dict(zip(measured.totals.parts.cause, measured.totals.parts.amount, strict=True)) == {
        "missing_days": -15,
        "unexplained": -5,
        "unpaid": -10,
    }
    assert (row["months"], row["tied"], row["cause"]) == (3, 1, "missing_days")


def test_what_can_not_be_compared_is_told_and_raises_nothing():
    barred = compare("jd", "2024-01", 0, 100, why="no_orders")
    assert find(compare("tmall", "2024-01", 100, 100), barred) == ()
    measured = measure(compare("tmall", "2024-01", 100, 100), barred)
    assert "no orders of this channel arrived: 1" in ties_out.CHECK.caveats(measured)[0].en
    alone = measure(barred)
    assert "none can be compared" in ties_out.CHECK.tell(alone).en
    assert ties_out.CHECK.caveats(alone) == ()
    assert [exhibit.name for exhibit in ties_out.CHECK.tabulate(alone)] == ["months"]
    assert isinstance(measure(), NotComputable)


def test_totals_are_told_although_the_sheet_states_no_other_figure():
    measured = measure(compare("tmall", "2024-01", 100, 100))
    assert "tie out" in ties_out.CHECK.tell(measured).en
    assert set(ties_out.CHECK.lacks(measured)) == {"003-09"}


def test_a_stricter_client_may_ask_about_gaps_that_tie_out():
    (finding,) = find(compare("tmall", "2024-01", 98, 100), most_gap=0.01)
    assert "mainly not explained" in finding.title.en


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_kind_of_total_can_be_drawn(language):
    everything = [
        compare("tmall", f"2024-{month:02}", 90, 100, against, unexplained=-10)
        for against in SOURCES
        for month in range(1, 4)
    ]
    with apply_theme():
        for lines in (everything, everything[:1], [compare("", "", 1, 1, "sheet")]):
            assert ties_out.CHECK.draw(measure(*lines), language).axes


def test_causes_and_sources_are_named_in_both_languages():
    for name in (*CAUSES.values(), *SOURCES.values()):
        assert name.zh
        assert name.en
        assert name.zh != name.en
