"""Which roles the range holds and lacks, in which price bands it sells, and how much hangs on one product."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.goods import _dependence_words, _price_band_words
from diagnostics.checks.goods import _roles_words as words
from diagnostics.checks.goods._dependence import (
    Dependence,
    ask_dependence,
    draw_best,
    find_dependence,
    read_dependence,
    say_coverage,
    tabulate_dependence,
    tell_dependence,
)
from diagnostics.checks.goods._price_bands import (
    Bands,
    ask_bands,
    compare_stated,
    draw_bands,
    read_bands,
    tabulate_bands,
    tell_bands,
)
from diagnostics.checks.goods._product_roles import (
    Roles,
    ask_roles,
    draw_roles,
    read_roles,
    say_bounds,
    tabulate_roles,
    tell_roles,
)
from diagnostics.checks.goods._roles_findings import find_missing
from diagnostics.checks.limits import find_limits
from diagnostics.metrics.assortment import total_products
from diagnostics.metrics.cohorts import find_newcomers_since
from diagnostics.metrics.days import follow_purchases
from diagnostics.metrics.lines import value_lines, within
from diagnostics.metrics.products import cover_products, keep_itemised, list_itemised, name_products
from diagnostics.metrics.returns import pick_firsts
from diagnostics.model.section import Exhibit, Need, NotComputable
from diagnostics.model.wording import NOTHING, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

ROLES, BANDS, DEPENDENCE = "003-22", "001-18", "003-17"


@dataclass(frozen=True, kw_only=True)
class Range:
    """The range by role, by price and by what each product sells; not all of it may be known."""

    roles: Roles | None
    bands: Bands | None
    dependence: Dependence | None


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for the best products with first orders and margins, for sales by price, and for the spread."""
    horizon = tables.engagement.horizon
    lines = value_lines(tables["order_lines"], tables.engagement.gmv_basis)
    current = within(lines, horizon.current)
    kept = _keep(tables, current)
    earlier = None if horizon.previous is None else _keep(tables, within(lines, horizon.previous))
    days = tables.keep(follow_purchases(within(lines, horizon.history)))
    firsts = tables.share(pick_firsts(days, find_newcomers_since(horizon.history)))
    totals, names = tables.share(total_products(kept)), tables.share(name_products(current))
    return {
        **ask_roles(tables, kept, totals, names, firsts),
        **ask_bands(tables, kept, earlier, firsts),
        **ask_dependence(tables, totals, names, earlier),
        "coverage": cover_products(current, kept),
    }


def _keep(tables: Tables, lines: ir.Table) -> ir.Table:
    return keep_itemised(lines, tables.share(list_itemised(lines)))


def measure(replies: Replies) -> Range | NotComputable:
    """Give products their roles, put price bands together and add up the spread; some may be missing, not all."""
    largest = find_limits(NAME, LIMITS, replies.engagement)["largest_share"]
    roles, bands, dependence = read_roles(replies), read_bands(replies), read_dependence(replies, largest)
    if roles is None and bands is None and dependence is None:
        return NotComputable(reason=words.NO_SALES)
    return Range(roles=roles, bands=bands, dependence=dependence)


def judge(measured: Range, limits: Limits) -> tuple[Finding, ...]:
    """Raise a missing role and a product that holds too much; bands describe."""
    missing = () if measured.roles is None else find_missing(measured.roles, limits["covered"])
    if measured.dependence is None:
        return missing
    return (*missing, *find_dependence(measured.dependence, limits["largest_share"]))


def tell(measured: Range) -> Text:
    """How many products play each role, where by price they sell, and what the largest holds."""
    said = NOTHING if measured.roles is None else tell_roles(measured.roles)
    if measured.bands is not None:
        said += tell_bands(measured.bands)
    return said if measured.dependence is None else said + tell_dependence(measured.dependence)


def caveats(measured: Range) -> tuple[Text, ...]:
    """How much of GMV names products, which roles could not be judged, and where the sheet's bands differ."""
    covered = () if measured.dependence is None else say_coverage(measured.dependence)
    bounds = () if measured.roles is None else say_bounds(measured.roles)
    return (*covered, *bounds, *(() if measured.bands is None else compare_stated(measured.bands)))


def lacks(measured: Range) -> Mapping[str, Text]:
    """Roles without products of some size, bands without units and prices, the spread without sales."""
    known = {
        ROLES: (measured.roles, words.NO_ROLES),
        BANDS: (measured.bands, _price_band_words.LACKING),
        DEPENDENCE: (measured.dependence, _dependence_words.LACKING),
    }
    return {capability: reason for capability, (part, reason) in known.items() if part is None}


def tabulate(measured: Range) -> tuple[Exhibit, ...]:
    """The products with their roles, bands from cheap to dear, the best products and how GMV is spread."""
    products = () if measured.roles is None else (tabulate_roles(measured.roles),)
    bands = () if measured.bands is None else (tabulate_bands(measured.bands),)
    return (*products, *bands, *(() if measured.dependence is None else tabulate_dependence(measured.dependence)))


def draw(measured: Range, language: Language) -> Figure:
    """Each role's share of GMV; where roles are not known, each price band's or the best products'."""
    return next(_draw_known(measured, language))


def _draw_known(measured: Range, language: Language) -> Iterator[Figure]:
    if measured.roles is not None:
        yield draw_roles(measured.roles, language)
    if measured.bands is not None:
        yield draw_bands(measured.bands, language)
    if measured.dependence is not None:
        yield draw_best(measured.dependence, language)


# In February alpha sells 60 at 20 = 1,200 and beta 30 at 60 = 1,800, both at a cost of half the price: no product earns
# more than the range. Beta, and with it the dear band, holds 60 %; in January, 90 at 20 and 30 at 60, it held half.
EXAMPLE_LINES = "\n".join(
    [
        "product_id product ordered_at paid_amount",
        *("A alpha 2024-01-01 20" for _ in range(90)),
        *("B beta 2024-01-31 60" for _ in range(30)),
        *("A alpha 2024-02-10 20" for _ in range(60)),
        *("B beta 2024-02-29 60" for _ in range(30)),
    ]
)

NAME = "goods.roles"
LIMITS = (
    Limit(
        name="covered",
        value=0.8,
        reason=Text(
            zh="成本覆盖 80% 以上的 GMV 才说缺利润品，否则可能只是没给成本",
            en="a profit product is called missing only if costs cover 80% of GMV; else its cost may just be missing",
        ),
    ),
    Limit(
        name="largest_share",
        value=0.25,
        reason=Text(
            zh="单品超过四分之一：它断货或被跟价一个季度，全店增长目标就难以弥补",
            en="above a quarter of GMV one product's bad quarter cannot be made up by the others",
        ),
    ),
)

CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION,
    answers=(ROLES, BANDS, DEPENDENCE),
    finds=("goods.missing_role", "goods.hero_dependence"),
    needs=(Need(table="order_lines", columns=("product",)),),
    limits=LIMITS,
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    lacks=lacks,
    example=Example(
        tables={"order_lines": EXAMPLE_LINES, "products": "product_id unit_cost\nA 10\nB 30"},
        says="Of 2 products judged: hero 1, profit 0, image 0, regular 1 (roles may overlap); nothing plays: Profit, "
        "Image. The band with most GMV is CNY 50 and more: 60.0% (50.0% before). Of 2 products, 1 make half of GMV "
        "and 2 make 80%; the largest, “beta”, holds 60.0% (50.0% before), the first ten 100.0%.",
        finds=(("goods.missing_role", {"category": "all"}), ("goods.hero_dependence", {"sku": "B"})),
    ),
    place=10,
)
