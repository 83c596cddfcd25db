"""Service and community say nothing of a healthy client and find a planted trouble where it is."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from diagnostics.model.brief import Brief
from tests.checks.care_world import (
    DAYS,
    FIRST,
    STAFF,
    STORES,
    ask,
    find,
    invent_contacts,
    invent_groups,
    invent_staff,
    open_client,
)

SEEDS = (1, 2)
STAFF_CHECKS = ("service.replies", "stores.activation")
GROUP_CHECKS = ("community.health", "community.voices", "community.members")


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_is_found_where_staff_only_differ_as_people_do(seed):
    client = open_client({"staff_days": invent_staff(seed)})
    for name in STAFF_CHECKS:
        assert find(ask(name, client)) == [], name


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_is_found_in_groups_that_only_differ_as_groups_do(seed):
    client = open_client({"group_days": invent_groups(seed)})
    for name in GROUP_CHECKS:
        assert find(ask(name, client)) == [], name


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_is_found_where_all_forget_a_few_contacts(seed):
    contacts, touches, lines = invent_contacts(seed)
    frames = {"contacts": contacts, "touches": touches, "order_lines": lines, "staff_days": invent_staff(seed)}
    client = open_client(frames)
    assert find(ask("service.adds", client)) == []
    assert find(ask("service.load", client)) == []


def test_load_is_told_where_the_care_of_top_customers_cannot_be():
    contacts, _, lines = invent_contacts(1)
    whole = ask("service.load", {"contacts": contacts, "order_lines": lines})
    unnamed = ask("service.load", {"contacts": contacts.drop(columns="customer"), "order_lines": lines})
    assert not whole.lacking
    assert set(unnamed.lacking) == {"001-79"}
    assert whole.answer.en.startswith(unnamed.answer.en)


def test_the_slow_are_named_and_both_staff_of_a_store_become_its_finding():
    slow = ("S03-1", "S07-1", "S07-2")
    section = ask("service.replies", {"staff_days": invent_staff(1, slow=slow)})
    assert find(section) == [
        ("service.slow_reply", {"store": "S07"}),
        ("service.slow_reply", {"staff": "S03-1"}),
    ] or find(section) == [
        ("service.slow_reply", {"store": "S07"}),
        ("service.slow_reply", {"store": "S03"}),
    ]


def test_all_slow_is_the_company_and_nobody_in_person():
    section = ask("service.replies", {"staff_days": invent_staff(1, slow=tuple(STAFF))})
    assert find(section) == [("service.slow_reply", {})]


def test_a_surge_of_blocks_is_told_of_one_and_of_all():
    one = ask("service.replies", {"staff_days": invent_staff(1, blocked=("S05-2",))})
    assert find(one) in (
        [("service.block_surge", {"staff": "S05-2"})],
        [("service.block_surge", {"store": "S05"})],
    )
    every = ask("service.replies", {"staff_days": invent_staff(1, blocked=tuple(STAFF))})
    assert find(every) == [("service.block_surge", {})]


def test_replies_and_blocks_are_told_without_each_other():
    staff = invent_staff(1, slow=("S03-1",), blocked=tuple(STAFF))
    silent = ask("service.replies", {"staff_days": staff.drop(columns=["reply_share", "reply_minutes"])}, drawn=True)
    calm = ask("service.replies", {"staff_days": staff.drop(columns="blocked")})
    assert find(silent) == [("service.block_surge", {})]
    assert set(silent.lacking) == {"003-28", "001-62", "001-81"}
    assert not silent.readings
    assert {code for code, _ in find(calm)} == {"service.slow_reply"}
    assert not calm.lacking
    assert any("blocks" in caveat.en for caveat in calm.caveats)


def test_neglected_contacts_are_found_and_their_worth_lies_in_the_range():
    contacts, touches, lines = invent_contacts(4, neglectful=("S02-1", "S02-2"), gap=80.0)
    section = ask("service.adds", {"contacts": contacts, "touches": touches, "order_lines": lines})
    assert find(section) == [("service.unattended_adds", {"store": "S02"})]
    impact = section.findings[0].impact
    # Two forget 70 % instead of about 7 %; each contact is worth 80.
    truth = len(contacts) / len(STAFF) * 2 * 0.63 * 365 / DAYS * 80
    assert impact.low < truth < impact.high * 1.2


def test_an_idle_store_is_named():
    section = ask("stores.activation", {"staff_days": invent_staff(1, idle=("S11-1", "S11-2", "S04-1"))})
    assert find(section) == [("store.inactive_staff", {"store": "S11"})]


def test_dead_loud_and_bleeding_groups_are_named():
    frames = open_client({"group_days": invent_groups(2, dead=("g04",), loud=("g09",), bleeding=("g12",))})
    assert find(ask("community.health", frames)) == [("community.dead_groups", {"group": "g04"})]
    assert find(ask("community.voices", frames)) == [("community.monologue", {"group": "g09"})]
    assert find(ask("community.members", frames)) == [("community.member_bleed", {"group": "g12"})]


def test_an_owner_with_dead_groups_is_named_once_and_a_dead_pool_as_a_whole():
    owner = ask("community.health", {"group_days": invent_groups(2, dead=("g03", "g13", "g23"))})
    assert find(owner) == [("community.dead_groups", {"staff": "o3"})]
    most = tuple(f"g{place:02}" for place in range(18))
    pool = ask("community.health", {"group_days": invent_groups(2, dead=most)})
    assert find(pool) == [("community.dead_groups", {})]


def test_statistics_by_owner_name_only_groups_that_are_dead_for_certain():
    days = pd.date_range(FIRST, periods=60)
    rows = [(day, owner, 4, 0 if owner == "o1" else 2, 500, 20) for day in days for owner in ("o1", "o2", "o3")]
    columns = ["day", "owner", "groups_total", "groups_active", "members_total", "members_active"]
    section = ask("community.health", {"group_days": pd.DataFrame(rows, columns=columns)})
    assert find(section) == [("community.dead_groups", {"staff": "o1"})] or find(section) == [
        ("community.dead_groups", {})
    ]
    assert "owner" in section.caveats[0].en


def test_two_who_share_the_talk_are_no_single_talker():
    rng = np.random.default_rng(3)
    rows = [
        (FIRST + pd.Timedelta(days=day), f"g{group}", f"c{rng.integers(0, 2 if group else 1)}", None, False, 4)
        for day in range(56)
        for group in range(6)
    ]
    columns = ["day", "group", "contact", "staff", "is_staff", "messages"]
    voices = pd.DataFrame(rows, columns=columns)
    section = ask("community.voices", {"group_voices": voices, "group_days": invent_groups(1)})
    assert find(section) == [("community.single_talker", {"group": "g0"})]


def test_speakers_and_hosts_are_told_without_each_other():
    day = FIRST + pd.Timedelta(days=DAYS - 9)
    owned = pd.DataFrame({"day": day, "owner": ["A1", "B"], "members_total": 100, "members_active": [30, 10]})
    aired = pd.DataFrame(
        {
            "session": ["s1", "s2"],
            "channel": "douyin",
            "anchor": ["A1", "A2"],
            "starts_at": day,
            "minutes": 60,
            "paid_amount": 600.0,
        }
    )
    hosts = ask("community.voices", {"group_days": owned, "live_sessions": aired}, drawn=True)
    assert hosts.answer.en == "1 of 2 anchors keep groups; 30.0% of members speak there, 10.0% elsewhere."
    assert (hosts.findings, hosts.lacking) == ((), {})
    assert "who speaks can't be seen" in hosts.caveats[0].en
    voices = ask("community.voices", {"group_days": invent_groups(1, loud=("g09",))})
    assert find(voices) == [("community.monologue", {"group": "g09"})]
    assert set(voices.lacking) == {"002-28"}


def invent_sales(seed, lift):
    rng = np.random.default_rng(seed)
    size = rng.lognormal(5, 0.5, len(STORES))
    rows = [
        ("store", store, FIRST + pd.Timedelta(days=day), size[place] * rng.lognormal(0, 0.3))
        for place, store in enumerate(STORES)
        for day in range(0, DAYS, 3)
    ]
    frame = pd.DataFrame(rows, columns=["channel", "store", "ordered_at", "paid_amount"])
    moved = frame.store.isin(STORES[:8]) & (frame.ordered_at >= FIRST + pd.Timedelta(days=100))
    frame.loc[moved, "paid_amount"] *= 1 + lift
    return frame.round({"paid_amount": 2})


@pytest.mark.parametrize(("lift", "expected"), [(-0.1, 1), (0.3, 0)])
def test_training_is_called_useless_only_where_an_effect_can_be_ruled_out(lift, expected):
    course = {"topic": "话术", "date": date(2024, 4, 10), "stores": ",".join(STORES[:8])}
    frames = {"order_lines": invent_sales(1, lift), "stores": pd.DataFrame({"store": STORES})}
    section = ask("stores.training", open_client(frames, brief=Brief(answers={"training": (course,)})))
    assert len(section.findings) == expected
    assert section.status == "computed"


def test_stores_that_opened_after_a_training_are_left_out_and_told():
    course = {"topic": "话术", "date": date(2024, 4, 10), "stores": ",".join(STORES[:8])}
    sales = invent_sales(1, 0.3)
    late = FIRST + pd.Timedelta(days=100)
    opened = [sales[(sales.store == "S15") & (sales.ordered_at >= late)].assign(store=f"N{n}") for n in range(20)]
    stores = pd.DataFrame({"store": [*STORES, *(f"N{n}" for n in range(20))]})
    frames = {"order_lines": pd.concat([sales, *opened]), "stores": stores}
    section = ask("stores.training", open_client(frames, brief=Brief(answers={"training": (course,)})))
    assert section.findings == ()
    assert "8 against 8 stores" in section.answer.en
    assert any("20 for “话术”" in said.en and "「话术」20 家" in said.zh for said in section.caveats)


def test_groups_that_join_campaigns_are_told_without_statistics_of_staff():
    day = FIRST + pd.Timedelta(days=DAYS - 5)
    tasks = {"day": day, "task": "t", "kind": "转发", "staff": ["a", "b"], "done": [True, False]}
    frames = {
        "groups": pd.DataFrame({"group": ["g1", "g2"], "owner": ["a", "b"], "store": ["A", "B"]}),
        "staff_tasks": pd.DataFrame(tasks),
    }
    section = ask("stores.activation", frames, drawn=True)
    assert section.answer.en.startswith("In 1 tasks of the brand 50.0% of store group owners took part")
    assert set(section.lacking) == {"000-36", "002-32"}


def test_a_single_row_of_everything_is_survived():
    contacts, touches, lines = invent_contacts(1)
    client = open_client(
        {
            "staff_days": invent_staff(1).head(1),
            "group_days": invent_groups(1).head(1),
            "contacts": contacts.head(1),
            "touches": touches.head(1),
            "order_lines": lines.head(1),
        }
    )
    for name in (*STAFF_CHECKS, *GROUP_CHECKS, "service.adds", "service.load", "risk.assets"):
        assert ask(name, client, drawn=True).status in {"computed", "not_computable"}


def test_empty_tables_are_an_outcome():
    frames = {
        "staff_days": invent_staff(1).head(0),
        "group_days": invent_groups(1).head(0),
        "contacts": invent_contacts(1)[0].head(0),
    }
    client = open_client(frames)
    for name in (*STAFF_CHECKS, *GROUP_CHECKS, "service.adds", "service.load", "stores.league"):
        assert ask(name, client).status == "not_computable"
