"""The tables of members: flows by unit, staying, repeated membership, conversion and member share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.checks.units import WHOLE
from diagnostics.metrics.group_flows import STAY_DAYS
from diagnostics.metrics.group_flows import WHOLE as ALL
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text

if TYPE_CHECKING:
    from diagnostics.checks.community.members import Flows


def tabulate_members(measured: Flows) -> tuple[Exhibit, ...]:
    """Flows by unit, staying by month of joining, repeated membership, conversion and member share."""
    unit = Field(name="unit", label=Text(zh="单位", en="Unit"))
    flows = Exhibit(
        name="units",
        title=Text(zh="净流失（多者在前）", en="Net loss of members, largest first"),
        fields=(
            unit,
            Field(name="weeks", label=Text(zh="周数", en="Weeks"), unit="count"),
            Field(name="joined", label=Text(zh="入群", en="Joined"), unit="count"),
            Field(name="left", label=Text(zh="退群", en="Left"), unit="count"),
            Field(name="loss", label=Text(zh="净流失", en="Net loss"), unit="count"),
            Field(name="weekly", label=Text(zh="每周净流失", en="Net loss a week"), unit="number", digits=1),
            Field(name="low", label=Text(zh="95% 下限", en="95% low"), unit="number", digits=1),
            Field(name="high", label=Text(zh="95% 上限", en="95% high"), unit="number", digits=1),
            Field(name="rate", label=Text(zh="占期初成员", en="Of members at the start"), unit="share"),
        ),
        frame=measured.units.assign(unit=measured.units.unit.astype(object).replace({ALL: WHOLE})),
    )
    shown = [flows]
    if len(measured.staying) and measured.staying.gone.sum():
        shown.append(_show_staying(measured.staying))
    if measured.repeats is not None:
        row = measured.repeats
        frame = pd.DataFrame([row]).assign(share=row.repeated / row.persons if row.persons else None)
        fields = (
            Field(name="persons", label=Text(zh="在群人数", en="People in groups"), unit="count"),
            Field(name="repeated", label=Text(zh="在两个及以上群", en="In two groups or more"), unit="count"),
            Field(name="share", label=Text(zh="重复入群率", en="Share repeated"), unit="share"),
            Field(name="known", label=Text(zh="能对应客户", en="Can be matched"), unit="count"),
        )
        title = Text(zh="重复入群", en="Repeated membership")
        shown.append(Exhibit(name="repeats", title=title, fields=fields, frame=frame))
    if len(measured.conversion):
        shown.append(_show_conversion(measured.conversion))
    if len(measured.loyal):
        frame = measured.loyal.assign(share=measured.loyal.loyal / measured.loyal.people)
        group_fields = (
            Field(name="group", label=Text(zh="群", en="Group")),
            Field(name="people", label=Text(zh="能对应的成员", en="People matched"), unit="count"),
            Field(name="loyal", label=Text(zh="其中会员", en="Members of the scheme"), unit="count"),
            Field(name="share", label=Text(zh="会员占比", en="Share"), unit="share"),
        )
        title = Text(zh="各群的会员占比", en="Members of the loyalty scheme by group")
        frame = frame.sort_values("share", ascending=False, ignore_index=True)
        shown.append(Exhibit(name="loyal", title=title, fields=group_fields, frame=frame))
    return tuple(shown)


def _show_staying(staying: pd.DataFrame) -> Exhibit:
    shares = {
        f"share_{days}": (staying[f"stay_{days}"] / staying[f"old_{days}"]).where(
            staying[f"old_{days}"] == staying.joined
        )
        for days in STAY_DAYS
    }
    return Exhibit(
        name="staying",
        title=Text(zh="入群留存（只列已满天数的月份）", en="Staying by month of joining, where all are old enough"),
        fields=(
            Field(name="month", label=Text(zh="入群月", en="Joined in"), unit="month"),
            Field(name="joined", label=Text(zh="入群人数", en="Joined"), unit="count"),
            *(
                Field(
                    name=f"share_{days}",
                    label=Text(zh=f"{days} 天仍在", en=f"Still there after {days} days"),
                    unit="share",
                )
                for days in STAY_DAYS
            ),
        ),
        frame=staying.assign(**shares),
    )


def _show_conversion(conversion: pd.DataFrame) -> Exhibit:
    frame = conversion.assign(
        after=conversion.bought_after / conversion.members,
        before=conversion.bought_before / conversion.members,
        each=conversion.spend_after / conversion.members,
        each_before=conversion.spend_before / conversion.members,
    )
    return Exhibit(
        name="conversion",
        title=Text(
            zh="社群转化（同一批人入群前后各 30 天）", en="Buying of the same people, 30 days after and before joining"
        ),
        fields=(
            Field(name="kind", label=Text(zh="群类型", en="Kind of group")),
            Field(name="members", label=Text(zh="成员", en="People"), unit="count"),
            Field(name="after", label=Text(zh="入群后购买", en="Buy after"), unit="share"),
            Field(name="before", label=Text(zh="入群前购买", en="Bought before"), unit="share"),
            Field(name="new_after", label=Text(zh="入群后首购", en="First purchase after"), unit="count"),
            Field(name="each", label=Text(zh="人均消费（后）", en="Spend each, after"), unit="price"),
            Field(name="each_before", label=Text(zh="人均消费（前）", en="Spend each, before"), unit="price"),
        ),
        frame=frame.sort_values("members", ascending=False, ignore_index=True),
    )
