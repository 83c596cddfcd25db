"""The ladder from fan to super member, the months' balance, and the members who never bought or fell asleep."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_count
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.membership import _ladder_words as words
from diagnostics.checks.membership import _stock_words as stock_words
from diagnostics.checks.membership._stock import (
    Stock,
    ask_stock,
    judge_stock,
    read_stock,
    tell_stock,
    track_stock,
    warn_of_stock,
)
from diagnostics.checks.membership._stock_tables import show_stock
from diagnostics.metrics.claims import count_contacts
from diagnostics.metrics.customers import first_purchases
from diagnostics.metrics.lines import value_lines
from diagnostics.metrics.members import count_joins, count_ladder, count_sources, list_members
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import NOTHING, Text, name_verbatim, shorten, word_month, word_number, word_percent

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.reading import Reading
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

# Contacts and members are other people: neither is a part of the other.
BASES = frozenset({"contacts", "members"})
MOST_MONTHS = 15
LONGEST = 18


@dataclass(frozen=True, kw_only=True)
class Ladder:
    """People by step, the months' balance, where new members came from, and the stock (`None` if unknown)."""

    steps: Mapping[str, int]
    super_share: float | None
    member_share: float | None
    months: pd.DataFrame
    sources: pd.DataFrame
    stock: Stock | None


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for the steps, who joined by month, their sources, and whether the stock buys."""
    engagement = tables.engagement
    lines = value_lines(tables["order_lines"], engagement.gmv_basis)
    members = tables.share(list_members(tables["customers"]))
    firsts = first_purchases(lines)
    asked = {
        "ladder": count_ladder(members, lines, engagement.horizon.current),
        "joins": count_joins(members),
        "sources": count_sources(members, firsts, engagement.horizon.current),
    }
    if tables.has("contacts", "contact"):
        asked["contacts"] = count_contacts(tables["contacts"])
    return {**asked, **ask_stock(tables, members, lines, firsts)}


def measure(replies: Replies) -> Ladder | NotComputable:
    """Read the steps and add up the balance."""
    row = replies["ladder"].iloc[0].fillna(0)
    if not row.members:
        return NotComputable(reason=words.NO_MEMBERS)
    steps = {name: int(row[name]) for name in ("members", "bought", "repeated", "supers")}
    if "contacts" in replies:
        steps = {"contacts": int(replies["contacts"].contacts.iloc[0]), **steps}
    gmv = float(row.gmv)
    return Ladder(
        steps=steps,
        super_share=float(row.super_gmv) / gmv if gmv > 0 else None,
        member_share=float(row.member_gmv) / gmv if gmv > 0 else None,
        months=_balance(replies["joins"], pd.Timestamp(replies.engagement.horizon.as_of)),
        sources=replies["sources"],
        stock=read_stock(replies),
    )


def _balance(joins: pd.DataFrame, until: pd.Timestamp) -> pd.DataFrame:
    """One row a month: month, opening, joined, closing; members without a day belong to the first opening."""
    undated = int(joins[joins.month.isna()].joined.sum())
    dated = joins[joins.month.notna()].groupby("month").joined.sum().sort_index()
    dated = dated[dated.index < until]
    closing = dated.cumsum() + undated
    frame = pd.DataFrame({"month": dated.index, "opening": closing - dated, "joined": dated, "closing": closing})
    return frame.reset_index(drop=True).tail(MOST_MONTHS)


def track(measured: Ladder) -> tuple[Reading, ...]:
    """The share of followed members that came to buy, by channel."""
    return () if measured.stock is None else track_stock(measured.stock)


def judge(measured: Ladder, limits: Limits) -> tuple[Finding, ...]:
    """Raise a channel with a large and certain share of members who never bought; the steps only describe."""
    return () if measured.stock is None else judge_stock(measured.stock, limits)


def lacks(measured: Ladder) -> Mapping[str, Text]:
    """What only days of joining tell."""
    return dict.fromkeys(ON_STOCK, stock_words.NO_DAYS) if measured.stock is None else {}


def tell(measured: Ladder) -> Text:
    """The steps, how many new members were customers already, who never bought, and whether the stock wakes."""
    steps = measured.steps
    joined, old = int(measured.sources.joined.sum()), int(measured.sources.customers_before.sum())
    said = words.ANSWER.fill(
        members=word_number(steps["members"]),
        bought=word_number(steps["bought"]),
        share=word_percent(steps["bought"] / steps["members"]),
        repeated=word_number(steps["repeated"]),
        supers=word_number(steps["supers"]),
        gmv=word_percent(measured.super_share),
        sources=words.SOURCES.fill(joined=word_number(joined), old=word_percent(old / joined)) if joined else NOTHING,
    )
    return said if measured.stock is None else said + tell_stock(measured.stock)


def tabulate(measured: Ladder) -> tuple[Exhibit, ...]:
    """The steps with their rates, the balance by month, the sources of new members, and the stock."""
    names = list(measured.steps)
    rows = [
        {
            "step": words.STEPS[name],
            "people": measured.steps[name],
            "rate": measured.steps[name] / measured.steps[names[place - 1]]
            if place and name not in BASES and measured.steps[names[place - 1]]
            else None,
        }
        for place, name in enumerate(names)
    ]
    fields = (
        Field(name="step", label=Text(zh="层级", en="Step")),
        Field(name="people", label=Text(zh="人数", en="People"), unit="count"),
        Field(name="rate", label=Text(zh="占上一级", en="Of the step before"), unit="share"),
    )
    title = Text(zh="关系阶梯", en="Ladder of relationship")
    ladder = Exhibit(name="ladder", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))
    stock = () if measured.stock is None else show_stock(measured.stock)
    return ladder, _show_balance(measured.months), _show_sources(measured.sources), *stock


def _show_balance(months: pd.DataFrame) -> Exhibit:
    frame = (
        months.assign(month=pd.Series([word_month(month) for month in months.month], index=months.index, dtype=object))
        if len(months)
        else months
    )
    fields = (
        Field(name="month", label=Text(zh="月份", en="Month")),
        Field(name="opening", label=Text(zh="期初", en="Opening"), unit="count"),
        Field(name="joined", label=Text(zh="入会", en="Joined"), unit="count"),
        Field(name="closing", label=Text(zh="期末（上限）", en="Closing (at most)"), unit="count"),
    )
    title = Text(zh="会员资产表", en="Balance of members")
    return Exhibit(name="balance", title=title, fields=fields, frame=frame)


def _show_sources(sources: pd.DataFrame) -> Exhibit:
    ordered = sources.sort_values("joined", ascending=False)
    names = [name_verbatim(shorten(str(name), LONGEST)) if name else words.UNKNOWN_SOURCE for name in ordered.source]
    frame = ordered.assign(
        source=pd.Series(names, index=ordered.index, dtype=object),
        share=ordered.customers_before / ordered.joined,
    )
    fields = (
        Field(name="source", label=Text(zh="来源", en="Source")),
        Field(name="joined", label=Text(zh="本期新会员", en="New members"), unit="count"),
        Field(name="customers_before", label=Text(zh="老客入会", en="Old customers"), unit="count"),
        Field(name="share", label=Text(zh="老客占比", en="Share of old"), unit="share"),
    )
    title = Text(zh="新会员从哪里来", en="Where new members come from")
    return Exhibit(name="sources", title=title, fields=fields, frame=frame)


def caveats(measured: Ladder) -> tuple[Text, ...]:
    """How much of GMV members bring at all, and channels whose stock can't be judged."""
    said = () if measured.stock is None else warn_of_stock(measured.stock)
    if measured.member_share is None:
        return said
    return (words.SHARE.fill(share=word_percent(measured.member_share)), *said)


def draw(measured: Ladder, language: Language) -> Figure:
    """People on each step."""
    names = list(measured.steps)
    beside = []
    for place, name in enumerate(names):
        before = measured.steps[names[place - 1]] if place and name not in BASES else 0
        rate = word_percent(measured.steps[name] / before, 0) if before else NOTHING
        beside.append(f"{word_number(measured.steps[name]).en}  {rate.en}".strip())
    figure = draw_bars(
        [words.STEPS[name].word(language) for name in names],
        [float(measured.steps[name]) for name in names],
        beside,
        axis_label=Text(zh="人数（百分比为占上一级）", en="People (percentage of the step before)").word(language),
    )
    scale_count(figure.axes[0].xaxis)
    return figure


# Answered by days of joining.
ON_STOCK = ("002-06", "002-15")
# 100 members join on 1 February: 20 buy ten days later, 80 never by the end of December. 5 more had bought in January
# and buy in December: of 105 members 5 bought in the half-year, one of them twice, for 1000 of 1500.
EXAMPLE_LINES = "\n".join(
    [
        "customer channel ordered_at paid_amount",
        *(f"o{i} youzan 2024-01-02 100" for i in range(5)),
        *(f"b{i:02d} youzan 2024-02-11 100" for i in range(20)),
        *(f"o{i} youzan 2024-12-02 100" for i in range(5)),
        "o0 youzan 2024-12-16 900",
        "x youzan 2024-12-30 100",
    ]
)
EXAMPLE_MEMBERS = "\n".join(
    [
        "customer channel joined_on",
        *(f"{kind}{i:02d} youzan 2024-02-01" for kind, many in (("b", 20), ("n", 80)) for i in range(many)),
        *(f"o{i} youzan 2024-02-01" for i in range(5)),
    ]
)

CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION,
    answers=("001-05", "000-14", "000-15", "001-07", *ON_STOCK),
    finds=("people.members_never_bought",),
    needs=(Need(table="order_lines", columns=("customer",)), Need(table="customers", columns=("customer",))),
    limits=(
        Limit(name="never_share", value=0.4, reason=stock_words.NEVER_REASON),
        Limit(name="least_members", value=300, reason=stock_words.LEAST_REASON),
    ),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    lacks=lacks,
    track=track,
    example=Example(
        tables={"order_lines": EXAMPLE_LINES, "customers": EXAMPLE_MEMBERS},
        says="本期 5（4.8%）买过，1 复购，1 是超级会员，后者贡献可识别客户 GMV 的 66.7%。"
        "有赞商城：入会满 90 天的 100 位新会员里 80.0%（71.1% 至 86.7%）从未购买",
        finds=(("people.members_never_bought", {"channel": "youzan"}),),
        limits={"least_members": 50},
    ),
    place=10,
)
