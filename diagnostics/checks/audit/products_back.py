"""Customers and products together: what they enter with, how many buy each category, and what else they buy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagnostics.checks.audit import _products_back_words as words
from diagnostics.checks.audit._entries import FOLLOWED_DAYS, SHORT_DAYS, choose_window, list_entries, rate_entries
from diagnostics.checks.audit._overlap import draw_overlap, find_pairing, list_overlap
from diagnostics.checks.audit._penetration import list_each, list_parts, rate_parts
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
from diagnostics.model.section import Exhibit, Need, NotComputable
from diagnostics.model.wording import Text, name_verbatim, shorten, word_number, word_percent, word_price
from diagnostics.statistics.duplication import Duplication, duplicate

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    import pandas as pd
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
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
LEAST_CUSTOMERS = 30


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
        return NotComputable(reason=words.TOO_FEW.fill(n=word_number(buyers), parts=word_number(count)))
    former = int(replies["former"].customers.iloc[0]) if "former" in replies else 0
    rated = rate_parts(_label(parts, "part"), buyers, former)
    known = float(replies["known"].fillna(0).net.iloc[0])
    costing = read_costing(replies["named"])
    return ProductsBack(
        parts=rated,
        each=each.sort_values("parts", ignore_index=True),
        overlap=duplicate(replies["overlap"], rated.part.tolist(), buyers),
        entries=rate_entries(_label(replies["entries"].sort_values("place", ignore_index=True), "entry")),
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


def judge(_measured: ProductsBack, _limits: Limits) -> tuple[Finding, ...]:
    """Describe only: what a first product leads to is judged among the goods, against its own channel and month."""
    return ()


def tell(measured: ProductsBack) -> Text:
    """How many parts customers buy, the widest, the strongest pairing, and the main entry."""
    top = measured.parts.iloc[0]
    one = measured.each.customers[measured.each.parts == 1].sum()
    found = measured.overlap
    said = words.ANSWER.fill(
        n=word_number(measured.buyers),
        one=word_percent(one / measured.buyers),
        unit=words.UNITS[measured.is_product],
        parts=word_number(measured.part_count),
        top=name_verbatim(top.label),
        share=word_percent(top.share),
        coefficient=word_number(found.coefficient if found else None, 2),
    )
    pair = find_pairing(measured)
    if pair is not None:
        said += words.PAIR.fill(a=pair[0], b=pair[1], ratio=word_number(pair[2], 2))
    if not len(measured.entries):
        return said
    entry = measured.entries.iloc[0]
    return said + words.ENTRY.fill(
        entry=name_verbatim(entry.label),
        n=word_number(entry.customers),
        days=word_number(measured.days),
        value=word_price(entry.each, measured.currency),
        again=word_percent(entry.again_share),
    )


def caveats(measured: ProductsBack) -> tuple[Text, ...]:
    """What names no product, what is not shown, and how far costs are known."""
    named = (
        (words.PART_NAMED.fill(share=word_percent(measured.named_share)),) if measured.named_share < WELL_COSTED else ()
    )
    listed = (
        (words.LISTED.fill(n=str(MOST_PARTS), unit=words.UNITS[measured.is_product]),)
        if measured.part_count > MOST_PARTS
        else ()
    )
    return (*named, *listed, *measured.costing.explain(measured.currency))


def tabulate(measured: ProductsBack) -> tuple[Exhibit, ...]:
    """Penetration, how many parts, overlap, entries."""
    exhibits = [list_parts(measured), list_each(measured)]
    if measured.overlap is not None:
        exhibits.append(list_overlap(measured, measured.overlap))
    return (*exhibits, list_entries(measured)) if len(measured.entries) else tuple(exhibits)


def draw(measured: ProductsBack, language: Language) -> Figure:
    """Overlap as a heat map; pairs clearly above expectation are framed."""
    return draw_overlap(measured, language)


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
