"""Which role each product plays, which role the range lacks, and in which price bands it sells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.goods import _price_band_words
from diagnostics.checks.goods import _roles_words as words
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
from diagnostics.metrics.cohorts import find_newcomers_since
from diagnostics.metrics.days import follow_purchases
from diagnostics.metrics.lines import value_lines, within
from diagnostics.metrics.products import keep_itemised, list_itemised
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

ROLES, BANDS = "003-22", "001-18"


@dataclass(frozen=True, kw_only=True)
class Range:
    """The range by role and by price; one of both may be unknown."""

    roles: Roles | None
    bands: Bands | None


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for the best products with first orders and margins, for the spread, and for sales by price."""
    horizon = tables.engagement.horizon
    lines = value_lines(tables["order_lines"], tables.engagement.gmv_basis)
    current = within(lines, horizon.current)
    kept = keep_itemised(current, tables.share(list_itemised(current)))
    days = tables.keep(follow_purchases(within(lines, horizon.history)))
    firsts = tables.share(pick_firsts(days, find_newcomers_since(horizon.history)))
    return {**ask_roles(tables, current, kept, firsts), **ask_bands(tables, lines, kept, firsts)}


def measure(replies: Replies) -> Range | NotComputable:
    """Give products their roles and put price bands together; either half may be missing, not both."""
    roles, bands = read_roles(replies), read_bands(replies)
    if roles is None and bands is None:
        return NotComputable(reason=words.NEITHER)
    return Range(roles=roles, bands=bands)


def judge(measured: Range, limits: Limits) -> tuple[Finding, ...]:
    """Raise a missing role; bands describe."""
    return () if measured.roles is None else find_missing(measured.roles, limits)


def tell(measured: Range) -> Text:
    """The spread over products, how many play each role, and where by price they sell."""
    roles = NOTHING if measured.roles is None else tell_roles(measured.roles)
    return roles if measured.bands is None else roles + tell_bands(measured.bands)


def caveats(measured: Range) -> tuple[Text, ...]:
    """Which roles could not be judged, and where the sheet's bands differ from the data."""
    bounds = () if measured.roles is None else say_bounds(measured.roles)
    return bounds if measured.bands is None else (*bounds, *compare_stated(measured.bands))


def lacks(measured: Range) -> Mapping[str, Text]:
    """Roles without products of some size, bands without units and prices."""
    roles = {ROLES: words.NO_ROLES} if measured.roles is None else {}
    return roles | {BANDS: _price_band_words.LACKING} if measured.bands is None else roles


def tabulate(measured: Range) -> tuple[Exhibit, ...]:
    """The products with their roles, and bands from cheap to dear."""
    products = () if measured.roles is None else (tabulate_roles(measured.roles),)
    return products if measured.bands is None else (*products, tabulate_bands(measured.bands))


def draw(measured: Range, language: Language) -> Figure:
    """Each role's share of GMV; where roles are not known, each price band's."""
    return next(_draw_known(measured, language))


def _draw_known(measured: Range, language: Language) -> Iterator[Figure]:
    if measured.roles is not None:
        yield draw_roles(measured.roles, language)
    if measured.bands is not None:
        yield draw_bands(measured.bands, language)


# In February alpha sells 60 at 20 = 1,200 and beta 30 at 60 = 1,800, both at a cost of half the price: no product earns
# more than the range. The dear band holds 60 %; in January, 90 at 20 and 30 at 60, it held half.
EXAMPLE_LINES = "\n".join(
    [
        "product_id product ordered_at paid_amount",
        *("A alpha 2024-01-01 20" for _ in range(90)),
        *("B beta 2024-01-31 60" for _ in range(30)),
        *("A alpha 2024-02-10 20" for _ in range(60)),
        *("B beta 2024-02-29 60" for _ in range(30)),
    ]
)

CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION,
    answers=(ROLES, BANDS),
    finds=("goods.missing_role",),
    needs=(Need(table="order_lines", columns=("product",)),),
    limits=(
        Limit(
            name="covered",
            value=0.8,
            reason=Text(
                zh="成本覆盖 80% 以上的 GMV 才说缺利润品，否则可能只是没给成本",
                en="a profit product is called missing only if costs cover 80% of GMV; else its cost may just be "
                "missing",
            ),
        ),
    ),
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
        "Image. The band with most GMV is CNY 50 and more: 60.0% (50.0% before)",
        finds=(("goods.missing_role", {"category": "all"}),),
    ),
    place=10,
)
