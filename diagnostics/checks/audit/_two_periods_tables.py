"""The tables of the question on two periods: bridges, factors, up and down, and channels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.checks.audit import _two_periods_words as words
from diagnostics.checks.costing import name_segment
from diagnostics.metrics.segments import ALL, CHANNEL
from diagnostics.model.section import Exhibit, Field, interval_fields
from diagnostics.model.wording import Text
from diagnostics.statistics.customer_bridge import GROUPS

if TYPE_CHECKING:
    from diagnostics.checks.audit.two_periods import TwoPeriods


def has_channels(measured: TwoPeriods) -> bool:
    """Whether there is more than one channel to tell apart."""
    return len(set(measured.groups.segment[measured.groups.kind == CHANNEL])) > 1


def list_bridge(measured: TwoPeriods, name: str) -> Exhibit:
    """One row a group of customers: what it spent or brought before and now, and the change with an interval."""
    rows = measured.bridges[name]
    if not measured.sees_back:
        rows = rows[rows.group != "back"].reset_index(drop=True)
    labels = pd.Series([words.GROUP_WORDS[group] for group in rows.group], dtype=object)
    fields = (
        Field(name="label", label=Text(zh="客户", en="Customers who are")),
        Field(name="customers", label=words.CUSTOMERS, unit="count"),
        Field(name="before", label=words.BEFORE, unit="money"),
        Field(name="now", label=words.NOW, unit="money"),
        Field(name="change", label=words.CHANGE, unit="money"),
        *interval_fields("money"),
    )
    title = Text(zh="{what}的变动从哪些客户来", en="{what}: which customers make the change").fill(
        what=measured.name(name)
    )
    return Exhibit(name=f"bridge_{name}", title=title, fields=fields, frame=rows.assign(label=labels))


def list_factors(measured: TwoPeriods) -> Exhibit:
    """What each factor did to the customers of both periods."""
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
    labels = pd.Series([words.FACTOR_WORDS[factor] for factor in frame.factor], index=frame.index, dtype=object)
    fields = (
        Field(name="what", label=Text(zh="变动的是", en="Change in")),
        Field(name="label", label=Text(zh="因素", en="Factor")),
        Field(name="effect", label=Text(zh="贡献", en="Effect"), unit="money"),
        *interval_fields("money"),
    )
    title = Text(zh="两期都买的客户为何变动", en="Why the customers of both periods changed")
    note = Text(zh="各因素相加即这些客户的变动（LMDI）。", en="The factors add up to these customers' change (LMDI).")
    return Exhibit(name="factors", title=title, fields=fields, frame=frame.assign(label=labels), note=note)


def list_moves(measured: TwoPeriods) -> Exhibit:
    """How many customers of both periods went up or down in each factor."""
    moves = measured.moves[measured.moves.kind == ALL]
    keys = ["orders_up", "value_up", "margin_up"]
    rows = moves.sort_values(keys, ascending=False, ignore_index=True)
    moved = {f"{key}_word": pd.Series([_word_move(value) for value in rows[key]], dtype=object) for key in keys}
    money = "earned" if "earned" in measured.bridges else "spend"
    frame = rows.assign(
        **moved, share=rows.customers / rows.customers.sum(), change=rows[f"{money}_now"] - rows[f"{money}_before"]
    )
    change = Text(zh="{what}变动", en="{what}, change").fill(what=measured.name(money))
    fields = (
        Field(name="orders_up_word", label=words.FACTOR_WORDS["orders"]),
        Field(name="value_up_word", label=words.FACTOR_WORDS["order_value"]),
        *((Field(name="margin_up_word", label=words.FACTOR_WORDS["margin"]),) if money == "earned" else ()),
        Field(name="customers", label=words.CUSTOMERS, unit="count"),
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
    return None if pd.isna(value) else words.UP if value else words.DOWN


def list_channels(measured: TwoPeriods) -> Exhibit:
    """The groups' changes of spend in each channel."""
    rows = measured.groups[measured.groups.kind == CHANNEL]
    table = rows.assign(change=rows.spend_now - rows.spend_before).pivot_table(
        index="segment", columns="group", values="change", aggfunc="sum", fill_value=0.0
    )
    sums = rows.groupby("segment")[["spend_before", "spend_now"]].sum()
    frame = table.reindex(columns=GROUPS, fill_value=0.0).join(sums).sort_values("spend_now", ascending=False)
    labels = pd.Series([name_segment(CHANNEL, segment) for segment in frame.index], index=frame.index, dtype=object)
    fields = (
        Field(name="label", label=Text(zh="渠道", en="Channel")),
        Field(name="spend_before", label=words.BEFORE, unit="money"),
        *(Field(name=group, label=words.GROUP_WORDS[group], unit="money") for group in GROUPS),
        Field(name="spend_now", label=words.NOW, unit="money"),
    )
    note = Text(
        zh="在该渠道之内看：从别的渠道转来的老客算「回来」。",
        en="Within the channel: a customer who comes over from another one counts as back.",
    )
    title = Text(zh="各渠道的消费额变动", en="Change of spend by channel")
    return Exhibit(
        name="channels", title=title, fields=fields, frame=frame.assign(label=labels).reset_index(drop=True), note=note
    )
