"""How a role that the range lacks becomes a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnostics.checks.goods import _roles_words as words
from diagnostics.model.finding import Evidence, Finding, Impact, Validation
from diagnostics.model.wording import word_number, word_percent
from diagnostics.statistics.product_roles import STEP

if TYPE_CHECKING:
    from diagnostics.checks.goods._product_roles import Roles

# A product with less of GMV does not give the range its margin.
WEIGHT = 0.02


def find_missing(measured: Roles, least_covered: float) -> tuple[Finding, ...]:
    """The roles that no product plays, only where costs are known for nearly everything."""
    if measured.margin is None or measured.covered < least_covered:
        return ()
    products, missing = measured.products, []
    if measured.has_firsts and not products.traffic.any():
        missing.append("traffic")
    heavy = products[products.share >= WEIGHT]
    if len(heavy) and not heavy.profit.any():
        missing.append("profit")
    return tuple(_find(measured, role, measured.margin) for role in missing)


def _find(measured: Roles, role: str, margin: float) -> Finding:
    products = measured.products
    heavy = products.margin[products.share >= WEIGHT]
    parts = {
        "step": word_percent(STEP, 0),
        "first": word_number(measured.first_orders),
        "later": word_number(measured.later_orders),
        "n": word_number(len(products)),
        "margin": word_percent(margin),
        "best": word_percent(float(heavy.max()) if len(heavy) else None),
    }
    gain = measured.annual_gmv * 0.1 * STEP
    is_profit = role == "profit"
    return Finding(
        code="goods.missing_role",
        scope={"category": "all"},
        title=words.TITLES[role].fill(**parts),
        cause=words.CAUSES[role].fill(**parts),
        action=words.ACTIONS[role],
        owner_role="product",
        validation=Validation(metric="role", direction="up", window_days=60),
        stop_rule=words.STOPS[role],
        confidence=0.6,
        impact=Impact(low=gain / 2, mid=gain, high=gain * 2) if is_profit else None,
        impact_reason=None if is_profit else words.NO_MONEY,
        severity=None if is_profit else "low",
        evidence=(Evidence(table="products", n=len(products)),),
    )
