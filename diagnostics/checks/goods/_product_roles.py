"""Which role each product plays: hero, traffic, profit, image or regular."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from diagnostics.charts.axes import scale_share
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.goods import _roles_words as words
from diagnostics.metrics.roles import count_first_orders, list_products, measure_margins
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import NOTHING, Text, join_texts, word_number, word_percent
from diagnostics.statistics.product_roles import LEAST_FIRSTS, assign_roles

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.checks.check import Replies
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

MOST_PRODUCTS = 300
LEAST_ORDERS = 30
MOST_ROWS = 15
WELL_COVERED = 0.95


@dataclass(frozen=True, kw_only=True)
class Roles:
    """Products with their roles, and the margin of the range where costs are known."""

    products: pd.DataFrame
    margin: float | None
    covered: float
    first_orders: int
    later_orders: int
    annual_gmv: float

    @property
    def has_firsts(self) -> bool:
        """Whether there are enough first orders to see the traffic role."""
        return min(self.first_orders, self.later_orders) >= LEAST_FIRSTS


def ask_roles(
    tables: Tables, kept: ir.Table, totals: ir.Table, names: ir.Table, firsts: ir.Table
) -> dict[str, ir.Table]:
    """Ask for the products with most GMV with their first orders and margins.

    `kept` are lines of `keep_itemised`, `totals` come from `total_products`, `names` from `name_products`, `firsts`
    from `pick_firsts`.
    """
    has_cost = tables.has("products", "product_id", "unit_cost")
    margins = measure_margins(kept, tables["products"]) if has_cost else None
    return {"products": list_products(totals, names, count_first_orders(kept, firsts), margins, MOST_PRODUCTS)}


def read_roles(replies: Replies) -> Roles | None:
    """Give every product of some size its roles; `None` where no product has enough orders, or sales after refunds."""
    answered = replies["products"].sort_values("place", ignore_index=True)
    judged = answered[answered.orders >= LEAST_ORDERS].reset_index(drop=True)
    if judged.empty or answered.gmv.sum() <= 0:
        return None
    known = answered[answered.cost.notna() & (answered.sold > 0)]
    margin = float(1 - known.cost.sum() / known.sold.sum()) if len(known) else None
    first, later = (int(judged[name].fillna(0).max()) for name in ("all_first", "all_later"))
    return Roles(
        products=_name_all(assign_roles(judged, margin, first, later)),
        margin=margin,
        covered=float(known.gmv.sum() / answered.gmv.sum()),
        first_orders=first,
        later_orders=later,
        annual_gmv=replies.engagement.annual_gmv,
    )


def tell_roles(measured: Roles) -> Text:
    """How many products play each role, as one sentence."""
    counts = [
        words.ROLE_COUNT.fill(
            role=Text(zh=label.zh, en=label.en.lower()), n=word_number(float(measured.products[role].sum()))
        )
        for role, label in words.ROLES.items()
        if _is_judged(measured, role)
    ]
    empty = [role for role in words.ROLES if _is_judged(measured, role) and not measured.products[role].any()]
    state = words.ALL_THERE if len(counts) == len(words.ROLES) else NOTHING
    if empty:
        state = words.LACKING.fill(roles=join_texts(words.ROLES[role] for role in empty))
    return words.ANSWER.fill(n=word_number(len(measured.products)), roles=join_texts(counts), state=state)


def say_bounds(measured: Roles) -> tuple[Text, ...]:
    """Which roles could not be judged, and what would bring them."""
    said = []
    if measured.margin is None:
        said.append(words.NO_COST)
    elif measured.covered < WELL_COVERED:
        said.append(words.PART_COST.fill(share=word_percent(measured.covered)))
    if not measured.has_firsts:
        said.append(words.NO_FIRSTS.fill(n=word_number(measured.first_orders)))
    return tuple(said)


def tabulate_roles(measured: Roles) -> Exhibit:
    """The products with their roles; what each role holds is in the figure."""
    return Exhibit(
        name="products",
        title=Text(zh="商品角色明细（GMV 最高的商品）", en="Products with most GMV and their roles"),
        fields=(
            Field(name="name", label=Text(zh="商品", en="Product")),
            Field(name="role", label=Text(zh="角色", en="Role")),
            Field(name="gmv", label=Text(zh="GMV", en="GMV"), unit="money"),
            Field(name="share", label=Text(zh="份额", en="Share"), unit="share"),
            Field(name="orders", label=Text(zh="订单数", en="Orders"), unit="count"),
            Field(name="price", label=Text(zh="均价", en="Price"), unit="price"),
            Field(name="index", label=Text(zh="首单倍数", en="First-order index"), unit="number", digits=2),
            Field(name="margin", label=Text(zh="毛利率", en="Gross margin"), unit="share"),
        ),
        frame=measured.products.head(MOST_ROWS),
    )


def draw_roles(measured: Roles, language: Language) -> Figure:
    """Each role's share of GMV with its number of products."""
    totals = _total_roles(measured)
    template = Text(zh="{share}（{n} 个商品）", en="{share} ({n} products)")
    parts = [
        template.fill(share=word_percent(share), n=word_number(count)).word(language)
        for share, count in zip(totals.share.tolist(), totals.products.tolist(), strict=True)
    ]
    figure = draw_bars(
        [label.word(language) for label in totals.label],
        totals.share.tolist(),
        parts,
        axis_label=Text(zh="占全部 GMV（角色可重叠）", en="Share of GMV (roles may overlap)").word(language),
    )
    figure.axes[0].margins(x=0.3)
    scale_share(figure.axes[0].xaxis)
    return figure


def _is_judged(measured: Roles, role: str) -> bool:
    if role == "profit":
        return measured.margin is not None
    return role != "traffic" or measured.has_firsts


def _total_roles(measured: Roles) -> pd.DataFrame:
    products = measured.products
    rows = [
        (label, int(products[role].sum()), float(products.share[products[role].astype(bool)].sum()))
        for role, label in words.ROLES.items()
        if _is_judged(measured, role)
    ]
    return pd.DataFrame(rows, columns=["label", "products", "share"])


def _name_all(products: pd.DataFrame) -> pd.DataFrame:
    roles = [_name_roles(row) for row in products.to_dict("records")]
    return products.assign(role=pd.Series(roles, index=products.index, dtype=object))


def _name_roles(row: Mapping[Any, Any]) -> Text:
    names = [label for role, label in words.ROLES.items() if row[role]]
    return join_texts(names) if names else NOTHING
