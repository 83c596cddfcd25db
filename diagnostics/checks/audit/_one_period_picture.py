"""The picture of the question on one period: which share each tenth of the customers holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnostics.charts.axes import scale_share
from diagnostics.charts.panels import Panel, draw_panels
from diagnostics.checks.audit._value_deciles import read_deciles
from diagnostics.metrics.one_period import MOST_ORDERS
from diagnostics.metrics.segments import ALL
from diagnostics.model.wording import Text

if TYPE_CHECKING:
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure

    from diagnostics.checks.audit.one_period import OnePeriod
    from diagnostics.model.wording import Language


def draw_deciles(measured: OnePeriod, language: Language) -> Figure:
    """Shares of spend by decile, and beside them of profit, or where costs are unknown the number of orders."""
    along = Text(zh="客户十分位（1 为最高）", en="Customers in deciles, highest first").word(language)
    spend = read_deciles(measured, "spend")
    left = Panel(
        label=Text(zh="占消费额", en="Share of spend").word(language),
        along=along,
        names=[str(decile) for decile in spend.decile],
        series={"": spend.spend_share.tolist()},
        scale=scale_share,
        bars=True,
    )
    return draw_panels([left, _draw_right(measured, along, language)])


def _draw_right(measured: OnePeriod, along: str, language: Language) -> Panel:
    if measured.costing.is_known:
        rows = read_deciles(measured, "profit")
        return Panel(
            label=Text(zh="占利润", en="Share of profit").word(language),
            along=along,
            names=[str(decile) for decile in rows.decile],
            series={"": rows.profit_share.tolist()},
            scale=_scale_signed,
            bars=True,
            marked=[place for place, share in enumerate(rows.profit_share) if share < 0],
        )
    rows = measured.times[measured.times.kind == ALL].sort_values("times")
    return Panel(
        label=Text(zh="占客户数", en="Share of customers").word(language),
        along=Text(zh="本期订单数", en="Orders in the period").word(language),
        names=[f"{times}+" if times == MOST_ORDERS else str(times) for times in rows.times],
        series={"": (rows.customers / rows.customers.sum()).tolist()},
        scale=scale_share,
        bars=True,
    )


def _scale_signed(axis: Axis) -> None:
    scale_share(axis)
    axis.axes.axhline(0, color="black", linewidth=0.8)
