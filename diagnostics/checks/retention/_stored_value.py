"""Whether customers leave money in advance, and how often those who did come and what they buy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.bars import draw_bars
from diagnostics.metrics.deposits import compare_holders
from diagnostics.metrics.lines import value_lines
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import NOTHING, Text, word_money, word_number, word_percent, word_price

if TYPE_CHECKING:
    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.checks.check import Replies
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

NONE_STATED = Text(
    zh="品牌没有储值业务（需求表），会员名单里也没有余额，充值带动到店无从谈起。",
    en="The brand offers no stored value (sheet) and no member holds a balance: there is no recharge to bring visits.",
)
NOT_ANSWERED = Text(
    zh="需求表没有回答「储值/充值」，看不出客户有没有先存钱。",
    en="The requirement sheet leaves “Stored value” open, so it can't be told whether customers leave money in "
    "advance.",
)
NO_BALANCES = Text(
    zh="需求表说有储值，但会员名单没有储值余额；会员储值余额与充值流水（会员、时间、金额）可补。",
    en="The sheet states stored value, but the member list holds no balance; balances of members and the log of "
    "recharges would show it.",
)
CONTRADICTION = Text(
    zh="需求表说没有储值，名单里却有余额，请核对。",
    en="The sheet says that there is no stored value, yet the list holds balances: please check.",
)
ANSWER = Text(
    zh="{holders} 位会员存着 {balance}，占名单的 {share}；本期人均到店 {visits} 天、消费 {spend}，其他会员 {others} "
    "天、{less}。",
    en="{holders} members hold {balance}, {share} of the list; in the period they came on {visits} days and spent "
    "{spend} each, other members {others} days and {less}.",
)
SIDES = {True: Text(zh="有余额", en="With a balance"), False: Text(zh="没有余额", en="Without")}
AXIS = Text(zh="本期人均到店天数（后为人均消费）", en="Days with a purchase in the period (then spend each)")
SHOWN = Text(zh="{days} 天  {spend}", en="{days} days  {spend}")
LEAST_PEOPLE = 30


@dataclass(frozen=True, kw_only=True)
class Stored:
    """Members with and without a balance."""

    sides: pd.DataFrame
    currency: str

    @property
    def has_balances(self) -> bool:
        """Whether anybody holds a balance."""
        return bool(self.sides.holds.any())


def ask_stored(tables: Tables) -> dict[str, ir.Table]:
    """Ask for balances and visits where the member list states balances."""
    if not (tables.has("customers", "stored_value") and tables.has("order_lines", "customer")):
        return {}
    lines = value_lines(tables["order_lines"], tables.engagement.gmv_basis)
    return {"holders": compare_holders(tables["customers"], lines, tables.engagement.horizon.current)}


def read_stored(replies: Replies, *, is_stated: bool | None) -> Stored | None:
    """Lay members with a balance beside the others; `None` where the sheet is silent or states what no member holds."""
    if is_stated is None:
        return None
    empty = pd.DataFrame({"holds": pd.Series(dtype=bool)})
    sides = replies.frames.get("holders", empty)
    found = Stored(sides=sides, currency=replies.engagement.currency)
    return None if is_stated and not found.has_balances else found


def tell_stored(measured: Stored) -> Text:
    """Whether there is stored value, and how its holders buy."""
    if not measured.has_balances:
        return NONE_STATED
    rows = {bool(row["holds"]): row for row in measured.sides.to_dict("records")}
    mine, other = rows[True], rows.get(False)
    members = measured.sides.customers.sum()
    return ANSWER.fill(
        holders=word_number(mine["customers"]),
        balance=word_money(mine["balance"], measured.currency),
        share=word_percent(mine["customers"] / members),
        visits=word_number(mine["days"] / mine["customers"], 1),
        spend=word_price(mine["gmv"] / mine["customers"], measured.currency),
        others=word_number(other["days"] / other["customers"], 1) if other else NOTHING,
        less=word_price(other["gmv"] / other["customers"], measured.currency) if other else NOTHING,
    )


def _list_sides(measured: Stored) -> list[dict[str, object]]:
    rows = measured.sides.to_dict("records")
    if not rows:
        return [{"side": SIDES[True], "customers": None}]
    return [
        {
            "side": SIDES[bool(row["holds"])],
            "customers": row["customers"],
            "balance": row["balance"],
            "buying": row["buyers"] / row["customers"] if row["customers"] >= LEAST_PEOPLE else None,
            "visits": row["days"] / row["customers"],
            "spend": row["gmv"] / row["customers"],
        }
        for row in sorted(rows, key=lambda row: not row["holds"])
    ]


def tabulate_stored(measured: Stored) -> Exhibit:
    """Members with and without a balance."""
    fields = (
        Field(name="side", label=Text(zh="会员", en="Members")),
        Field(name="customers", label=Text(zh="人数", en="Number"), unit="count"),
        Field(name="balance", label=Text(zh="余额", en="Balance"), unit="money"),
        Field(name="buying", label=Text(zh="本期买过", en="Bought in the period"), unit="share"),
        Field(name="visits", label=Text(zh="人均到店天数", en="Days with a purchase"), unit="number", digits=1),
        Field(name="spend", label=Text(zh="人均消费", en="Spend each"), unit="price"),
    )
    frame = pd.DataFrame(_list_sides(measured), columns=[field.name for field in fields], dtype=object)
    title = Text(zh="储值会员与其他会员", en="Members with stored value, and the others")
    return Exhibit(name="stored_value", title=title, fields=fields, frame=frame)


def draw_stored(measured: Stored, language: Language) -> Figure:
    """Days with a purchase on both sides."""
    rows = measured.sides.to_dict("records")
    figure = draw_bars(
        [SIDES[bool(row["holds"])].word(language) for row in rows],
        [float(row["days"] / row["customers"]) for row in rows],
        [
            SHOWN.fill(
                days=word_number(row["days"] / row["customers"], 1),
                spend=word_price(row["gmv"] / row["customers"], measured.currency),
            ).word(language)
            for row in rows
        ],
        axis_label=AXIS.word(language),
    )
    figure.axes[0].margins(x=0.3)
    return figure
