"""The league of stores, their targets beside a split by a stated method, and who is to follow up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.charts.axes import scale_share
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.limits import find_limits
from diagnostics.checks.stores import _league_words as say
from diagnostics.metrics.store_staff import describe_stores
from diagnostics.metrics.stores import follow_targets, total_store_sales
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import Text, shorten, word_number, word_percent
from diagnostics.statistics.target_split import split_target

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

MOVED_MONTHS = 3
MOST_ROWS = 15
NAME_LENGTH = 18
OFF = 0.2


@dataclass(frozen=True, kw_only=True)
class League:
    """One row a store: city, region, target, actual, achieved, rank, rank_before, behind (months in a row), split."""

    stores: pd.DataFrame
    has_split: bool
    limits: Limits


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for targets and actuals by store and month, sales of the comparison period, and the master."""
    horizon = tables.engagement.horizon
    has_sales = tables.has("order_lines", "store")
    counted = total_store_sales(tables["order_lines"], horizon.current) if has_sales else None
    asked = {
        "months": follow_targets(tables["store_months"], counted, "sales", horizon.current),
        "stores": describe_stores(tables["stores"]),
    }
    if has_sales and horizon.previous is not None:
        before = total_store_sales(tables["order_lines"], horizon.previous)
        asked["base"] = before.group_by("store").agg(base=before.counted.sum())
    return asked


def measure(replies: Replies) -> League | NotComputable:
    """Rank the stores now and before, count months behind, and split the target by size."""
    limits = find_limits("stores.league", LIMITS, replies.engagement)
    months = replies["months"].dropna(subset=["actual", "target"])
    if months.empty:
        return NotComputable(reason=say.NO_TARGETS.fill(metric=say.BASE), unlocked_by=say.UNLOCKED_BY)
    totals = months.groupby("store", as_index=False)[["target", "actual"]].sum()
    stores = totals.merge(replies["stores"][["store", "city", "region"]], on="store", how="left")
    stores = stores.assign(achieved=stores.actual / stores.target)
    times = sorted(months.month.unique())
    for name, chosen in (
        ("rank", times[-MOVED_MONTHS:]),
        ("rank_before", times[-2 * MOVED_MONTHS : -MOVED_MONTHS]),
    ):
        part = months[months.month.isin(chosen)].groupby("store")[["target", "actual"]].sum()
        rank = (part.actual / part.target).rank(method="min", ascending=False)
        stores = stores.assign(**{name: stores.store.map(rank)})
    behind = {str(store): _count_behind(part, limits["below"]) for store, part in months.groupby("store")}
    stores = stores.assign(behind=stores.store.map(behind), moved=stores.rank_before - stores["rank"], split=np.nan)
    has_split = "base" in replies and bool(replies["base"].base.sum() > 0)
    if has_split:
        base = stores.store.map(replies["base"].set_index("store").base).fillna(0.0).clip(lower=0)
        parts = split_target(round(float(stores.target.sum())), base, floor=limits["floor"], cap=limits["cap"])
        stores = stores.assign(split=parts.astype(float))
    stores = stores.assign(difference=stores.target / stores.split.where(stores.split > 0) - 1)
    return League(
        stores=stores.sort_values(["achieved", "store"], ignore_index=True), has_split=has_split, limits=limits
    )


def _count_behind(months: pd.DataFrame, below: float) -> int:
    """Months in a row up to the last in which the store stayed below.

    >>> frame = pd.DataFrame({"month": [1, 2, 3, 4], "target": [10.0] * 4, "actual": [1.0, 10.0, 5.0, 5.0]})
    >>> _count_behind(frame, 0.8)
    2
    """
    short = (months.sort_values("month").actual / months.sort_values("month").target < below).to_numpy()[::-1]
    return len(short) if short.all() else int(np.argmin(short))


def judge(_measured: League, _limits: Limits) -> tuple[Finding, ...]:
    """Nothing is raised here: stores far below their share are `venue.stores`' finding."""
    return ()


def tell(measured: League) -> Text:
    """How many stores are behind, for how long, and how far targets are off the split."""
    stores = measured.stores
    said = say.ANSWER.fill(
        stores=word_number(len(stores)),
        behind=word_number(int((stores.behind > 0).sum())),
        below=word_percent(measured.limits["below"], 0),
        long=word_number(int((stores.behind >= MOVED_MONTHS).sum())),
    )
    off = int((stores.difference.abs() >= OFF).sum())
    tail = say.SPLIT.fill(off=word_number(off)) if measured.has_split else say.NO_SPLIT
    return Text(zh=said.zh + tail.zh, en=said.en + tail.en)


def caveats(_measured: League) -> tuple[Text, ...]:
    """What places depend on."""
    return (say.SHORT_YEAR,)


def tabulate(measured: League) -> tuple[Exhibit, ...]:
    """Who is to follow up, the league with its movers, and the split of the target."""
    store = Field(name="store", label=Text(zh="门店", en="Store"))
    city = Field(name="city", label=Text(zh="城市", en="City"))
    achieved = Field(name="achieved", label=Text(zh="本期达成率", en="Achieved in the period"), unit="share")
    behind = measured.stores[measured.stores.behind > 0].sort_values(
        ["behind", "achieved"], ascending=[False, True], ignore_index=True
    )
    levels = [say.LEVELS[min(int(months), max(say.LEVELS))] for months in behind.behind]
    shown = (
        (
            "escalation",
            Text(zh="末位督促清单", en="Whom to follow up, and by whom"),
            (
                store,
                city,
                Field(name="region", label=Text(zh="大区", en="Region")),
                Field(name="behind", label=Text(zh="连续落后月数", en="Months behind in a row"), unit="count"),
                achieved,
                Field(name="level", label=Text(zh="由谁跟进", en="Followed up by")),
            ),
            behind.assign(level=pd.Series(levels, index=behind.index, dtype=object)),
        ),
        (
            "league",
            Text(
                zh="门店榜与升降（近 3 个月对之前 3 个月）", en="League and movers, last 3 months against the 3 before"
            ),
            (
                Field(name="rank", label=Text(zh="名次", en="Place"), unit="count"),
                Field(name="moved", label=Text(zh="名次上升（负为下降）", en="Places up (minus: down)"), unit="count"),
                store,
                city,
                achieved,
                Field(name="actual", label=Text(zh="实际", en="Actual"), unit="money"),
            ),
            measured.stores.sort_values(["rank", "store"], ignore_index=True),
        ),
        (
            "split",
            Text(zh="目标拆解（按方法与现行）", en="The target split by the method, and as it is"),
            (
                store,
                city,
                Field(name="target", label=Text(zh="现行目标", en="Present target"), unit="money"),
                Field(name="split", label=Text(zh="方法值", en="By the method"), unit="money"),
                Field(name="difference", label=Text(zh="现行高于方法", en="Present above the method"), unit="share"),
            ),
            measured.stores.sort_values("difference", ascending=False, ignore_index=True),
        ),
    )
    return tuple(
        Exhibit(name=name, title=title, fields=fields, frame=frame)
        for name, title, fields, frame in shown
        if name != "split" or measured.has_split
    )


def draw(measured: League, language: Language) -> Figure:
    """The bottom of the league; those behind for three months stand out."""
    bottom = measured.stores.head(MOST_ROWS)
    figure = draw_bars(
        [shorten(str(store), NAME_LENGTH) for store in bottom.store],
        bottom.achieved.tolist(),
        [word_percent(value).en for value in bottom.achieved],
        axis_label=Text(zh="本期目标达成率（最低的门店）", en="Share of target achieved, lowest stores").word(language),
        marked={place for place, months in enumerate(bottom.behind) if months >= MOVED_MONTHS},
        reference=1.0,
        reference_label=Text(zh="目标", en="target").word(language),
    )
    scale_share(figure.axes[0].xaxis)
    return figure


def _limit(name: str, value: float, zh: str, en: str) -> Limit:
    return Limit(name=name, value=value, reason=Text(zh=zh, en=en))


LIMITS = (
    _limit("below", 0.8, "低于目标八成才算落后", "behind is below four fifths of the target"),
    _limit(
        "floor",
        0.5,
        "小店目标不低于平均的一半，否则没有牵引",
        "half an even share, or a small store has nothing to reach for",
    ),
    _limit(
        "cap",
        2.0,
        "大店目标不高于平均的两倍，防止把总部目标压给几家店",
        "twice an even share, or a few stores carry it all",
    ),
)

# January and February; store a reaches 50 % in both months, b and c all of it. The split of 600 goes by January's
# sales of 50, 100 and 100; a, at 20 %, stays within the bounds.
CHECK = Check(
    question=say.QUESTION,
    definition=say.DEFINITION.fill(
        base=say.BASE, floor=word_percent(0.5, 0), cap=word_percent(2.0, 0), below=word_percent(0.8, 0)
    ),
    answers=("000-42", "000-45"),
    finds=(),
    needs=(Need(table="store_months", columns=("target",)), Need(table="stores", columns=("city",))),
    limits=LIMITS,
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    example=Example(
        tables={
            "stores": "store city\na 甲\nb 甲\nc 乙",
            "store_months": "month store metric target\n"
            + "\n".join(f"2024-0{month}-01 {store} sales 100" for month in (1, 2) for store in "abc"),
            "order_lines": "channel store ordered_at paid_amount\n"
            + "\n".join(
                f"store {store} 2024-0{month}-{day} {50 if store == 'a' else 100}"
                for month, day in ((1, "01"), (2, "28"))
                for store in "abc"
            ),
        },
        says="1 of 3 stores",
    ),
    place=30,
)
