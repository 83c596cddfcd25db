"""The picture of the question on one cohort: its factors by age."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnostics.charts.axes import scale_count, scale_money, scale_share
from diagnostics.charts.panels import Panel, draw_panels
from diagnostics.model.wording import Text
from diagnostics.statistics.cohort_choice import AGE_DAYS

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from diagnostics.checks.audit.one_cohort import OneCohort
    from diagnostics.model.wording import Language


def draw_ages(measured: OneCohort, language: Language) -> Figure:
    """The factors by age: share active, orders per active customer, spend per order, and margin or value to date."""
    ages = measured.ages.iloc[1:]
    names = [str((age + 1) * AGE_DAYS) for age in ages.age]
    along = Text(zh="首购后天数（首段不列）", en="Days since the first purchase").word(language)
    fourth = (
        ("margin", Text(zh="利润率", en="Margin"), scale_share)
        if measured.costing.is_known
        else ("spend_to_date", Text(zh="累计人均消费", en="Spend to date each"), None)
    )
    parts = (
        ("share", Text(zh="活跃比例", en="Share active"), lambda axis: scale_share(axis, 1)),
        ("frequency", Text(zh="活跃者订单数", en="Orders per active"), lambda axis: scale_count(axis, 2)),
        ("order_value", Text(zh="笔单价", en="Spend per order"), None),
        fourth,
    )
    panels = [
        Panel(
            label=label.word(language),
            along=along,
            names=names,
            series={"": ages[name].tolist()},
            scale=scale or (lambda axis: scale_money(axis, measured.currency, language)),
        )
        for name, label, scale in parts
    ]
    return draw_panels(panels)
