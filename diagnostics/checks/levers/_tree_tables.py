"""The tables of the lever tree: the bridge, its terms by channel, spend per order and the levels themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.model.names import LEVERS, name_channel
from diagnostics.model.section import Exhibit, Field, interval_fields
from diagnostics.model.wording import Text, word_number, word_period
from diagnostics.statistics.lever_tree import BASKET

if TYPE_CHECKING:
    from diagnostics.model.period import Horizon
    from diagnostics.statistics.lever_levels import Level
    from diagnostics.statistics.lever_tree import LeverTree, Term

REST = Text(zh="其余渠道（{n} 个）", en="Other channels ({n})")
OTHER_NOTE = Text(
    zh="笔单价一列含件数、价格与折扣。其他项 = 无身份客户的销售、没有客户身份的渠道的订单数、新增与停止的渠道。",
    en="Spend per order holds items, price and discount. Other terms: sales without a known customer, orders of "
    "channels that know none, channels that entered or left.",
)
SPEND, OTHER = "spend", "other"
# Rare terms share a column, so that the way from one GMV to the other stays readable.
FOLDED = dict.fromkeys((*BASKET, "discount"), SPEND) | dict.fromkeys(("orders", "unknown", "entered", "left"), OTHER)
COLUMNS = LEVERS | {SPEND: LEVERS["basket"], OTHER: Text(zh="其他项", en="Other terms")}
MOST_ROWS = 12
MOST_FACTORS = 6
MOST_TERMS = 15
CHANNEL = Field(name="channel", label=Text(zh="渠道", en="Channel"), unit="channel")
EFFECT = (
    Field(name="effect", label=Text(zh="对 GMV 的影响", en="Effect on GMV"), unit="money"),
    *interval_fields("money"),
)


def order_totals(tree: LeverTree) -> list[Term]:
    """The terms over all channels that are not zero, in the order of the levers."""
    place = {lever: place for place, lever in enumerate(LEVERS)}
    return sorted((term for term in tree.totals if term.effect), key=lambda term: place[term.lever])


def tabulate_tree(tree: LeverTree, horizon: Horizon) -> tuple[Exhibit, ...]:
    """All tables of the tree."""
    return (
        _tabulate_bridge(tree, horizon),
        _tabulate_channels(tree),
        _tabulate_terms(tree),
        _tabulate_factors(tree),
    )


def _tabulate_bridge(tree: LeverTree, horizon: Horizon) -> Exhibit:
    rows = [
        {"lever": LEVERS[term.lever], "effect": term.effect, "low": term.low, "high": term.high}
        for term in order_totals(tree)
    ]
    bridge = pd.DataFrame(rows, columns=["lever", "effect", "low", "high"])
    bridge["share"] = bridge.effect / tree.before if tree.before > 0 else None
    periods = [period for period in (horizon.previous, horizon.current) if period is not None]
    before, after = (word_period(period.start, period.end) for period in periods)
    note = Text(zh="上期 {before}，本期 {after}。", en="Previous period {before}, current period {after}.")
    return Exhibit(
        name="bridge",
        title=Text(zh="GMV 变化的构成", en="What the change of GMV is made of"),
        fields=(
            Field(name="lever", label=Text(zh="杠杆", en="Lever")),
            *EFFECT,
            Field(name="share", label=Text(zh="占上期 GMV", en="Share of previous GMV"), unit="share"),
        ),
        frame=bridge,
        note=note.fill(before=before, after=after),
    )


def _tabulate_channels(tree: LeverTree) -> Exhibit:
    """Channels by what they moved; the small ones are folded into one row."""
    rows: dict[str, dict[str, float]] = {channel: {"before": 0.0, "after": 0.0} for channel in tree.keyed}
    for level in tree.levels:
        rows[level.channel]["after" if level.is_current else "before"] += level.gmv
    for term in tree.terms:
        row, column = rows[term.channel], FOLDED.get(term.lever, term.lever)
        row[column] = row.get(column, 0.0) + term.effect
    order = sorted(rows, key=lambda channel: -max(rows[channel]["before"], rows[channel]["after"]))
    shown = pd.DataFrame([rows[channel] for channel in order[:MOST_ROWS]])
    names = [name_channel(channel) for channel in order[:MOST_ROWS]]
    if rest := order[MOST_ROWS:]:
        folded = pd.DataFrame([rows[channel] for channel in rest]).sum(min_count=1)
        shown = pd.concat([shown, folded.to_frame().T], ignore_index=True)
        names.append(REST.fill(n=word_number(len(rest))))
    shown["channel"] = pd.Series(names, dtype=object)
    levers = [lever for lever in ("users", "conversion", "buyers", "frequency", SPEND, OTHER) if lever in shown]
    if "kept" in shown and shown.kept.any():  # of GMV before refunds everything is kept
        levers.insert(-1 if OTHER in levers else len(levers), "kept")
    fields = (
        Field(name="channel", label=CHANNEL.label),
        Field(name="before", label=Text(zh="上期 GMV", en="GMV before"), unit="money"),
        *(Field(name=lever, label=COLUMNS[lever], unit="money") for lever in levers),
        Field(name="after", label=Text(zh="本期 GMV", en="GMV now"), unit="money"),
    )
    title = Text(zh="各渠道、各杠杆对 GMV 变化的影响", en="Effect on GMV by channel and lever")
    return Exhibit(name="channels", title=title, fields=fields, frame=shown, note=OTHER_NOTE)


def _tabulate_terms(tree: LeverTree) -> Exhibit:
    """The terms of single channels that moved most, at full depth, with their intervals."""
    largest = sorted((term for term in tree.terms if term.effect), key=lambda term: -abs(term.effect))[:MOST_TERMS]
    rows = [
        {
            "channel": term.channel,
            "lever": LEVERS[term.lever],
            "effect": term.effect,
            "low": term.low,
            "high": term.high,
        }
        for term in largest
    ]
    fields = (CHANNEL, Field(name="lever", label=Text(zh="杠杆", en="Lever")), *EFFECT)
    title = Text(zh="影响最大的单项（渠道 × 杠杆）", en="Largest single terms, channel by lever")
    return Exhibit(name="terms", title=title, fields=fields, frame=pd.DataFrame(rows))


def _tabulate_factors(tree: LeverTree) -> Exhibit:
    """The levers themselves, before and after, of the largest channels."""
    known = [level for level in tree.levels if level.depth != "unknown" and level.orders]
    size = {channel: sum(level.gmv for level in known if level.channel == channel) for channel in tree.keyed}
    order = sorted(size, key=lambda channel: -size[channel])[:MOST_FACTORS]
    shown = sorted(
        (level for level in known if level.channel in order),
        key=lambda level: (order.index(level.channel), level.depth, level.is_current),
    )
    fields = (
        CHANNEL,
        Field(name="period", label=Text(zh="时期", en="Period")),
        Field(name="visitors", label=LEVERS["users"], unit="count"),
        Field(name="conversion", label=LEVERS["conversion"], unit="share", digits=2),
        Field(name="people", label=LEVERS["buyers"], unit="count"),
        Field(name="frequency", label=LEVERS["frequency"], unit="number", digits=2),
        Field(name="items", label=LEVERS["items"], unit="number", digits=2),
        Field(
            name="price", label=Text(zh="件均标价（无标价为实付）", en="List price per item (else paid)"), unit="price"
        ),
        Field(name="discount", label=Text(zh="折扣深度", en="Discount"), unit="share"),
        Field(name="basket", label=LEVERS["basket"], unit="price"),
        *([Field(name="kept", label=LEVERS["kept"], unit="share")] if any(level.kept != 1 for level in shown) else []),
    )
    title = Text(zh="各渠道的杠杆水平", en="The levers by channel")
    note = Text(
        zh="有流量的渠道，人均订单数为每位月度买家的订单数；空格为数据未给出的层级。",
        en="In channels with traffic, orders per buyer are per buyer and month; empty cells are levels that the data "
        "don't reach.",
    )
    frame = pd.DataFrame([_tabulate_level(level) for level in shown])
    return Exhibit(name="factors", title=title, fields=fields, frame=frame, note=note)


def _tabulate_level(level: Level) -> dict[str, object]:
    has_visitors, has_buyers = level.depth == "traffic", level.depth != "orders"
    is_listed = level.money == "listed"
    return {
        "channel": level.channel,
        "period": Text(zh="本期", en="Now") if level.is_current else Text(zh="上期", en="Before"),
        "visitors": level.users if has_visitors else None,
        "conversion": level.conversion if has_visitors else None,
        "people": level.buyers if has_buyers else None,
        "frequency": level.frequency if has_buyers else None,
        "items": level.items if level.money != "spend" else None,
        "price": level.price if level.money != "spend" else None,
        "discount": 1 - level.charged if is_listed else None,
        "basket": level.basket,
        "kept": level.kept,
    }
