"""Referral, waits for a follow-up, journey steps and tags agree with a recount in plain Python."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from diagnostics.metrics.audiences import count_waits, wait_added, wait_intent, wait_lapsed, wait_second
from diagnostics.metrics.days import purchase_days
from diagnostics.metrics.intent import follow_stages, list_orders, mark_stages
from diagnostics.metrics.journey_steps import find_disorder, find_late_payment, list_steps
from diagnostics.metrics.lines import value_lines
from diagnostics.metrics.referral import count_brought, list_turns, value_contacts
from diagnostics.metrics.stages import measure_gaps
from diagnostics.metrics.tags import count_tags, list_tagged
from diagnostics.model.brief import Brief
from diagnostics.model.period import Period
from diagnostics.workbook.engine import connect, fetch, open_frames

AS_OF = date(2025, 1, 1)
END = pd.Timestamp(AS_OF)
PERIOD = Period(start=date(2024, 7, 1), end=AS_OF)


def invent(seed):
    rng = np.random.default_rng(seed)
    start = pd.Timestamp("2024-01-01")
    people = [f"c{number}" for number in range(80)]
    lines = pd.DataFrame(
        [
            {
                "line_id": n,
                "order_id": f"o{n}",
                "channel": "youzan",
                "customer": people[int(rng.integers(0, 80))],
                "ordered_at": start + pd.Timedelta(hours=int(rng.integers(0, 366 * 24))),
                "quantity": 1,
                "paid_amount": int(rng.integers(1, 200)),
                "refund_amount": 0,
                "is_return": False,
            }
            for n in range(260)
        ]
    )
    contacts = pd.DataFrame(
        {
            "contact": [f"k{number}" for number in range(70)],
            "customer": [None if number % 6 == 0 else f"c{number + 20}" for number in range(70)],
            "added_at": start + pd.to_timedelta(rng.integers(0, 366, 70), unit="D"),
            "source": rng.choice(["裂变_spring", "store", "门店"], 70),
            "tags": rng.choice(["肤质:干皮,来源", "来源", "老客;肤质-油皮", ""], 70),
        }
    )
    events = pd.DataFrame(
        {
            "customer": rng.choice(people, 300),
            "happened_at": start + pd.to_timedelta(rng.integers(0, 366 * 24, 300), unit="h"),
            "kind": rng.choice(["加购", "浏览商品", "预约", "朋友圈点赞"], 300),
            "channel": rng.choice(["a", "b"], 300),
        }
    )
    touches = pd.DataFrame(
        {
            "customer": rng.choice(people, 600),
            "touched_at": start + pd.to_timedelta(rng.integers(0, 366 * 24, 600), unit="h"),
        }
    )
    referrals = pd.DataFrame(
        {
            "campaign": rng.choice(["x", None], 90),
            "referrer": rng.choice(people, 90),
            "completed": rng.random(90) < 0.5,
            "day": (start + pd.to_timedelta(rng.integers(0, 400, 90), unit="D")).date,
            "joined": rng.integers(0, 4, 90),
            "reward_cost": rng.integers(0, 50, 90),
        }
    )
    return {
        "order_lines": lines,
        "contacts": contacts,
        "events": events,
        "touches": touches,
        "referrals": referrals,
    }


@pytest.fixture(scope="module")
def opened():
    frames = invent(3)
    return frames, open_frames(connect(), frames)


def spend_days(lines):
    """Customer to (day, spend) in order."""
    dated = lines.assign(day=lines.ordered_at.dt.normalize()).groupby(["customer", "day"]).paid_amount.sum()
    found = {}
    for (customer, day), paid in dated.items():
        found.setdefault(customer, []).append((day, paid))
    return found


def tally(waits, touched_by):
    """Counts of `count_waits` from (customer, opens, entry, stay, next, gmv) in days counted backwards."""
    log = max(max(ages) for ages in touched_by.values())
    told = dict.fromkeys(["inflow", "closed", "came", "gmv", "logged", "touched"], 0)
    audience = set()
    for customer, opens, entry, stay, following, gmv in waits:
        if entry < 1 or (following is not None and following >= entry):
            continue
        back = following is not None and entry - following <= 30
        told["inflow"] += 0 < entry <= (END - pd.Timestamp(PERIOD.start)).days
        if following is None and entry <= stay:
            audience.add(customer)
        if entry > 30:
            told["closed"] += 1
            told["came"] += back
            told["gmv"] += gmv if back else 0
            if opens <= log:
                told["logged"] += 1
                told["touched"] += any(
                    entry - 3 <= age <= opens and (following is None or age >= following)
                    for age in touched_by.get(customer, ())
                )
    return told | {"audience": len(audience)}


def ages_of_touches(touches):
    ages = (END - touches.touched_at.dt.normalize()).dt.days
    return ages.groupby(touches.customer).apply(list).to_dict()


def compare(counted, expected):
    assert {name: float(counted[name]) for name in expected} == pytest.approx(expected)


def test_waits_of_buyers_agree_with_a_recount(opened):
    frames, tables = opened
    days = purchase_days(value_lines(tables["order_lines"], "paid"))
    gaps = measure_gaps(days)
    lines = fetch(gaps).iloc[0]
    waits = {"second_purchase": [], "lapse": []}
    for customer, bought in spend_days(frames["order_lines"]).items():
        for turn, (day, _) in enumerate(bought):
            age = (END - day).days
            later = bought[turn + 1] if turn + 1 < len(bought) else None
            following = ((END - later[0]).days, later[1]) if later else (None, 0)
            median, lapse = int(lines.median_gap), int(lines.lapse_line)
            if turn == 0:
                row = (customer, age - median // 2, age - median, lapse - median, *following)
                waits["second_purchase"].append(row)
            else:
                waits["lapse"].append((customer, age - lapse, age - lapse, lapse, *following))
    touched = ages_of_touches(frames["touches"])
    for name, expression in (
        ("second_purchase", wait_second(days, gaps, AS_OF)),
        ("lapse", wait_lapsed(days, gaps, AS_OF)),
    ):
        counted = fetch(count_waits(expression, tables["touches"], PERIOD, AS_OF)).iloc[0]
        compare(counted, tally(waits[name], touched))


def test_waits_after_intent_and_after_being_added_agree_with_a_recount(opened):
    frames, tables = opened
    days = purchase_days(value_lines(tables["order_lines"], "paid"))
    bought = spend_days(frames["order_lines"])
    carts = frames["events"][frames["events"].kind == "加购"]
    carted = carts.assign(day=carts.happened_at.dt.normalize())
    carted = carted.assign(week=carted.day - pd.to_timedelta(carted.day.dt.day_of_week, unit="D"))
    waits = []
    for (customer, _), day in carted.groupby(["customer", "week"]).day.min().items():
        following = [((END - when).days, paid) for when, paid in bought.get(customer, []) if when >= day]
        later = following[0] if following else (None, 0)
        age = (END - day).days
        waits.append((customer, age, age - 1, 30, *later))
    touched = ages_of_touches(frames["touches"])
    marked = mark_stages(tables["events"])
    expression = wait_intent(marked, days, AS_OF, "intent_no_order")
    compare(fetch(count_waits(expression, tables["touches"], PERIOD, AS_OF)).iloc[0], tally(waits, touched))
    added = []
    for row in frames["contacts"].dropna(subset=["customer"]).itertuples():
        first = bought.get(row.customer, [(None, 0)])[0]
        age = (END - row.added_at).days
        added.append((row.customer, age, age - 7, 30, (END - first[0]).days if first[0] else None, first[1]))
    expression = wait_added(tables["contacts"], days, AS_OF)
    compare(fetch(count_waits(expression, tables["touches"], PERIOD, AS_OF)).iloc[0], tally(added, touched))


def test_steps_passed_agree_with_a_recount(opened):
    frames, tables = opened
    marked = mark_stages(tables["events"])
    orders = list_orders(marked, value_lines(tables["order_lines"], "paid"))
    counted = fetch(follow_stages(marked, orders, AS_OF, 14))
    bought = spend_days(frames["order_lines"])
    events = frames["events"].assign(day=frames["events"].happened_at.dt.normalize())
    own = events[(events.kind == "预约") & (events.day <= END - pd.Timedelta(days=14))]
    own = own.assign(week=own.day - pd.to_timedelta(own.day.dt.day_of_week, unit="D"))
    entered = own.groupby(["customer", "channel", "week"]).day.min()
    passed = sum(
        any(0 <= (when - day).days <= 14 for when, _ in bought.get(customer, []))
        for (customer, _, _), day in entered.items()
    )
    booked = counted[counted.step == "book"]
    assert booked.entered.sum() == len(entered)
    assert booked.passed.sum() == passed


def test_what_was_brought_agrees_with_a_recount(opened):
    frames, tables = opened
    told = frames["referrals"]
    told = told[pd.to_datetime(told.day) < END]
    counted = fetch(count_brought(tables["referrals"], AS_OF))
    assert counted.rows.sum() == len(told)
    assert (counted.joined * counted.rows).sum() == told.joined.sum()
    assert counted.completed.sum() == told.completed.sum()
    assert counted[counted.campaign == "x"].rows.sum() == (told.campaign == "x").sum()


def test_turns_of_the_loop_agree_with_a_recount(opened):
    frames, tables = opened
    turns = fetch(list_turns(tables["referrals"], tables["contacts"], AS_OF))
    referred = frames["referrals"][pd.to_datetime(frames["referrals"].day) < END]
    first = pd.to_datetime(referred.day).groupby(referred.referrer).min()
    came = waiting = 0
    for row in frames["contacts"].assign(person=lambda t: t.customer.fillna(t.contact)).itertuples():
        day = first.get(row.person)
        if row.added_at < END and (day is None or day >= row.added_at):
            came += day is not None
            waiting += day is None
    assert turns.contacts[turns.came == 1].sum() == came
    assert turns.contacts[turns.came == 0].sum() == waiting


def test_worth_of_new_contacts_agrees_with_a_recount(opened):
    frames, tables = opened
    lines = value_lines(tables["order_lines"], "paid")
    counted = fetch(value_contacts(tables["contacts"], lines, AS_OF, 90))
    bought = spend_days(frames["order_lines"])
    aged = frames["contacts"][frames["contacts"].added_at <= END - pd.Timedelta(days=90)]
    total = before = 0
    for row in aged.dropna(subset=["customer"]).itertuples():
        waited = [((day - row.added_at).days, paid) for day, paid in bought.get(row.customer, [])]
        if any(days < 0 for days, _ in waited):
            before += 1
        else:
            total += sum(paid for days, paid in waited if 0 <= days <= 90)
    assert counted.contacts.sum() == len(aged)
    assert counted.gmv.sum() == total
    assert counted.bought_before.sum() == before
    assert counted[counted.referred == 1].contacts.sum() == aged.source.str.contains("裂变").sum()


def test_tags_are_counted_alone_and_with_a_value(opened):
    frames, tables = opened
    groups = {"t0": ["肤质"], "t1": ["来源"], "d_x": ["肤质", "老"]}
    told = fetch(count_tags(list_tagged([tables["contacts"]]), groups, None)).iloc[0]
    tags = frames["contacts"].tags
    assert told.carry_t0 == tags.str.contains("肤质").sum() == told.carry_d_x
    assert told.carry_t1 == tags.str.contains("来源").sum()
    assert told.people == len(tags)


def test_a_journey_names_its_gaps_and_a_late_payment():
    rows = (
        {"phase": "pre", "step": "预约到店", "touchpoint": "海报", "owner": "无", "next_step": "付款"},
        {"phase": "post", "step": "加群", "owner": "社群"},
        {"phase": "in", "step": "付款"},
    )
    points = ({"touchpoint": "海报", "entry_code/state": None},)
    steps = list_steps(Brief(answers={"journey_steps": rows, "touchpoints": points}))
    assert [step.lacks for step in steps] == [("owner", "entry_code"), ("next_step",), ("owner",)]
    assert [step.name for step in find_disorder(steps)] == ["付款"]
    booking, paying = find_late_payment(steps)
    assert (booking.name, paying.name) == ("预约到店", "付款")
