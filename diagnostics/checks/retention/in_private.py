"""Repurchase in the private domain, whether it changed with the add, and the ladder from buyer to fan."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_share
from diagnostics.charts.bars import draw_bars
from diagnostics.charts.panels import Panel, draw_panels
from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.checks.retention import _private_words as words
from diagnostics.checks.retention._private_tables import LEAST_PEOPLE, show_ladder, show_months
from diagnostics.metrics.days import purchase_days
from diagnostics.metrics.in_private import count_ladder, find_added, follow_joiners, split_repeats
from diagnostics.metrics.lines import value_lines
from diagnostics.metrics.reach import list_reachable
from diagnostics.metrics.venues import list_venue_orders
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import NOTHING, Text, word_number, word_percent, word_points

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

BEFORE, AFTER = (-4, -3, -2), (2, 3, 4)
Z = 1.96


@dataclass(frozen=True, kw_only=True)
class InPrivate:
    """Repurchase by part (orders, gmv, customers), the months around the add (people, buyers), and the ladder."""

    parts: pd.DataFrame
    months: pd.DataFrame
    people: int
    ladder: Mapping[str, float | None]
    tells_private: bool

    def share(self, kind: str) -> float:
        """A part's share of the repurchase's GMV."""
        return float(self.parts.gmv[self.parts.kind == kind].sum() / self.parts.gmv.sum())

    def rate(self, months: tuple[int, ...]) -> float:
        """The mean share who bought in one of these months."""
        bought = self.months.buyers[self.months.month.isin(months)].sum()
        return float(bought / (self.people * len(months)))


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for repeat orders by part, the months around the add, and the ladder."""
    horizon, contacts = tables.engagement.horizon, tables["contacts"]
    lines = value_lines(tables["order_lines"], tables.engagement.gmv_basis)
    orders = tables.share(list_venue_orders(lines, horizon.current))
    added = find_added(contacts)
    members = tables["group_members"] if tables.has("group_members", "customer") else None
    referrals = tables["referrals"] if tables.has("referrals", "referrer", "invited") else None
    return {
        "parts": split_repeats(orders, added),
        "months": follow_joiners(purchase_days(lines), added, horizon.history),
        "ladder": count_ladder(orders, list_reachable(contacts, horizon.as_of), members, referrals),
        "told": orders.agg(told=orders.is_private.count()),
    }


def measure(replies: Replies) -> InPrivate | NotComputable:
    """Read the parts, the months and the ladder."""
    parts = replies["parts"]
    if parts.empty or parts.gmv.sum() <= 0:
        return NotComputable(reason=words.NO_REPEATS)
    months = replies["months"]
    people = int(months.people.iloc[0]) if len(months) else 0
    row = replies["ladder"].iloc[0]
    return InPrivate(
        parts=parts.set_index("kind").reindex(list(words.KINDS), fill_value=0).reset_index(),
        months=months.sort_values("month", ignore_index=True),
        people=people,
        ladder={rung: None if pd.isna(row[rung]) else float(row[rung]) for rung in words.RUNGS},
        tells_private=int(replies["told"].told.iloc[0]) > 0,
    )


def judge(_measured: InPrivate, _limits: Limits) -> tuple[Finding, ...]:
    """Nothing: reach, attention and groups are judged where they are measured."""
    return ()


def compare_sides(measured: InPrivate) -> tuple[float, float, float]:
    """The change of the monthly share who buy, and its 95 % interval.

    The same people stand on both sides, so the sides are not independent; they hang together positively, which makes
    the interval of independent sides too wide rather than too narrow.
    """
    before, after = measured.rate(BEFORE), measured.rate(AFTER)
    n = measured.people
    # Months of one person hang together: a person counts once, whatever the number of months.
    error = math.sqrt((before * (1 - before) + after * (1 - after)) / n)
    gap = after - before
    return gap, gap - Z * error, gap + Z * error


def tell(measured: InPrivate) -> Text:
    """The parts of repurchase, the change with the add, and the first rungs of the ladder."""
    sold, assisted = measured.share("sold"), measured.share("assisted")
    said = words.ANSWER.fill(
        sold=word_percent(sold), assisted=word_percent(assisted), both=word_percent(sold + assisted)
    )
    return said + _tell_change(measured) + _tell_fans(measured.ladder)


def _tell_change(measured: InPrivate) -> Text:
    if measured.people < LEAST_PEOPLE:
        return NOTHING
    _, low, high = compare_sides(measured)
    return words.CHANGE.fill(
        n=word_number(measured.people),
        before=word_percent(measured.rate(BEFORE)),
        after=word_percent(measured.rate(AFTER)),
        low=word_points(low),
        high=word_points(high),
        verdict=words.HIGHER if low > 0 else words.LOWER if high < 0 else words.SAME,
    )


def _tell_fans(ladder: Mapping[str, float | None]) -> Text:
    buyers, repeat, contact = (ladder[rung] or 0.0 for rung in ("buyers", "repeat", "contact"))
    if not buyers or not repeat:
        return NOTHING
    return words.FANS.fill(
        buyers=word_number(buyers), repeat=word_percent(repeat / buyers), contact=word_percent(contact / repeat)
    )


def caveats(measured: InPrivate) -> tuple[Text, ...]:
    """What is not told, and by which export it would be."""
    said = [] if measured.tells_private else [words.NO_RULE]
    if measured.people < LEAST_PEOPLE:
        said.append(words.FEW_JOINERS.fill(n=word_number(LEAST_PEOPLE)))
    if measured.ladder["grouped"] is None:
        said.append(words.NO_MEMBERS)
    if measured.ladder["inviting"] is None:
        said.append(words.NO_INVITES)
    return tuple(said)


def tabulate(measured: InPrivate) -> tuple[Exhibit, ...]:
    """Parts of repurchase, the ladder, and the months around the add."""
    months = (show_months(measured.months, measured.people),) if measured.people >= LEAST_PEOPLE else ()
    return (_show_parts(measured), show_ladder(measured.ladder), *months)


def _show_parts(measured: InPrivate) -> Exhibit:
    rows = [
        {
            "kind": words.KINDS[row["kind"]],
            "customers": row["customers"],
            "orders": row["orders"],
            "gmv": row["gmv"],
            "share": measured.share(row["kind"]),
        }
        for row in measured.parts.to_dict("records")
        if row["kind"] != "sold" or measured.tells_private
    ]
    fields = (
        Field(name="kind", label=Text(zh="复购在哪里", en="Repurchase")),
        Field(name="customers", label=Text(zh="客户（会重复）", en="Customers, repeated"), unit="count"),
        Field(name="orders", label=Text(zh="订单", en="Orders"), unit="count"),
        Field(name="gmv", label=Text(zh="成交额", en="GMV"), unit="money"),
        Field(name="share", label=words.LABEL, unit="share"),
    )
    title = Text(zh="复购与私域的关系", en="Repurchase and the private domain")
    return Exhibit(name="parts", title=title, fields=fields, frame=pd.DataFrame(rows))


def draw(measured: InPrivate, language: Language) -> Figure:
    """The share who bought by month around the add; without enough people, the parts of repurchase."""
    if measured.people < LEAST_PEOPLE:
        shares = [measured.share(kind) for kind in words.KINDS]
        figure = draw_bars(
            [name.word(language) for name in words.KINDS.values()],
            shares,
            [word_percent(share).word(language) for share in shares],
            axis_label=words.LABEL.word(language),
        )
        scale_share(figure.axes[0].xaxis)
        return figure
    panel = Panel(
        label=words.AXIS.fill(n=word_number(measured.people)).word(language),
        along=words.ALONG.word(language),
        names=[str(month) for month in measured.months.month],
        series={"": (measured.months.buyers / measured.people).tolist()},
        scale=scale_share,
        bars=True,
        marked=[place for place, month in enumerate(measured.months.month) if month in BEFORE],
    )
    return draw_panels([panel], columns=1)


# Ten customers bought in January. In February six buy again: a and b in the own shop (private), c and d at Tmall after
# they were added, e and f at Tmall without it: of 600 a third each. Four contacts among six who bought again.
EXAMPLE_LINES = "\n".join(
    [
        "channel customer ordered_at paid_amount is_private",
        *(f"tmall {who} 2024-01-01 100 false" for who in "abcdefghij"),
        *(f"youzan {who} 2024-02-10 100 true" for who in "ab"),
        *(f"tmall {who} 2024-02-11 100 false" for who in "cdef"),
        "tmall - 2024-02-29 100 false",
    ]
)

CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION,
    answers=("000-03", "001-28"),
    finds=(),
    needs=(Need(table="order_lines", columns=("customer",)), Need(table="contacts", columns=("customer", "added_at"))),
    limits=(),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    example=Example(
        tables={
            "order_lines": EXAMPLE_LINES,
            "contacts": "contact customer added_at\n" + "\n".join(f"k{who} {who} 2024-01-15" for who in "abcd"),
        },
        says="together 66.7% is the most",
    ),
    place=75,
)
