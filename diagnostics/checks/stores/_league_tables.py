"""The tables of the question on store targets: cities and stores by achievement, follow-up, league and split."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pandas as pd

from diagnostics.checks.stores import _league_words, _target_words
from diagnostics.model.section import Exhibit, Field, interval_fields
from diagnostics.model.wording import Text

if TYPE_CHECKING:
    from diagnostics.checks.stores._league import League

BOTTOM = 10
STORE = Field(name="store", label=Text(zh="门店", en="Store"))
CITY = Field(name="city", label=Text(zh="城市", en="City"))
ACHIEVED = Field(name="achieved", label=Text(zh="本期达成率", en="Achieved in the period"), unit="share")


def tabulate_targets(
    metric: Literal["sales", "adds"], stores: pd.DataFrame, cities: pd.DataFrame, shortfall: float
) -> tuple[Exhibit, ...]:
    """The cities, the stores furthest below, and all stores; what holds no row is left out."""
    unit: Literal["money", "count"] = "money" if metric == "sales" else "count"
    sums = (
        Field(name="target", label=Text(zh="目标", en="Target"), unit=unit),
        Field(name="actual", label=Text(zh="实际", en="Actual"), unit=unit),
        Field(name="achieved", label=Text(zh="达成率", en="Achieved"), unit="share"),
    )
    city_fields = (
        CITY,
        Field(name="stores", label=Text(zh="门店数", en="Stores"), unit="count"),
        *sums,
        *interval_fields("share"),
    )
    store_fields = (
        Field(name="rank", label=Text(zh="名次", en="Rank"), unit="count"),
        STORE,
        CITY,
        *sums,
        Field(name="months", label=Text(zh="计入月数", en="Months counted"), unit="count"),
    )
    bottom = stores[stores.achieved < shortfall].sort_values(["achieved", "store"], ignore_index=True).head(BOTTOM)
    shown = (
        ("cities", Text(zh="{metric}：城市汇总", en="Cities against their {metric} target"), city_fields, cities),
        (
            "bottom",
            Text(zh="{metric}：末位门店", en="Stores furthest below their {metric} target"),
            store_fields,
            bottom,
        ),
        ("league", Text(zh="{metric}：门店榜", en="League of stores by {metric} target"), store_fields, stores),
    )
    name = _target_words.METRIC_NAMES[metric]
    return tuple(
        Exhibit(name=f"{kind}_{metric}", title=title.fill(metric=name), fields=fields, frame=frame)
        for kind, title, fields, frame in shown
        if len(frame)
    )


def tabulate_league(league: League) -> tuple[Exhibit, ...]:
    """Who is to follow up, the league with its movers, and the split of the target where there is one."""
    shown = (_show_follow_up(league.stores), _show_movers(league.stores))
    return (*shown, _show_split(league.stores)) if league.has_split else shown


def _show_follow_up(stores: pd.DataFrame) -> Exhibit:
    behind = stores[stores.behind > 0].sort_values(["behind", "achieved"], ascending=[False, True], ignore_index=True)
    levels = [_league_words.LEVELS[min(int(months), max(_league_words.LEVELS))] for months in behind.behind]
    fields = (
        STORE,
        CITY,
        Field(name="region", label=Text(zh="大区", en="Region")),
        Field(name="behind", label=Text(zh="连续落后月数", en="Months behind in a row"), unit="count"),
        ACHIEVED,
        Field(name="level", label=Text(zh="由谁跟进", en="Followed up by")),
    )
    frame = behind.assign(level=pd.Series(levels, index=behind.index, dtype=object))
    title = Text(zh="末位督促清单", en="Whom to follow up, and by whom")
    return Exhibit(name="escalation", title=title, fields=fields, frame=frame)


def _show_movers(stores: pd.DataFrame) -> Exhibit:
    fields = (
        Field(name="rank", label=Text(zh="名次", en="Place"), unit="count"),
        Field(name="moved", label=Text(zh="名次上升（负为下降）", en="Places up (minus: down)"), unit="count"),
        STORE,
        CITY,
        ACHIEVED,
        Field(name="actual", label=Text(zh="实际", en="Actual"), unit="money"),
    )
    title = Text(
        zh="门店榜与升降（近 3 个月对之前 3 个月）", en="League and movers, last 3 months against the 3 before"
    )
    frame = stores.sort_values(["rank", "store"], ignore_index=True)
    return Exhibit(name="league", title=title, fields=fields, frame=frame)


def _show_split(stores: pd.DataFrame) -> Exhibit:
    fields = (
        STORE,
        CITY,
        Field(name="target", label=Text(zh="现行目标", en="Present target"), unit="money"),
        Field(name="split", label=Text(zh="方法值", en="By the method"), unit="money"),
        Field(name="difference", label=Text(zh="现行高于方法", en="Present above the method"), unit="share"),
    )
    title = Text(zh="目标拆解（按方法与现行）", en="The target split by the method, and as it is")
    frame = stores.sort_values("difference", ascending=False, ignore_index=True)
    return Exhibit(name="split", title=title, fields=fields, frame=frame)
