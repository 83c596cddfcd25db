"""The wing of levers leaves healthy clients alone and names a planted trouble in its channel with its size."""

import numpy as np
import pandas as pd
import pytest

from diagnostics.checks.check import Replies
from diagnostics.checks.examination import resolve_limits
from diagnostics.checks.shelf import load_check
from diagnostics.model.brief import Brief
from diagnostics.model.tables import Tables
from diagnostics.model.wording import name_verbatim
from diagnostics.workbook.engagement import fix_engagement
from diagnostics.workbook.engine import connect, fetch, find_available, make_sharer, open_frames

CHECKS = ("levers.tree", "levers.mix", "levers.refunds", "levers.discount")
MONTHS = pd.date_range("2023-01-01", periods=24, freq="MS")
SEASON = np.array([1, 0.9, 1.1, 1, 1.1, 1.6, 0.9, 0.9, 1, 1.2, 1.9, 1.1])
BUYERS = {"tmall": 130, "douyin": 110, "jd": 90}
PRICE = {"tmall": 60.0, "douyin": 30.0, "jd": 50.0}
HEALTHY = {
    "visitors": 1.0,
    "conversion": 1.0,
    "frequency": 1.0,
    "items": 1.0,
    "price": 1.0,
    "discount": 0.1,
    "refund": 0.04,
}


def invent_client(seed, trouble=None, buyers_now=None, months=MONTHS):
    """Two years of three channels; in the second `trouble` are other levels of Tmall, `buyers_now` other numbers."""
    rng = np.random.default_rng(seed)
    lines, traffic = [], []
    for channel, base in BUYERS.items():
        people = np.array([f"{number:032x}" for number in rng.integers(0, 2**60, 16 * base)])
        for month in months:
            late = month.year > MONTHS[0].year
            level = HEALTHY | (trouble or {} if late and channel == "tmall" else {})
            size = (buyers_now or {}).get(channel, base) if late else base
            pool = people[: round(8 * size)]
            size *= SEASON[month.month - 1] * level["visitors"] * level["conversion"]
            buyers = rng.choice(pool, min(rng.poisson(size), len(pool)), replace=False)
            orders = np.repeat(buyers, 1 + rng.poisson(0.5 * level["frequency"], len(buyers)))
            units = 1 + rng.poisson(0.8 * level["items"], len(orders))
            listed = PRICE[channel] * level["price"] * units * rng.lognormal(0, 0.25, len(orders))
            paid = np.round(listed * (1 - level["discount"] * rng.uniform(0.7, 1.3, len(orders))), 2)
            back = np.where(rng.random(len(orders)) < level["refund"], paid, 0.0)
            day = month + pd.to_timedelta(rng.integers(0, month.days_in_month, len(orders)), unit="D")
            columns = {"customer": orders, "ordered_at": day, "quantity": units, "list_amount": listed.round(2)}
            lines.append(pd.DataFrame({"channel": channel, **columns, "paid_amount": paid, "refund_amount": back}))
            visitors = rng.poisson(25 * size / level["conversion"])
            keys = {"starts_on": month, "ends_on": month + pd.offsets.MonthBegin(1), "channel": channel}
            traffic.append({**keys, "source": "搜索", "visitors": visitors})
    frame = pd.concat(lines, ignore_index=True).assign(is_return=False)
    number = [str(place) for place in range(len(frame))]
    return {"order_lines": frame.assign(line_id=number, order_id=number), "traffic": pd.DataFrame(traffic)}


def examine_all(frames, names=CHECKS, brief=None):
    engine = connect()
    tables = open_frames(engine, frames)
    engagement = fix_engagement(tables, client="x", title=name_verbatim("x"), currency="CNY", brief=brief)
    opened = Tables(
        by_name=tables,
        available=find_available(tables),
        engagement=engagement,
        fetch=fetch,
        share=make_sharer(engine),
    )
    return [finding for name in names for finding in judge(load_check(name), opened)]


def judge(check, tables):
    """What a check finds, without its tables and figures."""
    frames = {query: tables.fetch(expression) for query, expression in check.query(tables).items()}
    measured = check.measure(Replies(frames=frames, engagement=tables.engagement))
    return check.judge(measured, resolve_limits(check, {}))


def total_now(frames, channel="tmall"):
    lines = frames["order_lines"]
    now = lines[(lines.ordered_at >= "2024-01-01") & (lines.channel == channel)]
    return (now.paid_amount - now.refund_amount).sum()


@pytest.mark.parametrize("seed", [1, 3])
def test_a_healthy_client_is_left_alone(seed):
    assert examine_all(invent_client(seed)) == []


@pytest.mark.parametrize(
    ("trouble", "code", "lost"),
    [
        ({"visitors": 0.75}, "lever.users_drop", 0.25),
        ({"conversion": 0.8}, "lever.conversion_drop", 0.2),
        ({"frequency": 0.3}, "lever.frequency_drop", 1 - 1.15 / 1.5),
        ({"items": 0.4}, "lever.basket_drop", 1 - 1.32 / 1.8),
        ({"price": 0.8}, "lever.basket_drop", 0.2),
        ({"discount": 0.25}, "lever.discount_deepening", 1 - 0.75 / 0.9),
        ({"refund": 0.15}, "lever.refund_surge", 1 - 0.85 / 0.96),
    ],
)
def test_a_planted_trouble_is_named_in_its_channel_with_its_size(trouble, code, lost):
    frames = invent_client(11, trouble)
    (finding,) = examine_all(frames)
    assert (finding.code, finding.scope) == (code, {"channel": "tmall"})
    truth = total_now(frames) / (1 - lost) * lost
    # The share of an effect by logarithms lies between the loss at today's and at yesterday's other levels.
    assert finding.impact.low * 0.9 <= truth <= finding.impact.high * 1.1
    assert 0.5 <= finding.confidence <= 0.95


def test_buyers_who_move_to_a_cheap_channel_are_a_mix_shift_of_that_channel():
    (finding,) = examine_all(invent_client(5, buyers_now={"tmall": 95, "douyin": 210}), ("levers.mix",))
    assert (finding.code, finding.scope) == ("lever.mix_shift", {"channel": "douyin"})


def test_more_visitors_who_convert_less_are_no_loss():
    assert examine_all(invent_client(6, {"visitors": 1.3, "conversion": 0.8}), ("levers.tree",)) == []


def test_a_discount_that_deepens_is_not_called_a_smaller_basket():
    codes = {finding.code for finding in examine_all(invent_client(7, {"discount": 0.35}))}
    assert codes == {"lever.discount_deepening"}


def share_private(share, **answers):
    frames = invent_client(8, months=MONTHS[18:])
    lines = frames["order_lines"]
    private = np.random.default_rng(1).random(len(lines)) < share
    frames["order_lines"] = lines.assign(is_private=private)
    return examine_all(frames, ("venue.channels",), Brief(answers=answers))


@pytest.mark.parametrize(
    ("share", "answers", "direction"),
    [
        (0.28, {"pd_share_target": 0.2, "constraints": ("私域占比控制在20%以下",)}, "down"),
        (0.28, {"pd_share_target": 0.2}, "down"),
        (0.06, {"pd_share_target": 0.2}, "up"),
    ],
)
def test_a_private_share_outside_the_clients_range_is_raised(share, answers, direction):
    (finding,) = share_private(share, **answers)
    assert (finding.code, finding.scope, finding.impact) == ("venue.private_share_guardrail", {}, None)
    assert finding.validation.direction == direction
    assert finding.severity in {"medium", "low"}


@pytest.mark.parametrize(
    ("share", "answers"),
    [
        (0.15, {"pd_share_target": 0.2}),
        (0.2, {"pd_share_target": 0.2}),
        (0.06, {"pd_share_target": 0.2, "constraints": ("the private share must not exceed 20%",)}),
        (0.5, {}),
    ],
)
def test_a_private_share_inside_the_range_or_without_one_is_left_alone(share, answers):
    assert share_private(share, **answers) == []
