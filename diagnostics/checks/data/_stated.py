"""Each figure that the requirement sheet states, beside what the data say of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.model.names import name_channel
from diagnostics.model.wording import Text, name_verbatim, shorten
from diagnostics.statistics.claims import LEAST_OBSERVED
from diagnostics.statistics.cycle import find_shop_cycle
from diagnostics.statistics.proportions import wilson

if TYPE_CHECKING:
    from collections.abc import Iterator

    from diagnostics.checks.check import Replies
    from diagnostics.model.brief import Brief

# The answers that hold such figures.
STATED = (
    "annual_gmv",
    "aov_stated",
    "purchase_frequency",
    "repurchase_cycle_days",
    "pd_gmv_share",
    "store_count",
    "goals",
    "main_channels",
    "categories",
    "containers",
    "tiers",
)
LONGEST_NAME = 16


@dataclass(frozen=True, kw_only=True)
class Claim:
    """One stated figure beside the measured one; `limit` names the limit that judges it, `kind` the question."""

    name: Text
    kind: str
    unit: str
    limit: str
    stated: float
    measured: float
    n: int
    interval: tuple[float, float] | None = None

    @property
    def ratio(self) -> float:
        """Stated over measured; infinite where nothing was measured."""
        return self.stated / self.measured if self.measured else float("inf")


def list_stated(replies: Replies, *, yearly: float, is_year: bool) -> tuple[Claim, ...]:
    """Every figure that the sheet states and the data tell; `yearly` scales the period to a year."""
    brief = replies.engagement.brief
    return (
        *_claim_totals(brief, replies["totals"].iloc[0], yearly, is_year=is_year),
        *_claim_channels(brief, replies["channels"]),
        *_claim_categories(brief, replies),
        *_claim_cycle(brief, replies),
        *_claim_counts(brief, replies),
    )


def _claim_totals(brief: Brief, totals: pd.Series, yearly: float, *, is_year: bool) -> Iterator[Claim]:
    gmv, orders, buyers = float(totals.gmv), int(totals.orders), int(totals.buyers)
    stated = brief.number("annual_gmv")
    if stated and orders:
        name = Text(zh="年GMV", en="Annual GMV")
        yield Claim(
            name=name, kind="gmv", unit="money", limit="counted_gap", stated=stated, measured=gmv * yearly, n=orders
        )
    stated = brief.number("aov_stated")
    if stated and orders:
        name = Text(zh="客单价", en="Spend per order")
        yield Claim(
            name=name, kind="ticket", unit="price", limit="estimate_gap", stated=stated, measured=gmv / orders, n=orders
        )
    if not is_year or not buyers:
        return
    stated = brief.number("purchase_frequency")
    if stated:
        name, measured = Text(zh="年购买频次", en="Orders per buyer a year"), float(totals.orders_known) / buyers
        yield Claim(
            name=name, kind="frequency", unit="number", limit="estimate_gap", stated=stated, measured=measured, n=buyers
        )
    goal = next((row for row in brief.rows("goals") if row.get("metric") == "repurchase_user"), {})
    baseline = goal.get("baseline")
    if isinstance(baseline, float) and 0 < baseline < 1:
        name, repeat = Text(zh="复购率（目标的现值）", en="Repeat rate (a goal's baseline)"), int(totals.repeat_buyers)
        yield Claim(
            name=name,
            kind="repeat",
            unit="share",
            limit="share_points",
            stated=baseline,
            measured=repeat / buyers,
            n=buyers,
            interval=_interval(repeat, buyers),
        )


def _claim_channels(brief: Brief, channels: pd.DataFrame) -> Iterator[Claim]:
    rows = {str(row["channel"]): row for row in channels.to_dict("records")}
    total = float(channels.gmv.sum())
    for row in brief.rows("main_channels"):
        channel = str(row.get("channel", ""))
        name = name_channel(channel)
        share, new = row.get("gmv_share"), row.get("new_customer_share")
        seen = rows.get(channel)
        if isinstance(share, float) and total > 0:
            measured = float(seen["gmv"]) / total if seen is not None else 0.0
            yield Claim(
                name=Text(zh="{name}的GMV占比", en="{name}: share of GMV").fill(name=name),
                kind="share",
                unit="share",
                limit="share_points",
                stated=share,
                measured=measured,
                n=int(channels.orders.sum()),
            )
        if isinstance(new, float) and seen is not None and pd.notna(seen["new_buyers"]) and seen["buyers"] > 0:
            yield Claim(
                name=Text(zh="{name}的新客占比", en="{name}: share of new customers").fill(name=name),
                kind="new",
                unit="share",
                limit="share_points",
                stated=new,
                measured=float(seen["new_buyers"]) / float(seen["buyers"]),
                n=int(seen["buyers"]),
                interval=_interval(int(seen["new_buyers"]), int(seen["buyers"])),
            )


def _claim_categories(brief: Brief, replies: Replies) -> Iterator[Claim]:
    if "categories" not in replies:
        return
    frame = replies["categories"].dropna(subset="category")
    sums = dict(zip(frame.category.astype(str), frame.gmv.astype(float), strict=True))
    total = sum(sums.values())
    for row in brief.rows("categories"):
        category, share = str(row.get("name", "")), row.get("gmv_share")
        if category in sums and isinstance(share, float) and total > 0:
            shown = name_verbatim(shorten(category, LONGEST_NAME))
            yield Claim(
                name=Text(zh="品类{name}的GMV占比", en="Category {name}: share of GMV").fill(name=shown),
                kind="share",
                unit="share",
                limit="share_points",
                stated=share,
                measured=sums[category] / total,
                n=int(replies["totals"].orders.iloc[0]),
            )


def _claim_cycle(brief: Brief, replies: Replies) -> Iterator[Claim]:
    stated = brief.number("repurchase_cycle_days")
    if not stated or "gaps" not in replies:
        return
    cycle = find_shop_cycle(replies["gaps"])
    if cycle is not None:
        yield Claim(
            name=Text(zh="复购周期", en="Repeat cycle"),
            kind="cycle",
            unit="days",
            limit="estimate_gap",
            stated=stated,
            measured=cycle.median,
            n=cycle.gaps,
            interval=(cycle.median_low, cycle.median_high),
        )


def _claim_counts(brief: Brief, replies: Replies) -> Iterator[Claim]:
    wecom = [row.get("users") for row in brief.rows("containers") if row.get("type") == "wecom"]
    shops = [row.get("shop_count") for row in brief.rows("main_channels") if row.get("channel") == "store"]
    members = [row.get("members") for row in brief.rows("tiers")]
    stores = brief.number("store_count")
    counted = (
        ("stores", Text(zh="门店数", en="Stores"), stores if stores is not None else _add(shops)),
        ("contacts", Text(zh="企微好友数", en="WeCom contacts"), _add(wecom)),
        ("members", Text(zh="会员数", en="Members"), _add(members)),
    )
    for frame, name, stated in counted:
        if stated and frame in replies and int(replies[frame][frame].iloc[0]):
            measured = int(replies[frame][frame].iloc[0])
            # A count of a register is no sample: however few, it can be held against the stated one.
            n = max(measured, LEAST_OBSERVED)
            yield Claim(
                name=name, kind="count", unit="count", limit="counted_gap", stated=stated, measured=measured, n=n
            )
    share = brief.number("pd_gmv_share")
    told = replies["private"].iloc[0] if "private" in replies else None
    if share and told is not None and told.gmv and told.gmv > 0:
        yield Claim(
            name=Text(zh="私域GMV占比", en="Private-domain share of GMV"),
            kind="private",
            unit="share",
            limit="share_points",
            stated=share,
            measured=float(told.private or 0.0) / float(told.gmv),
            n=int(told.orders),
        )


def _add(values: list[object]) -> float | None:
    numbers = [float(value) for value in values if isinstance(value, int | float)]
    return sum(numbers) if numbers else None


def _interval(count: int, n: int) -> tuple[float, float]:
    low, high = wilson(count, n)
    return float(low), float(high)
