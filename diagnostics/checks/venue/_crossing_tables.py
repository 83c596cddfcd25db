"""The tables of the question on customers of several venues."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.checks.venue import _crossing_words as words
from diagnostics.model.names import name_channel
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text
from diagnostics.statistics.like_with_like import LEAST_PEOPLE

if TYPE_CHECKING:
    from diagnostics.statistics.like_with_like import Compared

MOST_ROWS = 12
CUSTOMERS = Field(name="customers", label=Text(zh="客户", en="Customers"), unit="count")


def tabulate_crossing(
    *,
    widths: pd.DataFrame,
    homes: pd.DataFrame,
    moves: pd.DataFrame,
    fed: tuple[pd.DataFrame | None, pd.DataFrame | None],
    flow: pd.DataFrame,
    worth: Mapping[str, Compared | None],
) -> tuple[Exhibit, ...]:
    """Widths, homes and sides; moves and sales to contacts where contacts are known."""
    contacts = () if fed[0] is None else (_show_moves(moves), _show_fed(fed[0], fed[1]))
    return (_show_widths(widths, worth), _show_homes(homes), *contacts, _show_flow(flow))


def _show_widths(widths: pd.DataFrame, worth: Mapping[str, Compared | None]) -> Exhibit:
    rows: list[dict[str, object]] = []
    whole, money = widths.customers.sum(), widths.gmv.sum()
    for kind, name in words.KINDS.items():
        sums = widths.groupby(kind)[["customers", "gmv"]].sum()
        compared = worth[kind]
        for number, row in sums.iterrows():
            is_told = row.customers >= LEAST_PEOPLE
            rows.append(
                {
                    "kind": name,
                    "number": words.NUMBERS[int(str(number))],
                    "customers": row.customers,
                    "share": row.customers / whole,
                    "gmv_share": row.gmv / money if money else None,
                    "each": row.gmv / row.customers if is_told else None,
                }
            )
        if compared is not None:
            rows[-1] |= {"gap": compared.difference, "low": compared.low, "high": compared.high}
    fields = (
        Field(name="kind", label=Text(zh="按", en="By")),
        Field(name="number", label=Text(zh="个数", en="Number")),
        CUSTOMERS,
        Field(name="share", label=Text(zh="占客户", en="Of customers"), unit="share"),
        Field(name="gmv_share", label=Text(zh="占 GMV", en="Of GMV"), unit="share"),
        Field(name="each", label=Text(zh="人均消费", en="Spend each"), unit="price"),
        Field(name="gap", label=Text(zh="多个比一个多（同订单数）", en="Several over one, equal orders"), unit="price"),
        Field(name="low", label=Text(zh="95% 下限", en="95% low"), unit="price"),
        Field(name="high", label=Text(zh="95% 上限", en="95% high"), unit="price"),
    )
    title = Text(zh="跨渠道、跨店的客户与价值", en="Customers of several channels and shops, and their value")
    frame = pd.DataFrame(rows, columns=[field.name for field in fields], dtype=object)
    return Exhibit(name="widths", title=title, fields=fields, frame=frame)


def _show_homes(homes: pd.DataFrame) -> Exhibit:
    frame = pd.DataFrame(
        {
            "home": [name_channel(home) for home in homes.home],
            "customers": homes.customers.tolist(),
            "share": (homes.customers / max(homes.customers.sum(), 1)).tolist(),
            "at_home": (homes.home_orders / homes.orders).tolist(),
            "gmv": homes.gmv.tolist(),
        }
    ).head(MOST_ROWS)
    fields = (
        Field(name="home", label=Text(zh="常用渠道", en="Home channel")),
        CUSTOMERS,
        Field(name="share", label=Text(zh="占两单及以上客户", en="Of customers of two orders"), unit="share"),
        Field(name="at_home", label=Text(zh="在常用渠道的订单", en="Orders at home"), unit="share"),
        Field(name="gmv", label=Text(zh="这些客户的 GMV", en="Their GMV"), unit="money"),
    )
    title = Text(zh="客户习惯在哪里买", en="Where customers are at home")
    return Exhibit(name="homes", title=title, fields=fields, frame=frame)


def _show_moves(moves: pd.DataFrame) -> Exhibit:
    ordered = moves.sort_values(["customers", "home_before", "home_after"], ascending=[False, True, True])
    shown = ordered.head(MOST_ROWS)
    frame = pd.DataFrame(
        {
            "before": [name_channel(home) for home in shown.home_before],
            "after": [name_channel(home) for home in shown.home_after],
            "customers": shown.customers.tolist(),
        }
    )
    fields = (
        Field(name="before", label=Text(zh="加好友前", en="Before")),
        Field(name="after", label=Text(zh="加好友后", en="After")),
        CUSTOMERS,
    )
    return Exhibit(name="moves", title=words.MOVED_TITLE, fields=fields, frame=frame)


def _show_fed(after: pd.DataFrame, assisted: pd.DataFrame | None) -> Exhibit:
    near = {} if assisted is None else dict(zip(assisted.channel, assisted.gmv, strict=True))
    ordered = after.sort_values(["gmv", "channel"], ascending=[False, True]).head(MOST_ROWS)
    frame = pd.DataFrame(
        {
            "channel": [name_channel(channel) for channel in ordered.channel],
            "customers": ordered.customers.tolist(),
            "orders": ordered.orders.tolist(),
            "share": (ordered.orders / after.orders.sum()).tolist(),
            "gmv": ordered.gmv.tolist(),
            "near": [None if assisted is None else near.get(channel, 0.0) for channel in ordered.channel],
        }
    )
    fields = (
        Field(name="channel", label=Text(zh="成交渠道", en="Bought in")),
        Field(name="customers", label=Text(zh="好友", en="Contacts"), unit="count"),
        Field(name="orders", label=Text(zh="加入后的订单", en="Orders after"), unit="count"),
        Field(name="share", label=Text(zh="占比", en="Share"), unit="share"),
        Field(name="gmv", label=Text(zh="成交额（上限）", en="GMV, at most"), unit="money"),
        Field(name="near", label=Text(zh="触达后 7 天内（下限）", en="Within 7 days of a touch"), unit="money"),
    )
    title = Text(zh="好友在哪里成交（本期，加入之后）", en="Where contacts buy, in the period and after being added")
    return Exhibit(name="fed", title=title, fields=fields, frame=frame)


def _show_flow(flow: pd.DataFrame) -> Exhibit:
    rows = [
        {
            "first": words.SIDES[row["first"]],
            "customers": row["customers"],
            "again": row["again"],
            "to_store": row["to_store"],
            "to_online": row["to_online"],
            "across": row["to_online" if row["first"] == "store" else "to_store"] / row["again"]
            if row["again"] >= LEAST_PEOPLE
            else None,
            "store_gmv": row["store_gmv"],
            "online_gmv": row["online_gmv"],
        }
        for row in flow.sort_values("first", ascending=False).to_dict("records")
    ]
    fields = (
        Field(name="first", label=Text(zh="首购在", en="First order")),
        CUSTOMERS,
        Field(name="again", label=Text(zh="回头", en="Came back"), unit="count"),
        Field(name="to_store", label=Text(zh="回到门店", en="To a store"), unit="count"),
        Field(name="to_online", label=Text(zh="回到线上", en="Online"), unit="count"),
        Field(name="across", label=Text(zh="回头客中换到另一侧", en="Of these, to the other side"), unit="share"),
        Field(name="store_gmv", label=Text(zh="门店回头 GMV", en="Repeat GMV, stores"), unit="money"),
        Field(name="online_gmv", label=Text(zh="线上回头 GMV", en="Repeat GMV, online"), unit="money"),
    )
    title = Text(zh="门店与线上的双向流动", en="The flow between stores and online")
    return Exhibit(name="flow", title=title, fields=fields, frame=pd.DataFrame(rows))
