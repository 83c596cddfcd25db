"""What customers who left, came, rose and fell did to spend and profit between two periods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_money
from diagnostics.charts.waterfall import Step, draw_waterfall
from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.checks.costing import (
    BLIND,
    PROFIT_RULE,
    Costing,
    begins_blind,
    name_segment,
    read_costing,
    share_customers,
    share_days,
)
from diagnostics.metrics.segments import ALL, CHANNEL, spread_segments
from diagnostics.metrics.two_periods import (
    ABSENT,
    DECILES,
    bridge_buckets,
    bridge_groups,
    count_up_down,
    group_by_profit,
    migrate_deciles,
    pair_periods,
)
from diagnostics.model.section import NO_PREVIOUS, Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import NOTHING, Text, word_money, word_number, word_percent
from diagnostics.statistics.customer_bridge import GROUPS, build_bridge, split_both
from diagnostics.statistics.proportions import wilson

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(
    zh="两期之间，走了谁、来了谁、谁多买谁少买？",
    en="Between the two periods, who left, who came, and who bought more or less?",
)
DEFINITION = (
    Text(
        zh="审计第二镜：有身份的客户，跨渠道合并。流失 = 只在对比期买过；新客 = 首次购买在本期；回来 = 更早买过、对比"
        "期没买"
        "、本期又买；升 = 两期都买且本期消费（利润的桥看利润）不低于对比期，降 = 低于；退款 = 两期都没买，只有退款。",
        en="Second lens of the audit: known customers, over all channels. Lost bought in the comparison period only; "
        "new bought for the first time ever in the current one; back bought earlier, not in the comparison period, "
        "and again now; up bought in both and spend (in the bridge of profit, earn) at least as much, down less; "
        "refunds: bought in neither and only got "
        "money back.",
    )
    + Text(
        zh="各组变动相加即总变动，分毫不差；区间把客户看作抽样（50 组刀切法）。十分位迁移以对比期的分界作两期共同的"
        "分界，所以全体可以一起上移或下移。升降表中「升」指不低于。",
        en="The groups' changes add up to the whole change to the cent; intervals take customers for a sample "
        "(jackknife "
        "of 50 groups). Migration uses the comparison period's cut-offs for both periods, so that the base can rise "
        "or "
        "fall as a whole. In the up/down table up means at least as much.",
    )
    + PROFIT_RULE
)
NO_BUYERS = Text(zh="两期里有一期没有身份已知的买家", en="one of the two periods has no known buyer")
ANSWER = Text(
    zh="对比期的 {before} 位客户中 {kept}（95% 区间 {low} 至 {high}）本期又买；本期 {now} 位客户里，{new} 位是新客"
    "{back}。",
    en="Of {before} customers of the comparison period {kept} bought again (95% interval {low} to {high}); of {now} "
    "customers now, {new} are new{back}.",
)
CAME_BACK = Text(zh="，{n} 位是回来的老客", en=" and {n} came back")
BRIDGE = Text(
    zh="{what}由 {before} 变为 {after}：流失 {lost}，少买 {down}，多买 {up}，{back}新客 {new}。",
    en="{what} went from {before} to {after}: lost {lost}, down {down}, up {up}, {back}new {new}.",
)
BACK_STEP = Text(zh="回来 {money}，", en="back {money}, ")
WHAT = {
    "spend": Text(zh="消费额", en="Spend"),
    "earned": Text(zh="利润", en="Profit"),
}
WHAT_COSTED = Text(zh="利润（成本已知部分）", en="Profit where costs are known")
GROUP_WORDS = {
    "lost": Text(zh="流失的客户", en="Lost"),
    "down": Text(zh="少买的客户", en="Down"),
    "up": Text(zh="多买的客户", en="Up"),
    "back": Text(zh="回来的客户", en="Back"),
    "new": Text(zh="新客", en="New"),
    "returns": Text(zh="只有退款", en="Refunds only"),
}
FACTOR_WORDS = {
    "orders": Text(zh="订单数", en="Orders"),
    "order_value": Text(zh="笔单价", en="Spend per order"),
    "margin": Text(zh="利润率", en="Margin"),
}
UP, DOWN = Text(zh="升", en="up"), Text(zh="降", en="down")
BEFORE, NOW = Text(zh="对比期", en="Comparison period"), Text(zh="本期", en="Current period")
CUSTOMERS = Text(zh="客户数", en="Customers")
CHANGE = Text(zh="变动", en="Change")


@dataclass(frozen=True, kw_only=True)
class TwoPeriods:
    """Bridges by measure (spend, and earned where costs are known), their factors, and the movements of customers.

    Frames are those of `metrics.two_periods` and `statistics.customer_bridge`; `migration` is of the main measure.
    """

    bridges: Mapping[str, pd.DataFrame]
    factors: Mapping[str, pd.DataFrame | None]
    groups: pd.DataFrame
    moves: pd.DataFrame
    migration: pd.DataFrame
    costing: Costing
    before: Costing
    is_blind: bool
    currency: str

    @property
    def main(self) -> str:
        """What is told and drawn: profit where all costs are known in both periods, else spend."""
        return "earned" if self.costing.is_whole and self.before.is_whole else "spend"

    @property
    def sees_back(self) -> bool:
        """Whether customers who come back can be told from new ones."""
        return not self.is_blind or self.count("back") > 0

    def name(self, measure: str) -> Text:
        """What a measure is called, with what it leaves out."""
        return WHAT_COSTED if measure == "earned" and self.main == "spend" else WHAT[measure]

    def count(self, *groups: str) -> int:
        """How many customers some groups hold."""
        rows = self.bridges["spend"]
        return int(rows.customers[rows.group.isin(groups)].sum())


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for groups, up and down, and migration between the compared periods."""
    horizon = tables.engagement.horizon
    if horizon.previous is None:
        return {}
    rows = tables.share(spread_segments(share_days(tables), share_customers(tables), (ALL, CHANNEL)))
    pairs = tables.share(pair_periods(rows, horizon.previous, horizon.current))
    whole = pairs.filter(pairs.kind == ALL)
    by_profit = group_by_profit(whole)
    return {
        "groups": bridge_groups(pairs),
        "buckets": bridge_buckets(pairs),
        "profit_groups": bridge_groups(by_profit),
        "profit_buckets": bridge_buckets(by_profit),
        "moves": count_up_down(pairs),
        "spend": migrate_deciles(whole, "spend"),
        "earned": migrate_deciles(whole, "earned"),
    }


def measure(replies: Replies) -> TwoPeriods | NotComputable:
    """Build the bridges and choose what the migration is about."""
    if "groups" not in replies:
        return NotComputable(reason=NO_PREVIOUS)
    groups = replies["groups"]
    whole = groups[groups.kind == ALL]
    if not {"lost", "up", "down"} & set(whole.group) or not {"new", "back", "up", "down"} & set(whole.group):
        return NotComputable(reason=NO_BUYERS)
    now, before = read_costing(whole, "_now"), read_costing(whole, "_before")
    is_whole = now.is_whole and before.is_whole
    bridges = {"spend": build_bridge(whole, replies["buckets"], "spend")}
    if now.is_known and before.is_known:
        bridges["earned"] = build_bridge(replies["profit_groups"], replies["profit_buckets"], "earned")
    return TwoPeriods(
        bridges=bridges,
        factors={name: split_both(replies["buckets"], name) for name in bridges if name == "spend" or is_whole},
        groups=groups,
        moves=replies["moves"],
        migration=replies["earned" if is_whole else "spend"],
        costing=now,
        before=before,
        is_blind=begins_blind(replies.engagement.horizon),
        currency=replies.engagement.currency,
    )


def judge(_measured: TwoPeriods, _limits: Limits) -> tuple[Finding, ...]:
    """Describe only: the levers of each channel judge the change, and repeat buying judges who stays away."""
    return ()


def tell(measured: TwoPeriods) -> Text:
    """Overlap, and the bridge in one sentence a measure."""
    before, kept = measured.count("lost", "up", "down"), measured.count("up", "down")
    low, high = (float(end) for end in wilson(kept, before))
    said = ANSWER.fill(
        before=word_number(before),
        kept=word_percent(kept / before if before else None),
        low=word_percent(low),
        high=word_percent(high),
        now=word_number(measured.count("up", "down", "back", "new")),
        new=word_number(measured.count("new")),
        back=CAME_BACK.fill(n=word_number(measured.count("back"))) if measured.sees_back else NOTHING,
    )
    return said + _tell_bridge(measured, measured.main)


def _tell_bridge(measured: TwoPeriods, name: str) -> Text:
    rows = measured.bridges[name].set_index("group")
    steps = {
        group: word_money(float(rows.change[group]), measured.currency, signed=True)
        for group in GROUPS
        if group != "returns"
    }
    back = BACK_STEP.fill(money=steps.pop("back"))
    return BRIDGE.fill(
        what=measured.name(name),
        before=word_money(float(rows.before.sum()), measured.currency),
        after=word_money(float(rows.now.sum()), measured.currency),
        back=back if measured.sees_back else NOTHING,
        **steps,
    )


def caveats(measured: TwoPeriods) -> tuple[Text, ...]:
    """How far costs are known, and the bridge of the part whose cost is."""
    said = measured.costing.explain(measured.currency)
    if "earned" in measured.bridges and said:
        said = (*said, _tell_bridge(measured, "earned"))
    return (*said, BLIND) if measured.is_blind else said


def tabulate(measured: TwoPeriods) -> tuple[Exhibit, ...]:
    """Bridges with intervals, why the customers of both periods changed, up and down, migration, channels."""
    return (
        *(_list_bridge(measured, name) for name in measured.bridges),
        _list_factors(measured),
        _list_moves(measured),
        _list_migration(measured),
        *([_list_channels(measured)] if _has_channels(measured) else []),
    )


def _has_channels(measured: TwoPeriods) -> bool:
    return len(set(measured.groups.segment[measured.groups.kind == CHANNEL])) > 1


def _list_bridge(measured: TwoPeriods, name: str) -> Exhibit:
    rows = measured.bridges[name]
    if not measured.sees_back:
        rows = rows[rows.group != "back"].reset_index(drop=True)
    labels = pd.Series([GROUP_WORDS[group] for group in rows.group], dtype=object)
    fields = (
        Field(name="label", label=Text(zh="客户", en="Customers who are")),
        Field(name="customers", label=CUSTOMERS, unit="count"),
        Field(name="before", label=BEFORE, unit="money"),
        Field(name="now", label=NOW, unit="money"),
        Field(name="change", label=CHANGE, unit="money"),
        Field(name="low", label=Text(zh="区间下限", en="Interval, low"), unit="money"),
        Field(name="high", label=Text(zh="区间上限", en="Interval, high"), unit="money"),
    )
    title = Text(zh="{what}的变动从哪些客户来", en="{what}: which customers make the change").fill(
        what=measured.name(name)
    )
    return Exhibit(name=f"bridge_{name}", title=title, fields=fields, frame=rows.assign(label=labels))


def _list_factors(measured: TwoPeriods) -> Exhibit:
    frames = [
        frame.assign(what=pd.Series([measured.name(name)] * len(frame), dtype=object))
        for name, frame in measured.factors.items()
        if frame is not None
    ]
    frame = (
        pd.concat(frames, ignore_index=True)
        if frames
        else pd.DataFrame(columns=["what", "factor", "effect", "low", "high"])
    )
    labels = pd.Series([FACTOR_WORDS[factor] for factor in frame.factor], index=frame.index, dtype=object)
    fields = (
        Field(name="what", label=Text(zh="变动的是", en="Change in")),
        Field(name="label", label=Text(zh="因素", en="Factor")),
        Field(name="effect", label=Text(zh="贡献", en="Effect"), unit="money"),
        Field(name="low", label=Text(zh="区间下限", en="Interval, low"), unit="money"),
        Field(name="high", label=Text(zh="区间上限", en="Interval, high"), unit="money"),
    )
    title = Text(zh="两期都买的客户为何变动", en="Why the customers of both periods changed")
    note = Text(zh="各因素相加即这些客户的变动（LMDI）。", en="The factors add up to these customers' change (LMDI).")
    return Exhibit(name="factors", title=title, fields=fields, frame=frame.assign(label=labels), note=note)


def _list_moves(measured: TwoPeriods) -> Exhibit:
    moves = measured.moves[measured.moves.kind == ALL]
    keys = ["orders_up", "value_up", "margin_up"]
    rows = moves.sort_values(keys, ascending=False, ignore_index=True)
    words = {f"{key}_word": pd.Series([_word_move(value) for value in rows[key]], dtype=object) for key in keys}
    money = "earned" if "earned" in measured.bridges else "spend"
    frame = rows.assign(
        **words, share=rows.customers / rows.customers.sum(), change=rows[f"{money}_now"] - rows[f"{money}_before"]
    )
    change = Text(zh="{what}变动", en="{what}, change").fill(what=measured.name(money))
    fields = (
        Field(name="orders_up_word", label=FACTOR_WORDS["orders"]),
        Field(name="value_up_word", label=FACTOR_WORDS["order_value"]),
        *((Field(name="margin_up_word", label=FACTOR_WORDS["margin"]),) if money == "earned" else ()),
        Field(name="customers", label=CUSTOMERS, unit="count"),
        Field(name="share", label=Text(zh="占比", en="Share"), unit="share"),
        Field(name="change", label=change, unit="money"),
    )
    title = Text(zh="两期都买的客户：谁升谁降", en="Customers of both periods: up or down")
    note = Text(
        zh="利润率为空：有明细缺成本，或退款后没有余额。",
        en="An empty margin: a line without cost, or nothing left after refunds.",
    )
    return Exhibit(name="moves", title=title, fields=fields, frame=frame, note=note if money == "earned" else None)


def _word_move(value: float) -> Text | None:
    return None if pd.isna(value) else UP if value else DOWN


def _list_migration(measured: TwoPeriods) -> Exhibit:
    table = measured.migration.pivot_table(
        index="decile_before", columns="decile_now", values="customers", aggfunc="sum", fill_value=0
    )
    deciles = list(range(DECILES, ABSENT - 1, -1))
    table = table.reindex(index=deciles, columns=deciles, fill_value=0)
    words = [_name_decile(decile) for decile in deciles]
    frame = pd.DataFrame({f"to_{decile}": table[decile].to_numpy() for decile in deciles})
    frame = frame.assign(label=pd.Series(words, dtype=object), customers=table.sum(axis=1).to_numpy())
    # Nobody can be seen to have been absent from both periods.
    frame[f"to_{ABSENT}"] = frame[f"to_{ABSENT}"].where(table.index.to_numpy() != ABSENT)
    fields = (
        Field(name="label", label=Text(zh="对比期的档", en="Decile before")),
        Field(name="customers", label=CUSTOMERS, unit="count"),
        *(
            Field(name=f"to_{decile}", label=NOW_DECILE.fill(decile=word), unit="count")
            for decile, word in zip(deciles, words, strict=True)
        ),
    )
    title = Text(
        zh="按{what}的十分位迁移（10 为最高，两期同一分界）", en="Migration between deciles of {what}, 10 the highest"
    ).fill(what=measured.name(measured.main))
    note = Text(
        zh="分界为对比期客户的十分位；相同金额同档，故各档不一定正好十分之一。",
        en="Cut-offs are the comparison period's deciles; equal amounts share a decile, so it need not hold a tenth.",
    )
    return Exhibit(name="migration", title=title, fields=fields, frame=frame, note=note)


NOW_DECILE = Text(zh="本期：{decile}", en="Now: {decile}")


def _name_decile(decile: int) -> Text:
    return Text(zh="未购", en="absent") if decile == ABSENT else Text(zh=str(decile), en=str(decile))


def _list_channels(measured: TwoPeriods) -> Exhibit:
    rows = measured.groups[measured.groups.kind == CHANNEL]
    table = rows.assign(change=rows.spend_now - rows.spend_before).pivot_table(
        index="segment", columns="group", values="change", aggfunc="sum", fill_value=0.0
    )
    sums = rows.groupby("segment")[["spend_before", "spend_now"]].sum()
    frame = table.reindex(columns=GROUPS, fill_value=0.0).join(sums).sort_values("spend_now", ascending=False)
    labels = pd.Series([name_segment(CHANNEL, segment) for segment in frame.index], index=frame.index, dtype=object)
    fields = (
        Field(name="label", label=Text(zh="渠道", en="Channel")),
        Field(name="spend_before", label=BEFORE, unit="money"),
        *(Field(name=group, label=GROUP_WORDS[group], unit="money") for group in GROUPS),
        Field(name="spend_now", label=NOW, unit="money"),
    )
    note = Text(
        zh="在该渠道之内看：从别的渠道转来的老客算「回来」。",
        en="Within the channel: a customer who comes over from another one counts as back.",
    )
    title = Text(zh="各渠道的消费额变动", en="Change of spend by channel")
    return Exhibit(
        name="channels", title=title, fields=fields, frame=frame.assign(label=labels).reset_index(drop=True), note=note
    )


def draw(measured: TwoPeriods, language: Language) -> Figure:
    """The bridge of the main measure."""
    rows = measured.bridges[measured.main]
    steps = [
        _step(GROUP_WORDS[group], change, customers, measured, language)
        for group, change, customers in zip(rows.group, rows.change, rows.customers, strict=True)
        if customers
    ]
    ends = [
        Step(
            label=label.word(language),
            effect=float(total),
            word=word_money(float(total), measured.currency).word(language),
        )
        for label, total in ((BEFORE, rows.before.sum()), (NOW, rows.now.sum()))
    ]
    figure = draw_waterfall(ends[0], steps, ends[1], axis_label=measured.name(measured.main).word(language))
    scale_money(figure.axes[0].xaxis, measured.currency, language)
    return figure


def _step(label: Text, change: float, customers: int, measured: TwoPeriods, language: Language) -> Step:
    counted = Text(zh="{label}（{n}）", en="{label} ({n})").fill(label=label, n=word_number(customers))
    return Step(
        label=counted.word(language),
        effect=change,
        word=word_money(change, measured.currency, signed=True).word(language),
    )


# January against February, one unit costs 40. Lost: a (profit 60). Down: b from 160 to 60. Up: c from 60 to 60, equal
# spend counts as up. New: e with 20. Profit goes from 280 to 140: lost -60, down -100, up 0, new +20.
EXAMPLE_LINES = """
customer ordered_at product_id paid_amount
a 2024-01-02 P 100
b 2024-01-03 P 200
c 2024-01-31 P 100
b 2024-02-01 P 100
c 2024-02-03 P 100
e 2024-02-29 P 60
"""

CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("003-17",),
    finds=(),
    needs=(Need(table="order_lines", columns=("customer",)),),
    limits=(),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    example=Example(
        tables={"order_lines": EXAMPLE_LINES, "products": "product_id unit_cost\nP 40"},
        says="Profit went from CNY 280 to CNY 140: lost CNY -60, down CNY -100, up CNY 0, new CNY +20",
    ),
    place=20,
)
