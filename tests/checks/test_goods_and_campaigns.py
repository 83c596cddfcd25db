"""Margins, coupons, spend, campaigns and touches: quiet on a healthy shop, loud where a trouble is planted."""

import numpy as np
import pandas as pd
import pytest

from diagnostics.checks.examination import examine
from diagnostics.checks.shelf import load_check
from diagnostics.checks.venue.touchpoints import list_touchpoints
from diagnostics.model.brief import Brief
from diagnostics.model.section import NotComputable
from diagnostics.workbook.dialects import print_check
from tests.checks.invented_shop import DAYS, START, find, invent_shop, open_shop

JUDGING = ("goods.margins", "levers.discount", "venue.acquisition_cost", "campaigns.lift")
NEW = (
    *JUDGING,
    "goods.roles",
    "goods.attach",
    "goods.votes",
    "venue.crossing",
    "venue.touchpoints",
    "campaigns.fatigue",
)


@pytest.mark.parametrize("seed", [3, 4])
def test_a_healthy_shop_raises_nothing(seed):
    shop = open_shop(invent_shop(seed))
    for name in JUDGING:
        measured, findings = find(name, shop)
        assert not isinstance(measured, NotComputable)
        assert findings == (), name


@pytest.mark.parametrize(
    ("name", "planted", "wanted"),
    [
        ("levers.discount", {"plain_stays_away": True}, ("goods.coupon_dependence", {"channel": "tmall"})),
        ("venue.acquisition_cost", {"dearer": 1.7}, ("venue.cac_inflation", {"channel": "tmall"})),
    ],
)
def test_a_planted_trouble_is_found_in_its_scope(name, planted, wanted):
    _, findings = find(name, open_shop(invent_shop(12, **planted)))
    assert [(finding.code, finding.scope) for finding in findings] == [wanted]


def test_a_thinner_margin_is_worth_what_the_old_prices_would_have_brought():
    frames = invent_shop(12, thinner=0.08)
    _, (finding,) = find("goods.margins", open_shop(frames))
    assert (finding.code, finding.scope) == ("goods.margin_erosion", {"category": "tea"})
    lines = frames["order_lines"]
    cheap = lines[(lines.category == "tea") & (lines.ordered_at >= "2024-01-01")]
    assert finding.impact.low < cheap.paid_amount.sum() * 0.08 / 0.92 < finding.impact.high


def test_a_customer_who_costs_more_than_he_earns_is_found_in_every_channel():
    frames = invent_shop(12, cost=350.0)
    measured, findings = find("venue.acquisition_cost", open_shop(frames))
    assert sorted(finding.scope["channel"] for finding in findings) == ["douyin", "tmall", "youzan"]
    spend = frames["campaigns"][lambda rows: (rows.starts_on >= "2024-01-01") & rows.channel.notna()]
    assert sum(won.cost for won in measured.won) == pytest.approx(spend.cost.sum())


def test_spend_of_months_whose_newcomers_can_not_be_told_is_left_out():
    measured, _ = find("venue.acquisition_cost", open_shop(invent_shop(3)))
    # Spend and newcomers are as many in both years; of the first, three months can't tell newcomers from others.
    for won in measured.won:
        assert won.cac_before == pytest.approx(won.cac, rel=0.15)


def invent_push(seed, tiring, leaving, customers=400):
    """Touches in bursts: answers fall with the load by `tiring`, and customers leave by it with `leaving`."""
    rng = np.random.default_rng(seed)
    rows, contacts = [], []
    for number in range(customers):
        key, day, lost = f"{number * 104_729:032x}", rng.integers(0, 20), None
        answers, sent = rng.uniform(0.1, 0.4), []
        while day < DAYS and lost is None:
            load = sum(day - past < 30 for past in sent)
            answered = rng.random() < answers * (1 - tiring) ** load
            rows.append((key, START + pd.Timedelta(days=int(day)), "sms", bool(answered)))
            sent.append(day)
            if rng.random() < 0.001 + leaving * load:
                lost = START + pd.Timedelta(days=int(day) + 2)
            day += rng.integers(2, 7) if rng.random() < 0.8 else rng.integers(35, 60)
        contacts.append((key, key, lost))
    return {
        "order_lines": invent_shop(1, customers=50)["order_lines"],
        "touches": pd.DataFrame(rows, columns=["customer", "touched_at", "kind", "answered"]),
        "contacts": pd.DataFrame(contacts, columns=["contact", "customer", "lost_at"]),
    }


@pytest.mark.parametrize(
    ("tiring", "leaving", "found"), [(0.0, 0.0, False), (0.15, 0.0, False), (0.0, 0.004, False), (0.15, 0.004, True)]
)
def test_only_fewer_answers_and_more_losses_together_are_fatigue(tiring, leaving, found):
    measured, findings = find("campaigns.fatigue", open_shop(invent_push(7, tiring, leaving)))
    assert not isinstance(measured, NotComputable)
    assert [finding.scope for finding in findings] == ([{"segment": "sms"}] if found else [])
    assert all(finding.severity == "medium" for finding in findings)


def invent_votes(seed, fidelity):
    rng = np.random.default_rng(seed)
    appeal = rng.uniform(1, 10, 12)
    noise = rng.permutation(appeal)
    lines, votes = [("old", START, 1), ("old", START + pd.Timedelta(days=DAYS - 1), 1)], []
    for place in range(12):
        sold = fidelity * appeal[place] + (1 - fidelity) * noise[place]
        lines += [(f"N{place}", START + pd.Timedelta(days=60 + unit % 50), 1) for unit in range(rng.poisson(8 * sold))]
        votes += [(f"N{place}", START + pd.Timedelta(days=40))] * rng.poisson(10 * appeal[place])
    frame = pd.DataFrame(lines, columns=["product_id", "ordered_at", "quantity"])
    frame = frame.assign(product=frame.product_id, channel="tmall", paid_amount=10, refund_amount=0, is_return=False)
    frame["line_id"] = frame["order_id"] = frame.index
    return {"order_lines": frame, "feedback": pd.DataFrame(votes, columns=["product_id", "day"])}


def test_votes_that_predict_sales_raise_nothing():
    measured, findings = find("goods.votes", open_shop(invent_votes(2, 1.0)))
    assert findings == ()
    assert "votes predict sales" in load_check("goods.votes").tell(measured).en


def test_a_touchpoint_named_twice_counts_once_and_none_is_empty():
    rows = (
        {"touchpoint": "card", "entry_code/state": "state=p1", "owner": "-", "next_step": "add"},
        {"touchpoint": "card", "entry_code/state": "p1", "owner": "ops", "next_step": "add"},
        {"touchpoint": None, "owner": "ops"},
        {"touchpoint": "live", "entry_code/state": "无", "owner": "ops", "next_step": "暂无"},
    )
    card, live = list_touchpoints(Brief(answers={"touchpoints": rows}), {"p1": 4})
    assert (card.lacking, card.added) == ((), 4)
    assert (live.lacking, live.added) == (("code", "next_step"), None)


def shrink_orders(kind):
    lines = invent_shop(5, customers=150)["order_lines"]
    if kind == "one customer":
        return lines[lines.customer == lines.customer.iloc[0]]
    if kind == "one day":
        return lines.assign(ordered_at=START)
    return lines.assign(refund_amount=lines.paid_amount)


@pytest.mark.parametrize("kind", ["one customer", "one day", "all refunds"])
def test_a_check_survives_hardly_any_data(kind):
    shop = invent_shop(5, customers=150)
    touches = pd.DataFrame({"customer": ["a"], "touched_at": [START], "answered": [True]})
    feedback = pd.DataFrame({"product_id": ["P1"], "day": [START - pd.Timedelta(days=9)]})
    tables = open_shop({**shop, "order_lines": shrink_orders(kind), "touches": touches, "feedback": feedback})
    for name in NEW:
        examined = examine(name, load_check(name), tables, languages=["en"])
        assert not examined.fault, f"{name}: {examined.fault}"


def test_orders_without_customers_still_tell_what_goes_along_but_not_what_comes_next():
    lines = invent_shop(5, customers=150)["order_lines"].assign(customer=None)
    section = examine(
        "goods.attach", load_check("goods.attach"), open_shop({"order_lines": lines}), languages=()
    ).section
    assert "of orders hold one product only" in section.answer.en
    assert set(section.lacking) == {"004-06", "001-33"}


@pytest.mark.parametrize(
    ("customers", "change", "lacking", "said"),
    [
        (150, {}, {"003-22"}, "The band with most GMV"),
        (400, {"quantity": None}, {"001-18"}, "products judged"),
        (150, {"quantity": None}, {"003-22", "001-18"}, "the largest, “product 14”, holds 15.4% (16.5% before)"),
    ],
)
def test_the_range_is_told_by_role_by_price_or_by_sales_where_not_all_is_known(customers, change, lacking, said):
    lines = invent_shop(5, customers=customers)["order_lines"].assign(**change)
    examined = examine("goods.roles", load_check("goods.roles"), open_shop({"order_lines": lines}), languages=["en"])
    assert said in examined.section.answer.en
    assert set(examined.section.lacking) == lacking
    assert examined.figures


@pytest.mark.parametrize(
    ("unknown", "lacking", "said"),
    [("list_amount", "003-05", "orders use a coupon"), ("used_coupon", "001-10", "discounts moved most in")],
)
def test_discounts_and_coupons_are_told_without_each_other(unknown, lacking, said):
    lines = invent_shop(5, customers=400)["order_lines"].assign(**{unknown: None})
    examined = examine("levers.discount", load_check("levers.discount"), open_shop({"order_lines": lines}))
    assert said in examined.section.answer.en
    assert set(examined.section.lacking) == {lacking}
    assert examined.figures


@pytest.mark.parametrize("name", NEW)
def test_every_question_is_printed_for_a_large_engine(name):
    assert all("SELECT" in sql for sql in print_check(name, "spark").values())
