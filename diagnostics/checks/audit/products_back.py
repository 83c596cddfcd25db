"""Customers and products together: what they enter with, how many buy each category, and what else they buy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.charts.heat import draw_heat
from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.checks.costing import (
    NAME_LENGTH,
    PROFIT_RULE,
    WELL_COSTED,
    Costing,
    categorise,
    has_categories,
    read_costing,
    share_customers,
    value_costed,
)
from diagnostics.metrics.cohorts import find_newcomers_since
from diagnostics.metrics.lines import identified, within
from diagnostics.metrics.products import name_products
from diagnostics.metrics.repertoire import (
    MOST_PARTS,
    count_buyers,
    count_duplication,
    count_former_buyers,
    count_penetration,
    follow_entries,
    name_parts,
    total_parts,
)
from diagnostics.model.period import SLACK_DAYS
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import Text, name_verbatim, shorten, word_number, word_percent, word_price
from diagnostics.statistics.duplication import Duplication, duplicate
from diagnostics.statistics.proportions import newcombe_difference, wilson

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.period import Horizon
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(
    zh="客户从什么买起，买几类，类与类之间怎样重叠？",
    en="What do customers enter with, how many categories do they buy, and which overlap?",
)
DEFINITION = (
    Text(
        zh="把商品放回客户审计：按品类（没有品类时按商品），只看有身份的客户。渗透率 = 本期买过该类的客户 ÷ 本期买过"
        "任何一类"
        "的客户。重叠 = 买过行的客户里也买过列的比例；购买重叠律预期它等于 D × 列的渗透率，高于预期才是真正的搭配。",
        en="Products back in the audit: by category (by product where there are none), known customers only. "
        "Penetration is "
        "the customers who bought a category by those who bought any. Overlap is, of the buyers of the row, those who "
        "also bought the column; the duplication-of-purchase law expects D x the column's penetration, and only more "
        "than that is a real pairing.",
    )
    + Text(
        zh="首购 = 新客首日付款最多的一类；只看观察满 {days} 天的新客（数据短时 {short} 天），价值为其首购起那些天的"
        "消费与"
        "利润。",
        en="Entry is the category with most paid on a new customer's first day; only new customers observed for "
        "{days} days "
        "({short} in a short history) are followed, and their value is spend and profit of those days.",
    )
    + PROFIT_RULE
)
TOO_FEW = Text(
    zh="本期买得出品类或商品的客户只有 {n} 位、{parts} 类，谈不上重叠",
    en="only {n} customers bought a named category or product in the period, of {parts} in all",
)
ANSWER = Text(
    zh="{n} 位客户中，{one} 只买一{unit}（共 {parts} {unit}）；渗透最广的是{top}（{share}）。重叠系数 D = "
    "{coefficient}。",
    en="Of {n} customers {one} buy one {unit} only (of {parts}); most widely bought is {top} ({share}). The "
    "duplication coefficient is D = {coefficient}.",
)
PAIR = Text(
    zh="超出预期最多的搭配：{a}的客户也买{b}，为预期的 {ratio} 倍。",
    en="The pairing most above expectation: buyers of {a} also buy {b}, {ratio} times as often as expected.",
)
ENTRY = Text(
    zh="新客首购最多的是{entry}（{n} 人），{days} 天内人均 {value}，{again} 再次购买。",
    en="Most new customers enter with {entry} (n = {n}); within {days} days each spends {value} and {again} buy again.",
)
PART_NAMED = Text(
    zh="只有 {share} 的净销售额写明了品类或商品，其余不在本节。",
    en="Only {share} of net sales names a category or product; the rest is left out here.",
)
LISTED = Text(zh="只列客户最多的 {n} {unit}。", en="The {n} with most customers are shown.")
UNITS = {False: Text(zh="类", en="category"), True: Text(zh="款商品", en="product")}
CUSTOMERS = Text(zh="客户数", en="Customers")
PART = Text(zh="品类（或商品）", en="Category (or product)")
LEAST_CUSTOMERS = 30
FOLLOWED_DAYS = 180
SHORT_DAYS = 30
# A history must be this many times longer than the days followed, so that newcomers of several months are in.
ROOM = 3
# A pairing is marked in the figure where it is this many times what sizes alone explain.
FRAMED = 1.25


@dataclass(frozen=True, kw_only=True)
class ProductsBack:
    """Parts with penetration and money, how many parts customers buy, overlap, and entries with their value.

    Frames are those of `metrics.repertoire`, with a label and rates.
    """

    parts: pd.DataFrame
    each: pd.DataFrame
    overlap: Duplication | None
    entries: pd.DataFrame
    days: int
    buyers: int
    part_count: int
    named_share: float
    is_product: bool
    costing: Costing
    currency: str


def choose_window(horizon: Horizon) -> tuple[date, date, int]:
    """First purchases from which day up to which are followed, and for how many days.

    >>> from datetime import date
    >>> from diagnostics.model.period import choose_horizon
    >>> choose_window(choose_horizon(date(2024, 1, 1), date(2025, 12, 31)))
    (datetime.date(2024, 4, 1), datetime.date(2025, 7, 6), 180)
    """
    since = find_newcomers_since(horizon.history)
    days = FOLLOWED_DAYS if (horizon.as_of - since).days >= ROOM * FOLLOWED_DAYS - SLACK_DAYS else SHORT_DAYS
    return since, max(horizon.as_of - timedelta(days=days - 1), since + timedelta(days=1)), days


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for penetration, number of parts, overlap and entries."""
    horizon = tables.engagement.horizon
    by_category = has_categories(tables)
    costed = value_costed(tables)
    lines = categorise(costed, tables) if by_category else costed
    parted = name_parts(lines, by_category=by_category)
    totals = tables.share(total_parts(parted, horizon.previous, horizon.current))
    since, until, days = choose_window(horizon)
    entries = follow_entries(parted, share_customers(tables), since, until, days)
    parts = count_penetration(totals)
    if not by_category:
        names = name_products(tables["order_lines"]).select(part="sku", name="name")
        parts, entries = parts.left_join(names, "part").drop("part_right"), _name(entries, names)
    asked = {
        "parts": parts,
        "each": count_buyers(totals),
        "overlap": count_duplication(totals),
        "entries": entries,
        "named": totals.agg(**{name: totals[f"{name}_now"].sum() for name in ("net", "earned", "uncosted")}),
        "known": _total_known(lines, tables),
    }
    if horizon.previous is not None:
        asked["former"] = count_former_buyers(totals)
    return asked


def _name(entries: ir.Table, names: ir.Table) -> ir.Table:
    named = names.select(entry_part="part", name="name")
    return entries.left_join(named, entries.entry == named.entry_part).drop("entry_part")


def _total_known(lines: ir.Table, tables: Tables) -> ir.Table:
    inside = identified(within(lines, tables.engagement.horizon.current))
    return inside.agg(net=inside.net.sum())


def measure(replies: Replies) -> ProductsBack | NotComputable:
    """Add names, rates and intervals."""
    parts, each = replies["parts"].sort_values("place", ignore_index=True), replies["each"]
    buyers = int(each.customers.sum())
    count = int(parts.parts.iloc[0]) if len(parts) else 0
    if buyers < LEAST_CUSTOMERS or count < 2:  # noqa: PLR2004 - overlap needs two
        return NotComputable(reason=TOO_FEW.fill(n=word_number(buyers), parts=word_number(count)))
    former = int(replies["former"].customers.iloc[0]) if "former" in replies else 0
    rated = _rate_parts(_label(parts, "part"), buyers, former)
    known = float(replies["known"].fillna(0).net.iloc[0])
    costing = read_costing(replies["named"])
    return ProductsBack(
        parts=rated,
        each=each.sort_values("parts", ignore_index=True),
        overlap=duplicate(replies["overlap"], rated.part.tolist(), buyers),
        entries=_rate_entries(_label(replies["entries"].sort_values("place", ignore_index=True), "entry")),
        days=choose_window(replies.engagement.horizon)[2],
        buyers=buyers,
        part_count=count,
        named_share=costing.net / known if known > 0 else 1.0,
        is_product="name" in parts,
        costing=costing,
        currency=replies.engagement.currency,
    )


def _label(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    names = frame["name"].fillna(frame[column]) if "name" in frame else frame[column]
    return frame.assign(label=[shorten(str(name), NAME_LENGTH) for name in names])


def _rate_parts(parts: pd.DataFrame, buyers: int, former: int) -> pd.DataFrame:
    low, high = wilson(parts.buyers_now, buyers)
    parts = parts.assign(share=parts.buyers_now / buyers, low=low, high=high)
    parts = parts.assign(each=parts.gmv_now / parts.buyers_now.where(parts.buyers_now > 0))
    costed = parts.net_now - parts.uncosted_now
    well = parts.uncosted_now.abs() <= (1 - WELL_COSTED) * parts.net_now
    parts = parts.assign(margin=(parts.earned_now / costed.where(costed > 0)).where(well))
    if not former:
        return parts.assign(moved=np.nan, moved_low=np.nan, moved_high=np.nan)
    before = parts.buyers_before.fillna(0)
    moved_low, moved_high = newcombe_difference(parts.buyers_now, buyers, before, former)
    return parts.assign(moved=parts.share - before / former, moved_low=moved_low, moved_high=moved_high)


def _rate_entries(entries: pd.DataFrame) -> pd.DataFrame:
    low, high = wilson(entries.again, entries.customers)
    spend, net = entries.gmv_first + entries.gmv_later, entries.net_first + entries.net_later
    uncosted = entries.uncosted_first + entries.uncosted_later
    earned = (entries.earned_first + entries.earned_later) / entries.customers
    half = 1.96 * entries.spread / np.sqrt(entries.customers)
    each = spend / entries.customers
    return entries.assign(
        again_share=entries.again / entries.customers,
        low=low,
        high=high,
        crossed_share=entries.crossed / entries.customers,
        first_each=entries.gmv_first / entries.customers,
        each=each,
        each_low=each - half,
        each_high=each + half,
        earned_each=earned.where(uncosted.abs() <= (1 - WELL_COSTED) * net),
    )


def judge(_measured: ProductsBack, _limits: Limits) -> tuple[Finding, ...]:
    """Describe only: what a first product leads to is judged among the goods, against its own channel and month."""
    return ()


def tell(measured: ProductsBack) -> Text:
    """How many parts customers buy, the widest, the strongest pairing, and the main entry."""
    top = measured.parts.iloc[0]
    one = measured.each.customers[measured.each.parts == 1].sum()
    found = measured.overlap
    said = ANSWER.fill(
        n=word_number(measured.buyers),
        one=word_percent(one / measured.buyers),
        unit=UNITS[measured.is_product],
        parts=word_number(measured.part_count),
        top=name_verbatim(top.label),
        share=word_percent(top.share),
        coefficient=word_number(found.coefficient if found else None, 2),
    )
    pair = find_pairing(measured)
    if pair is not None:
        said += PAIR.fill(a=pair[0], b=pair[1], ratio=word_number(pair[2], 2))
    if not len(measured.entries):
        return said
    entry = measured.entries.iloc[0]
    return said + ENTRY.fill(
        entry=name_verbatim(entry.label),
        n=word_number(entry.customers),
        days=word_number(measured.days),
        value=word_price(entry.each, measured.currency),
        again=word_percent(entry.again_share),
    )


def find_pairing(measured: ProductsBack) -> tuple[str, str, float] | None:
    """The labels of the pair that overlaps most beyond expectation, and how much; `None` where none does."""
    if measured.overlap is None:
        return None
    ratios = measured.overlap.ratios.to_numpy(dtype=float)
    if not np.isfinite(ratios).any():
        return None
    row, column = np.unravel_index(int(np.nanargmax(ratios)), ratios.shape)
    labels = measured.parts.label.tolist()
    value = float(ratios[row, column])
    return (labels[row], labels[column], value) if value > 1 else None


def caveats(measured: ProductsBack) -> tuple[Text, ...]:
    """What names no product, what is not shown, and how far costs are known."""
    named = (PART_NAMED.fill(share=word_percent(measured.named_share)),) if measured.named_share < WELL_COSTED else ()
    listed = (
        (LISTED.fill(n=str(MOST_PARTS), unit=UNITS[measured.is_product]),) if measured.part_count > MOST_PARTS else ()
    )
    return (*named, *listed, *measured.costing.explain(measured.currency))


def tabulate(measured: ProductsBack) -> tuple[Exhibit, ...]:
    """Penetration, how many parts, overlap, entries."""
    exhibits = [_list_parts(measured), _list_each(measured)]
    if measured.overlap is not None:
        exhibits.append(_list_overlap(measured, measured.overlap))
    return (*exhibits, _list_entries(measured)) if len(measured.entries) else tuple(exhibits)


def _list_parts(measured: ProductsBack) -> Exhibit:
    profit = (
        Field(name="earned_now", label=Text(zh="利润（成本已知部分）", en="Profit, of known cost"), unit="money"),
        Field(name="margin", label=Text(zh="利润率", en="Margin"), unit="share"),
    )
    moved = (
        Field(name="moved", label=Text(zh="较对比期（占比之差）", en="On the comparison period"), unit="points"),
        Field(name="moved_low", label=Text(zh="差的区间下限", en="Difference, low"), unit="points"),
        Field(name="moved_high", label=Text(zh="差的区间上限", en="Difference, high"), unit="points"),
    )
    fields = (
        Field(name="label", label=PART),
        Field(name="buyers_now", label=CUSTOMERS, unit="count"),
        Field(name="share", label=Text(zh="渗透率", en="Penetration"), unit="share"),
        Field(name="low", label=Text(zh="区间下限", en="Interval, low"), unit="share"),
        Field(name="high", label=Text(zh="区间上限", en="Interval, high"), unit="share"),
        *(moved if measured.parts.moved.notna().any() else ()),
        Field(name="gmv_now", label=Text(zh="消费额", en="Spend"), unit="money"),
        Field(name="each", label=Text(zh="每位购买者", en="Spend per buyer"), unit="price"),
        *(profit if measured.costing.is_known else ()),
    )
    title = Text(zh="各类的渗透率与价值", en="Penetration and value")
    return Exhibit(name="parts", title=title, fields=fields, frame=measured.parts)


def _list_each(measured: ProductsBack) -> Exhibit:
    rows = measured.each
    more = Text(zh="{n} 及以上", en="{n} and more").fill(n=str(MOST_PARTS))
    labels = [more if parts == MOST_PARTS else name_verbatim(str(parts)) for parts in rows.parts]
    spent = rows.gmv.sum()
    frame = rows.assign(
        label=pd.Series(labels, dtype=object),
        share=rows.customers / measured.buyers,
        gmv_share=rows.gmv / spent if spent > 0 else np.nan,
        each=rows.gmv / rows.customers,
    )
    fields = (
        Field(name="label", label=Text(zh="买几类", en="How many they buy")),
        Field(name="customers", label=CUSTOMERS, unit="count"),
        Field(name="share", label=Text(zh="占客户", en="Share of customers"), unit="share"),
        Field(name="gmv_share", label=Text(zh="占消费", en="Share of spend"), unit="share"),
        Field(name="each", label=Text(zh="人均消费", en="Spend each"), unit="price"),
    )
    return Exhibit(name="each", title=Text(zh="客户买几类", en="Repertoire"), fields=fields, frame=frame)


def _list_overlap(measured: ProductsBack, found: Duplication) -> Exhibit:
    labels = measured.parts.label.tolist()
    count = range(len(labels))
    shares, ratios = found.shares.to_numpy(), found.ratios.to_numpy()
    frame = pd.DataFrame({f"part_{place}": shares[:, place] for place in count}).assign(label=labels)
    best = [int(np.nanargmax(row)) if np.isfinite(row).any() else None for row in ratios]
    partner = [None if place is None else labels[place] for place in best]
    ratio = [np.nan if place is None else ratios[row, place] for row, place in enumerate(best)]
    frame = frame.assign(partner=pd.Series(partner, dtype=object), ratio=ratio)
    fields = (
        Field(name="label", label=Text(zh="买过的客户", en="Buyers of")),
        *(Field(name=f"part_{place}", label=name_verbatim(labels[place]), unit="share") for place in count),
        Field(name="partner", label=Text(zh="超出预期最多的", en="Most above expectation")),
        Field(name="ratio", label=Text(zh="为预期的倍数", en="Times the expectation"), unit="number", digits=2),
    )
    title = Text(zh="购买重叠：行的客户里也买列的比例", en="Overlap: of the row's buyers, who also bought the column")
    return Exhibit(name="overlap", title=title, fields=fields, frame=frame)


def _list_entries(measured: ProductsBack) -> Exhibit:
    profit = (Field(name="earned_each", label=Text(zh="人均利润", en="Profit each"), unit="price"),)
    fields = (
        Field(name="label", label=Text(zh="首购", en="Entry")),
        Field(name="customers", label=Text(zh="新客数", en="New customers"), unit="count"),
        Field(name="first_each", label=Text(zh="首日人均", en="First day, each"), unit="price"),
        Field(name="each", label=Text(zh="期内人均消费", en="Spend each"), unit="price"),
        Field(name="each_low", label=Text(zh="消费区间下限", en="Spend, low"), unit="price"),
        Field(name="each_high", label=Text(zh="消费区间上限", en="Spend, high"), unit="price"),
        *(profit if measured.costing.is_known else ()),
        Field(name="again_share", label=Text(zh="再次购买", en="Bought again"), unit="share"),
        Field(name="low", label=Text(zh="再购区间下限", en="Again, low"), unit="share"),
        Field(name="high", label=Text(zh="再购区间上限", en="Again, high"), unit="share"),
        Field(name="crossed_share", label=Text(zh="再购时买了别类", en="Bought another one"), unit="share"),
    )
    title = Text(zh="从哪一类进来，{days} 天内值多少", en="What customers enter with, and their worth over {days} days")
    return Exhibit(name="entries", title=title.fill(days=str(measured.days)), fields=fields, frame=measured.entries)


def draw(measured: ProductsBack, language: Language) -> Figure:
    """Overlap as a heat map; pairs clearly above expectation are framed."""
    labels = measured.parts.label.tolist()
    found = measured.overlap
    if found is None:
        return draw_heat([], [], np.empty((0, 0)), axis_label="")
    named = Text(zh="{place} {label}（{share}）", en="{place} {label} ({share})")
    rows = [
        named.fill(place=str(place), label=label, share=word_percent(share, 0)).word(language)
        for place, (label, share) in enumerate(zip(labels, measured.parts.share, strict=True), start=1)
    ]
    axis = Text(
        zh="行的客户里也买列的比例（括号内为渗透率，框出者为预期的 {n} 倍以上）",
        en="Of the row's buyers, who bought the column (framed: {n} times expected)",
    ).fill(n=str(FRAMED))
    return draw_heat(
        rows,
        [str(place) for place in range(1, len(labels) + 1)],
        found.shares.to_numpy(dtype=np.float64),
        axis_label=axis.word(language),
        word=lambda share: word_percent(share, 0).en,
        alert=np.nan_to_num(found.ratios.to_numpy(dtype=np.float64)) >= FRAMED,
    )


# February is the current period: forty customers buy cream, twenty of them serum too, ten more serum only. Fifty
# customers: penetration 80 % and 60 %, 60 % buy one category only. Of cream's buyers 50 % buy serum, of serum's 67 %
# cream: D = (0.5 + 0.667) / (0.6 + 0.8) = 0.83.
EXAMPLE_LINES = "\n".join(
    [
        "customer ordered_at category paid_amount",
        "old 2024-01-02 cream 60",
        *(f"c{place:02} 2024-02-01 cream 60" for place in range(40)),
        *(f"c{place:02} 2024-02-20 serum 90" for place in range(20, 50)),
        "c00 2024-02-29 cream 60",
    ]
)

CHECK = Check(
    question=QUESTION,
    definition=DEFINITION.fill(days=str(FOLLOWED_DAYS), short=str(SHORT_DAYS)),
    answers=("004-05",),
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
    example=Example(tables={"order_lines": EXAMPLE_LINES}, says="coefficient is D = 0.83"),
    place=60,
)
