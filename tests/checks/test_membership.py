import numpy as np
import pytest

from diagnostics.checks.examination import examine
from diagnostics.checks.shelf import list_checks, load_check
from diagnostics.model.section import NotComputable
from tests.checks.member_world import TICKET, ask, invent_world, open_world

JUDGED = ("membership.growth", "membership.ladder", "membership.crossing")
SEEDS = (1, 2, 3)


@pytest.fixture(scope="module", params=SEEDS)
def healthy(request):
    return open_world(invent_world(request.param))


@pytest.mark.parametrize("name", JUDGED)
def test_healthy_members_raise_nothing(healthy, name):
    measured, found = ask(name, healthy)
    assert not isinstance(measured, NotComputable)
    assert found == ()


def test_members_who_lose_sales_lag_and_the_range_holds_the_loss():
    whole, cut = invent_world(4), invent_world(4, lost=0.3)
    missing = whole["order_lines"].paid_amount.sum() - cut["order_lines"].paid_amount.sum()
    (finding,) = ask("membership.growth", open_world(cut))[1]
    assert finding.code == "people.member_growth_lag"
    assert finding.scope == {"channel": "youzan"}
    assert finding.impact.low <= missing <= finding.impact.high * 1.1


def test_a_stock_that_never_buys_is_counted_and_priced():
    tables = open_world(invent_world(5, silent=0.7))
    measured, (finding,) = ask("membership.ladder", tables)
    assert finding.code == "people.members_never_bought"
    (one,) = measured.stock.joined
    assert one.share == pytest.approx(0.7, abs=0.05)
    assert one.low < 0.7 < one.high
    assert finding.impact is None or finding.impact.high < 2 * one.never * TICKET


def test_members_whose_keys_do_not_meet_their_orders_are_not_judged():
    frames = invent_world(6)
    frames["customers"]["customer"] = [f"{number:016x}" for number in range(len(frames["customers"]))]
    measured, found = ask("membership.ladder", open_world(frames))
    assert found == ()
    assert measured.stock.unmet == ("youzan",)


def test_members_without_a_day_of_joining_still_stand_on_the_ladder():
    frames = invent_world(6, customers=400)
    frames["customers"] = frames["customers"].assign(joined_on=None)
    examined = examine("membership.ladder", load_check("membership.ladder"), open_world(frames))
    assert examined.section.answer.zh.startswith(f"会员 {len(frames['customers'])} 人")
    assert set(examined.section.lacking) == {"002-06", "002-15"}
    assert set(examined.figures) == {"zh", "en"}


def test_two_categories_kept_apart_are_found_beside_the_others():
    measured, found = ask("membership.crossing", open_world(invent_world(7, customers=6000, apart=1.0)))
    (finding,) = found
    assert finding.code == "people.cross_sell_gap"
    assert finding.scope["category"] in {"面膜", "精华"}
    assert finding.impact.low > 0
    assert {measured.widths[0].pairs[0].small, measured.widths[0].pairs[0].large} == {"面膜", "精华"}


def test_a_flag_that_never_changes_is_not_judged_over_time():
    frames = invent_world(8, lost=0.4)
    members = set(frames["customers"].customer)
    lines = frames["order_lines"]
    frames = {"order_lines": lines.assign(is_member=[name in members for name in lines.customer])}
    measured, found = ask("membership.growth", open_world(frames))
    assert measured.snapshots == ("youzan",)
    assert found == ()


@pytest.mark.parametrize("name", list_checks("membership"))
@pytest.mark.parametrize("kind", ["one line", "all back", "no members"])
def test_a_thin_client_gets_an_answer_or_a_reason(name, kind):
    frames = invent_world(9, customers=40)
    if kind == "one line":
        frames = {table: frame.head(1) for table, frame in frames.items()}
    if kind == "all back":
        frames["order_lines"] = frames["order_lines"].assign(
            paid_amount=0, refund_amount=10, is_return=True, quantity=0
        )
    if kind == "no members":
        frames["customers"] = frames["customers"].assign(joined_on=None, is_member=None)
    examined = examine(name, load_check(name), open_world(frames), languages=())
    assert not examined.fault
    assert examined.section.answer or examined.section.reason


def test_share_of_the_whole_is_the_mean_of_both_kinds():
    measured, _ = ask("membership.growth", open_world(invent_world(10)))
    (one,) = measured.channels
    whole = (one.member_now + one.other_now) / (one.member_before + one.other_before) - 1
    assert one.whole_growth == pytest.approx(whole)
    assert one.lag == pytest.approx(whole - one.member_growth)
    assert np.isclose(one.behind, one.other_growth - one.member_growth)
