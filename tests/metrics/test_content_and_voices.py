"""Posts, answers to touches, words of reviews and time spent agree with a recount in pandas."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from diagnostics.metrics.engaged_time import compare_players, count_quadrants, find_middle_spend, total_people
from diagnostics.metrics.feedback_topics import build_topics, count_topics, mark_feedback
from diagnostics.metrics.lines import value_lines
from diagnostics.metrics.post_kinds import count_months, list_posts, total_days, total_kinds
from diagnostics.metrics.touch_kinds import find_sources, label_touches, total_answers
from diagnostics.metrics.touch_load import mark_loads
from diagnostics.model.period import Period
from diagnostics.workbook.engine import connect, fetch, open_frames
from tests.metrics.invented import invent_lines

YEAR = Period(start=date(2024, 1, 1), end=date(2025, 1, 1))


@pytest.mark.parametrize(
    ("words", "score", "bad", "said", "complained"),
    [
        ("物流太慢了，东西不错", None, 1, {"delivery"}, {"delivery"}),
        ("不贵，很喜欢", None, 0, set(), set()),
        ("有点贵", None, 1, {"price"}, {"price"}),
        ("客服态度差；包装很好", None, 1, {"service", "packing"}, {"service"}),
        ("别家的更好用", 5, 0, {"effect", "rival"}, set()),
        ("一般", 1, 1, set(), set()),
    ],
)
def test_topics_and_complaints_are_told_by_clause(words, score, bad, said, complained):
    # A second text keeps the column of scores numeric; it says nothing of any topic.
    frame = pd.DataFrame({"day": ["2024-01-01"] * 2, "words": [words, "嗯"], "score": [score, 5.0]})
    topics = build_topics(["甲牌"])
    row = fetch(
        count_topics(mark_feedback(open_frames(connect(), {"feedback": frame})["feedback"], topics), topics)
    ).iloc[0]
    assert row.bad == bad
    assert {topic for topic in topics if row[f"{topic}_said"]} == said
    assert {topic for topic in topics if row[f"{topic}_bad"]} == complained


def test_a_post_counts_once_with_its_last_day():
    frame = pd.DataFrame(
        [
            ("a", "公众号攻略", "2024-03-01", "2024-03-02", 100, 50, 4, 1),
            ("a", "公众号攻略", "2024-03-01", "2024-03-08", 100, 80, 8, 2),
            ("b", "会员日提前通知", "2024-03-01", "2024-03-08", None, 40, 1, None),
            ("c", "随便写写", "2024-04-01", "2024-04-08", 90, 30, None, None),
            ("d", "新品上新", "2023-12-31", "2024-04-08", 90, 30, 1, 1),
        ],
        columns=["post", "title", "published_on", "day", "reached", "readers", "sharers", "savers"],
    ).assign(channel="official_account")
    listed = list_posts(open_frames(connect(), {"posts": frame})["posts"], YEAR)
    kinds = fetch(total_kinds(listed)).set_index("kind")
    assert set(kinds.index) == {"advice", "service", "other"}
    assert (kinds.x["advice"], kinds.w["advice"], kinds.opened["advice"]) == (10, 80, 80)
    assert (kinds.x["service"], kinds.w["service"], kinds.n["other"]) == (1, 40, 0)
    days = fetch(total_days(listed)).set_index("load")
    assert (days.n[2], days.x[2], days.w[2], days.xw[2]) == (1, 11, 120, 11 * 120)
    assert fetch(count_months(listed)).posts.sum() == 3


def test_answers_by_kind_and_source_agree():
    rng = np.random.default_rng(5)
    touches = pd.DataFrame(
        {
            "customer": [f"c{number}" for number in rng.integers(0, 40, 400)],
            "touched_at": pd.Timestamp("2024-01-01") + pd.to_timedelta(rng.integers(0, 300, 400), unit="D"),
            "kind": rng.choice(["advice", "offer"], 400),
            "answered": rng.random(400) < 0.3,
        }
    )
    customers = pd.DataFrame(
        {"customer": [f"c{number}" for number in range(30)], "channel": "youzan", "source": ["门店", "抖音", None] * 10}
    )
    tables = open_frames(connect(), {"touches": touches, "customers": customers})
    marked = mark_loads(tables["touches"], YEAR.start, YEAR.end, None)
    found = fetch(total_answers(label_touches(marked, find_sources(tables["customers"])), "label"))
    late = touches[touches.touched_at >= "2024-01-31"].merge(customers.dropna(subset=["source"]), on="customer")
    each = late.groupby(["kind", "source", "customer"]).answered.agg(["sum", "size"])
    for (kind, source), own in each.groupby(level=[0, 1]):
        row = found[(found.segment == kind) & (found.label == source)].iloc[0]
        assert (row.n, row.x, row.w) == (len(own), own["sum"].sum(), own["size"].sum())
        assert row.xw == (own["sum"] * own["size"]).sum()


@pytest.mark.parametrize("seed", [1, 2])
def test_time_and_money_agree(seed):
    lines = invent_lines(seed)
    rng = np.random.default_rng(seed)
    events = pd.DataFrame(
        {
            "customer": rng.choice([*lines.customer.dropna().unique(), "x", "y"], 120),
            "happened_at": pd.Timestamp("2023-10-01") + pd.to_timedelta(rng.integers(0, 400, 120), unit="D"),
            "kind": rng.choice(["浏览", "抽奖"], 120),
        }
    )
    tables = open_frames(connect(), {"order_lines": lines, "events": events})
    people = total_people(tables["events"], value_lines(tables["order_lines"], "paid"), YEAR)
    cells = fetch(count_quadrants(people, find_middle_spend(people))).set_index(["often", "much"])

    seen = events[(events.happened_at >= "2024-01-01") & (events.happened_at < "2025-01-01")]
    days = seen.groupby("customer").happened_at.nunique()
    mine = lines[~lines.is_return & lines.customer.notna()]
    now = mine[mine.ordered_at >= "2024-01-01"]
    gmv = now.groupby("customer").paid_amount.sum()
    table = pd.DataFrame({"days": days, "gmv": gmv}).fillna(0)
    middle = np.quantile(gmv, 0.5, method="inverted_cdf")
    for (often, much), own in table.groupby([table.days >= 2, table.gmv >= middle]):
        assert cells.people[(often, much)] == len(own)
        assert cells.gmv[(often, much)] == pytest.approx(own.gmv.sum())

    players = set(seen[seen.kind == "抽奖"].customer)
    before = set(mine[mine.ordered_at < "2024-01-01"].customer)
    found = fetch(compare_players(people)).set_index(["played", "was_buyer"])
    for (played, earlier), row in found.iterrows():
        own = {one for one in days.index if (one in players) == bool(played) and (one in before) == bool(earlier)}
        assert row.people == len(own)
        assert row.bought == len(own & set(gmv.index))
        assert row.days == days[list(own)].sum()
