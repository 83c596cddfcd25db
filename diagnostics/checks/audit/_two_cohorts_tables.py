"""The tables of the question on two cohorts: by age, why they differ, and by month."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.checks.audit import _two_cohorts_words as words
from diagnostics.checks.audit._two_cohorts_words import NAMES
from diagnostics.model.section import Exhibit, Field, interval_fields
from diagnostics.model.wording import Text
from diagnostics.statistics.cohort_choice import name_ages

if TYPE_CHECKING:
    from diagnostics.checks.audit.two_cohorts import TwoCohorts


def list_ages(measured: TwoCohorts) -> Exhibit:
    """One row an age, both cohorts beside each other."""
    columns = ("share", "frequency", "order_value", f"{measured.main}_to_date")
    both = [measured.ages[name][["age", *columns]].set_index("age").add_prefix(f"{name}_") for name in NAMES]
    frame = both[0].join(both[1], how="outer").reset_index()
    worded = {
        "share": (Text(zh="活跃比例", en="share active"), "share"),
        "frequency": (Text(zh="活跃者订单数", en="orders per active"), "number"),
        "order_value": (Text(zh="笔单价", en="spend per order"), "price"),
        f"{measured.main}_to_date": (
            Text(zh="累计人均{what}", en="{what} to date each").fill(what=words.WHAT[measured.main]),
            "price",
        ),
    }
    sides = {"older": words.OLDER_WORD, "newer": words.NEWER_WORD}
    fields = (
        Field(name="label", label=Text(zh="年龄（天）", en="Age, days")),
        *(
            Field(
                name=f"{name}_{column}",
                label=Text(zh="{side}：{word}", en="{side}: {word}").fill(side=sides[name], word=word),
                unit=unit,  # type: ignore[arg-type] # one of the units above
                digits=2 if unit == "number" else None,
            )
            for column, (word, unit) in worded.items()
            for name in NAMES
        ),
    )
    title = Text(
        zh="同龄相比（空白 = 尚未完整观察）", en="Side by side at the same age (empty = not observed whole yet)"
    )
    return Exhibit(name="ages", title=title, fields=fields, frame=frame.assign(label=name_ages(frame.age)))


def list_parts(measured: TwoCohorts) -> Exhibit:
    """What makes the gap per customer."""
    labels = pd.Series([words.PART_WORDS[part] for part in measured.parts.part], dtype=object)
    fields = (
        Field(name="label", label=Text(zh="来自", en="From")),
        Field(name="effect", label=Text(zh="人均差额", en="Gap per customer"), unit="price"),
        *interval_fields("price"),
    )
    title = Text(zh="两批人均{what}为何不同", en="Why the {what} per customer differs").fill(
        what=words.WHAT[measured.main]
    )
    return Exhibit(name="parts", title=title, fields=fields, frame=measured.parts.assign(label=labels))


def list_months(measured: TwoCohorts) -> Exhibit:
    """One row a calendar month, both cohorts beside each other."""
    frame = measured.months.pivot_table(index="month", columns="cohort", values=["spend", "active"], aggfunc="sum")
    frame.columns = pd.Index(["_".join(reversed(pair)) for pair in frame.columns.tolist()])
    wanted = [f"{name}_{value}" for value in ("active", "spend") for name in NAMES]
    frame = frame.reindex(columns=wanted).reset_index()
    sides = {"older": words.OLDER_WORD, "newer": words.NEWER_WORD}
    worded = {"active": Text(zh="活跃客户", en="active"), "spend": Text(zh="消费额", en="spend")}
    fields = (
        Field(name="month", label=Text(zh="月份", en="Month"), unit="month"),
        *(
            Field(
                name=f"{name}_{value}",
                label=Text(zh="{side}：{word}", en="{side}: {word}").fill(side=sides[name], word=word),
                unit="count" if value == "active" else "money",
            )
            for value, word in worded.items()
            for name in NAMES
        ),
    )
    return Exhibit(name="months", title=Text(zh="按日历对齐", en="By calendar"), fields=fields, frame=frame)
