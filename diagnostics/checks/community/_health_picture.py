"""The picture of how alive the groups are, by week and by age."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnostics.charts.axes import scale_share
from diagnostics.charts.panels import Panel, draw_panels
from diagnostics.model.wording import Text

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from diagnostics.checks.community.health import Health
    from diagnostics.model.wording import Language


def draw_health(measured: Health, language: Language) -> Figure:
    """Groups and members active on a day, week by week; and the life curve where ages are known."""
    weeks, ages = measured.weeks, measured.ages
    names = [f"-{week}" for week in weeks.week.astype(int)]
    along = Text(zh="周（-0 为最近）", en="Week (-0 is the last)").word(language)
    labels = {
        "group_share": Text(zh="日均有消息群占比", en="Groups active on a day"),
        "member_share": Text(zh="日均发言成员占比", en="Members who speak on a day"),
    }
    panels = [
        Panel(
            label=label.word(language),
            along=along,
            names=names,
            series={"": weeks[name].astype(float).tolist()},
            scale=scale_share,
        )
        for name, label in labels.items()
        if weeks[name].notna().any()
    ]
    if len(ages):
        panels.append(
            Panel(
                label=Text(zh="仍有客户发言的群", en="Groups still talked in").word(language),
                along=Text(zh="建群第几个月", en="Month of age").word(language),
                names=[str(age + 1) for age in ages.age.astype(int)],
                series={"": (ages.alive / ages.groups).astype(float).tolist()},
                scale=scale_share,
                bars=True,
            )
        )
    return draw_panels(panels)
