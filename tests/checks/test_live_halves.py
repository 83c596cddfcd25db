"""Questions on live sessions answer as much as the delivered tables tell."""

import pandas as pd

from tests.checks.care_world import DAYS, FIRST, ask, find

# Two anchors take turns for two hours each: a sells for 1,000 or 1,100, b for half.
SESSIONS = pd.DataFrame(
    {
        "session": [f"s{place:02}" for place in range(24)],
        "channel": "douyin",
        "anchor": ["ab"[place % 2] for place in range(24)],
        "starts_at": [FIRST + pd.Timedelta(days=place, hours=20) for place in range(24)],
        "minutes": 120,
        "paid_amount": [(1000 + 100 * (place // 2 % 2)) / (1 + place % 2) for place in range(24)],
    }
)
SHIFTS = pd.DataFrame({"starts_at": SESSIONS.starts_at[::2], "ends_at": SESSIONS.starts_at[::2], "cost": 100.0})
COUNTS = {"exposed": 10_000, "viewers": 2_000, "buyers": 100}


def test_hours_are_told_where_no_funnel_is_reported():
    section = ask("live.funnel", {"live_sessions": SESSIONS, "live_shifts": SHIFTS}, drawn=True)
    # a sells 12,600 in 24 hours, b 6,300 in 24; the shifts of a cost 1,200.
    assert section.answer.en.startswith("2 anchors bring CNY 262.50 to CNY 525.00 an hour")
    assert section.answer.en.endswith("shift spend is 9.5% of sales.")
    assert set(section.lacking) == {"001-56", "001-78"}
    assert find(section) == []


def test_the_funnel_is_told_where_no_anchor_is():
    section = ask("live.funnel", {"live_sessions": SESSIONS.drop(columns=["anchor", "minutes"]).assign(**COUNTS)})
    assert "exposed to viewers 20.0%" in section.answer.en
    assert set(section.lacking) == {"000-52"}


def test_a_leak_is_raised_without_money_where_no_session_reports_any():
    clicks = [100 if place % 2 else 300 for place in range(48)]
    days = [FIRST + pd.Timedelta(days=3 * place, hours=20) for place in range(48)]
    frame = pd.DataFrame({"session": [f"s{place:02}" for place in range(48)], "channel": "douyin", "starts_at": days})
    frame = frame.assign(anchor=["ab"[place % 2] for place in range(48)], viewers=10_000, buyers=clicks)
    silent = ask("live.funnel", {"live_sessions": frame}, drawn=True)
    assert [finding.scope["staff"] for finding in silent.findings] == ["b"]
    (finding,) = silent.findings
    assert (finding.impact, finding.severity) == (None, "medium")
    assert finding.title.en.endswith("the other sessions say 3.0%")
    told = ask("live.funnel", {"live_sessions": frame.assign(paid_amount=[50.0 * count for count in clicks])})
    assert "of sales missed" in told.findings[0].title.en


def test_sessions_that_tell_neither_are_an_outcome():
    assert ask("live.funnel", {"live_sessions": SESSIONS.drop(columns="anchor")}).status == "not_computable"


LAST = FIRST + pd.Timedelta(days=DAYS - 9)
# Of 40 buyers tagged dry 30 bought cream, of 40 tagged oily 10 did; all others bought cleanser.
TAGS = {"dry": 30, "oily": 10}
BUYERS = [(f"{tag}{i}", tag, "cream" if i < cream else "cleanser") for tag, cream in TAGS.items() for i in range(40)]
PEOPLE = pd.DataFrame(BUYERS, columns=["customer", "tags", "product"])
ORDERS = PEOPLE.drop(columns="tags").assign(session="L1", channel="taobao", order_id=PEOPLE.customer, paid_at=LAST)
CONTACTS = PEOPLE.drop(columns="product").assign(contact=PEOPLE.customer)
VIEWERS = pd.DataFrame({"session": "L1", "day": LAST, "customer": ["u", "v", "w"], "inviter": ["a", "a", None]})


BROUGHT = {"000-54", "000-55", "001-53", "001-55"}
# Sessions a day apart: on Douyin x and y watch all eight and z every other one, in the mini program x watches all.
FAITHFUL = pd.DataFrame(
    [
        {"channel": channel, "session": "L", "day": LAST - pd.Timedelta(days=ago), "customer": who}
        for channel, watching in (("douyin", {"x": 1, "y": 1, "z": 2}), ("miniprogram", {"x": 1}))
        for who, every in watching.items()
        for ago in range(0, 8, every)
    ]
)


def test_tastes_are_told_where_nobody_is_known_to_have_invited():
    section = ask("live.carry_over", {"live_orders": ORDERS, "contacts": CONTACTS}, drawn=True)
    assert "“dry” buying cream (75.0%, others 25.0%)" in section.answer.en
    assert set(section.lacking) == BROUGHT | {"001-54"}


def test_who_brought_viewers_is_told_without_orders():
    section = ask("live.carry_over", {"live_viewers": VIEWERS}, drawn=True)
    assert section.answer.en.startswith("Staff brought 66.7% of known viewers; 1 took part")
    assert set(section.lacking) == {"000-53", "001-54"}
    assert "(1 so far)" in section.lacking["001-54"].en


def test_who_comes_back_is_told_where_nobody_is_known_to_have_invited_or_ordered():
    section = ask("live.carry_over", {"live_viewers": FAITHFUL}, drawn=True)
    # Of the 17 viewings on Douyin that a session followed, x and y come to the next from seven each, z from none of 3.
    assert section.answer.en.startswith("Douyin: 82.4% of a session's viewers come to the next (interval ")
    assert "%), 100.0% to one of the next three (7 sessions, 17 viewings); without member lists" in section.answer.en
    assert "; Mini-program: 100.0% come to the next (interval " in section.answer.en
    assert set(section.lacking) == BROUGHT | {"000-53"}
    assert [reading.metric for reading in section.readings] == ["carry", "carry"]


def test_a_channel_that_nobody_returns_to_is_told_beside_the_others():
    watched = [("douyin", f"d{place}", ago) for ago in range(8) for place in range(50)]
    watched += [("wecom", f"w{ago}-{place}", ago) for ago in range(8) for place in range(50)]
    viewers = pd.DataFrame(watched, columns=["channel", "customer", "ago"])
    viewers = viewers.assign(session="L", day=LAST - pd.to_timedelta(viewers.ago, unit="D")).drop(columns="ago")
    [finding] = ask("live.carry_over", {"live_viewers": viewers}).findings
    assert finding.title.en == (
        "WeCom live: only 0.0% of viewers come to the next session, where the client's other channels keep 100.0%"
    )


def test_all_that_viewers_tell_is_said_in_three_sentences():
    viewers = pd.concat([VIEWERS, FAITHFUL.assign(inviter="a")], ignore_index=True)
    members = pd.DataFrame({"group": ["g"], "customer": ["v"], "joined_at": [LAST]})
    client = {"live_viewers": viewers, "live_orders": ORDERS, "contacts": CONTACTS, "group_members": members}
    section = ask("live.carry_over", client)
    assert section.answer.zh.count("。") == section.answer.en.count(". ") + 1 == 3
    assert section.lacking == {}


def test_live_tables_that_tell_nothing_of_viewers_are_an_outcome():
    assert ask("live.carry_over", {"live_viewers": VIEWERS.assign(inviter=None)}).status == "not_computable"
