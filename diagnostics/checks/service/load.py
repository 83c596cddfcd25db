"""How contacts are spread over staff, whether anybody holds more than can be served, and who keeps top customers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.charts.axes import scale_count
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.checks.limits import find_limits, name_limit
from diagnostics.checks.service import _load_words as say
from diagnostics.checks.service import _vip_words as vip
from diagnostics.checks.service._load_tables import tabulate_load
from diagnostics.checks.service._overload import REPLIES, WINDOW_DAYS, find_overloaded, state_overload
from diagnostics.checks.service._vip_care import (
    LEAST,
    LEAST_BUYERS,
    Care,
    ask_care,
    measure_care,
    tabulate_care,
    tell_care,
    track_care,
)
from diagnostics.checks.units import name_units
from diagnostics.metrics.load import count_chats, count_contacts, count_held
from diagnostics.metrics.recent import count_back
from diagnostics.metrics.replies import weigh_replies
from diagnostics.model.section import Exhibit, Need, NotComputable
from diagnostics.model.wording import Text, shorten, word_number, word_percent
from diagnostics.statistics.outlying import find_outlying_shares, find_outlying_times
from diagnostics.statistics.weekly_ratios import estimate_ratios

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.reading import Reading
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

# The capability that rests on orders, too.
CARE = "001-79"
MOST_ROWS = 15
# Where WeCom starts to cap the contacts of one member; more must be asked for.
CAPACITY = 5000
TIMES = 3


@dataclass(frozen=True, kw_only=True)
class Load:
    """One row a member of staff: held, store, chats and days, replies with their gap to the median, times.

    `care` is how the top fifth of buyers is looked after; `None` where that can't be told.
    """

    staff: pd.DataFrame
    capacity: float
    shared: int
    unheld: int
    care: Care | None
    limits: Limits

    @property
    def weekly_rate(self) -> float:
        """Chats a week for a hundred contacts over all staff whose chats are told."""
        told = self.staff[self.staff.days > 0]
        weeks = told.days / 7
        return float((told.chats / weeks).sum() / told.held.sum() * 100) if told.held.sum() else float("nan")


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for contacts held, chats and replies by staff, and for the care of top customers."""
    as_of = tables.engagement.horizon.as_of
    asked = {"held": count_held(tables["contacts"], as_of), "contacts": count_contacts(tables["contacts"])}
    if tables.has("staff_days", "staff"):
        rows = tables.share(count_back(tables["staff_days"]))
        recent = rows.filter(rows.back < WINDOW_DAYS)
        asked["chats"] = count_chats(recent)
        for name in REPLIES:
            if tables.has("staff_days", name):
                asked[name] = weigh_replies(recent, "staff", name)
    return asked | ask_care(tables)


def measure(replies: Replies) -> Load | NotComputable:
    """Join what each holds with how each answers."""
    held = replies["held"]
    if held.empty:
        return NotComputable(reason=say.NO_STAFF, unlocked_by=say.UNLOCKED_BY)
    staff = held.merge(replies["chats"], on="unit", how="left") if "chats" in replies else held
    staff = staff.reindex(columns=["unit", "held", "store", "days", "chats", "messages", "added"])
    for name, worse in REPLIES.items():
        if name in replies:
            estimated = estimate_ratios(replies[name])
            found = (
                find_outlying_shares(estimated.x, estimated.w, estimated.error, worse)
                if name == "reply_share"
                else find_outlying_times(estimated.value, estimated.error, worse)
            )
            told = pd.DataFrame(
                {
                    "unit": estimated.unit,
                    name: estimated.value,
                    f"{name}_middle": found.middle,
                    f"{name}_gap": found.gap,
                    f"{name}_low": found.low,
                    f"{name}_adjusted": found.adjusted,
                }
            )
            staff = staff.merge(told, on="unit", how="left")
    stated = [row.get("capacity") for row in replies.engagement.brief.rows("accounts_matrix")]
    capacities = [float(value) for value in stated if isinstance(value, int | float) and value > 0]
    counts = replies["contacts"].iloc[0]
    middle = max(float(staff.held.median()), 1.0)
    return Load(
        staff=staff.assign(times=staff.held / middle, rate=staff.chats * 7 / staff.days / staff.held * 100).sort_values(
            ["held", "unit"], ascending=[False, True], ignore_index=True
        ),
        capacity=float(np.median(capacities)) if capacities else CAPACITY,
        shared=int(counts.shared),
        unheld=int(counts.unheld),
        care=measure_care(replies),
        limits=find_limits("service.load", LIMITS, replies.engagement),
    )


def judge(measured: Load, limits: Limits) -> tuple[Finding, ...]:
    """Raise each of the overloaded."""
    return tuple(state_overload(row, worse, measured) for row, worse in find_overloaded(measured, limits))


def tell(measured: Load) -> Text:
    """How contacts are spread, who is overloaded, and how top customers are looked after."""
    held = measured.staff.held
    top = held.head(max(round(len(held) / 10), 1)).sum() / held.sum()
    said = say.ANSWER.fill(
        staff=word_number(len(held)),
        held=word_number(held.sum()),
        middle=word_number(held.median()),
        most=word_number(held.max()),
        share=word_percent(top),
    )
    over = find_overloaded(measured, measured.limits)
    tail = (
        say.OVER.fill(n=word_number(len(over)), names=name_units([str(row.unit) for row, _ in over]))
        if over
        else say.NONE_OVER
    )
    held_by = Text(zh=said.zh + tail.zh, en=said.en + tail.en)
    return held_by if measured.care is None else held_by + tell_care(measured.care)


def caveats(measured: Load) -> tuple[Text, ...]:
    """Contacts of several staff and of nobody; that talk with top customers is not logged."""
    said = []
    if measured.shared + measured.unheld:
        said.append(say.SHARED.fill(shared=word_number(measured.shared), unheld=word_number(measured.unheld)))
    if measured.care is not None and not measured.care.is_logged:
        said.append(vip.NO_TALK)
    return tuple(said)


def lacks(measured: Load) -> Mapping[str, Text]:
    """The care of top customers, where it can't be told."""
    return {} if measured.care is not None else {CARE: vip.NOT_TOLD.fill(n=word_number(LEAST_BUYERS))}


def track(measured: Load) -> tuple[Reading, ...]:
    """The share of top customers with a person of their own."""
    return () if measured.care is None else track_care(measured.care)


def tabulate(measured: Load) -> tuple[Exhibit, ...]:
    """Bands of load, every member of staff, and how top customers are looked after."""
    care = () if measured.care is None else tabulate_care(measured.care)
    return (*tabulate_load(measured.staff), *care)


def draw(measured: Load, language: Language) -> Figure:
    """Those who hold most."""
    top = measured.staff.head(MOST_ROWS)
    over = {row.unit for row, _ in find_overloaded(measured, measured.limits)}
    figure = draw_bars(
        [shorten(unit, 18) for unit in top.unit],
        top.held.astype(float).tolist(),
        [word_number(value).en for value in top.held],
        axis_label=Text(zh="在手客户数", en="Contacts held").word(language),
        marked={place for place, unit in enumerate(top.unit) if unit in over},
        reference=float(measured.staff.held.median()),
        reference_label=Text(zh="中位数", en="median").word(language),
    )
    scale_count(figure.axes[0].xaxis)
    return figure


LIMITS = (
    name_limit(
        "times", TIMES, "达到同事的三倍，超出分工本身的差别", "three colleagues' worth goes beyond any division of work"
    ),
    name_limit("least_held", 500, "不足五百位客户，一人可以顾到", "under five hundred one person can look after"),
    name_limit(
        "slower",
        0.5,
        "首次回复至少慢一半，才算顾不过来",
        "first replies half as slow again before it is called overload",
    ),
    name_limit("share_gap", 0.05, "每二十个会话多漏回一个", "one chat in twenty more left unanswered"),
)

# Seven staff hold 100 contacts each and answer in 8 to 14 minutes; the eighth holds 500, five times that, in 60.
# Of 150 buyers the first 30 spend 200 and the others 10; 9 of the 30 are contacts of a, 3 more of nobody.
HELD = {**dict.fromkeys("abcdefg", 100), "h": 500}
BUYERS = [f"c{place:03}" for place in range(LEAST_BUYERS)]
KEPT, MET = 9, 12
EXAMPLE_DAYS = "\n".join(
    [
        "day staff chats reply_minutes",
        *(
            f"2024-0{1 + week // 4}-{1 + 7 * (week % 4):02} {staff} 10 {60 if staff == 'h' else 8 + place + week % 2}"
            for week in range(8)
            for place, staff in enumerate(HELD)
        ),
    ]
)
EXAMPLE_CONTACTS = "\n".join(
    [
        "contact customer staff added_at",
        *(
            f"{staff}{n} {BUYERS[n] if staff == 'a' and n < KEPT else '-'} {staff} 2023-12-01"
            for staff, held in HELD.items()
            for n in range(held)
        ),
        *(f"x{place} {BUYERS[place]} - 2023-12-01" for place in range(KEPT, MET)),
    ]
)
EXAMPLE_LINES = "\n".join(
    [
        "customer ordered_at paid_amount",
        "- 2024-01-01 10",
        *(f"{who} 2024-02-{1 + place % 28:02} {200 if place < LEAST else 10}" for place, who in enumerate(BUYERS)),
        "c000 2024-02-28 200",
    ]
)

CHECK = Check(
    question=say.QUESTION,
    definition=say.DEFINITION.fill(capacity=word_number(CAPACITY), times=word_number(TIMES)),
    answers=(CARE,),
    finds=("service.overload",),
    needs=(Need(table="contacts", columns=("staff",)),),
    limits=LIMITS,
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    track=track,
    lacks=lacks,
    example=Example(
        tables={
            "contacts": EXAMPLE_CONTACTS,
            "staff_days": EXAMPLE_DAYS,
            "order_lines": EXAMPLE_LINES,
            "touches": "customer touched_at\nc000 2024-02-10\nc001 2024-02-20\nc002 2024-02-28",
        },
        # 500 of 1,200 are held by one of eight; 9 of 30 top customers are kept.
        says="41.7%；过载的有 1 位：h。30 位高价值客户贡献销售额的 83.8%，30.0%",
        finds=(("service.overload", {"staff": "h"}),),
    ),
    place=30,
)
