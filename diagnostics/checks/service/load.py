"""How contacts are spread over staff, and whether anybody holds more than can be served."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from diagnostics.charts.axes import scale_count
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.limits import find_limits
from diagnostics.checks.service import _load_words as say
from diagnostics.checks.units import name_unit, name_units, scope_of
from diagnostics.metrics.load import count_chats, count_contacts, count_held
from diagnostics.metrics.recent import count_back
from diagnostics.metrics.replies import weigh_replies
from diagnostics.model.finding import Evidence, Finding, Validation
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import Text, shorten, word_number, word_percent
from diagnostics.statistics.certainty import rate_gap
from diagnostics.statistics.outlying import find_outlying_shares, find_outlying_times
from diagnostics.statistics.weekly_ratios import estimate_ratios

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

WINDOW_DAYS = 90
FALSE_RATE = 0.05
MOST_ROWS = 15
# Where WeCom starts to cap the contacts of one member; more must be asked for.
CAPACITY = 5000
TIMES = 3
BANDS = (0, 100, 200, 500, 1000, 2000, 5000, np.inf)
REPLIES: Mapping[str, Literal["high", "low"]] = {"reply_minutes": "high", "reply_share": "low"}


@dataclass(frozen=True, kw_only=True)
class Load:
    """One row a member of staff: held, store, chats and days, replies with their gap to the median, times."""

    staff: pd.DataFrame
    capacity: float
    shared: int
    unheld: int
    limits: Limits

    @property
    def weekly_rate(self) -> float:
        """Chats a week for a hundred contacts over all staff whose chats are told."""
        told = self.staff[self.staff.days > 0]
        weeks = told.days / 7
        return float((told.chats / weeks).sum() / told.held.sum() * 100) if told.held.sum() else float("nan")


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for contacts held, chats and replies by staff."""
    as_of = tables.engagement.horizon.as_of
    asked = {"held": count_held(tables["contacts"], as_of), "contacts": count_contacts(tables["contacts"])}
    if tables.has("staff_days", "staff"):
        rows = tables.share(count_back(tables["staff_days"]))
        recent = rows.filter(rows.back < WINDOW_DAYS)
        asked["chats"] = count_chats(recent)
        for name in REPLIES:
            if tables.has("staff_days", name):
                asked[name] = weigh_replies(recent, "staff", name)
    return asked


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
        limits=find_limits("service.load", LIMITS, replies.engagement),
    )


def find_overloaded(measured: Load, limits: Limits) -> list[tuple[pd.Series, str]]:
    """Staff who hold too many, with what is worse: a measure of replies, or `capacity` where replies are not known."""
    over = []
    for _, row in measured.staff.iterrows():
        full = row.held >= measured.capacity
        many = row.times >= limits["times"] and row.held >= limits["least_held"]
        if not (full or many):
            continue
        known = [name for name in REPLIES if pd.notna(row.get(f"{name}_adjusted"))]
        worse = [name for name in known if row[f"{name}_adjusted"] <= FALSE_RATE and _matters(name, row, limits)]
        if worse:
            over.append((row, worse[0]))
        elif full and not known:
            over.append((row, "capacity"))
    return over


def _matters(name: str, row: pd.Series, limits: Limits) -> bool:
    least = limits["slower"] * row.reply_minutes_middle if name == "reply_minutes" else limits["share_gap"]
    return bool(row[f"{name}_low"] >= least)


def judge(measured: Load, limits: Limits) -> tuple[Finding, ...]:
    """Raise each of the overloaded."""
    return tuple(_state(row, worse, measured) for row, worse in find_overloaded(measured, limits))


def _state(row: pd.Series, worse: str, measured: Load) -> Finding:
    words = {
        "reply_minutes": lambda: say.SLOWER.fill(
            mine=word_number(row.reply_minutes), middle=word_number(row.reply_minutes_middle)
        ),
        "reply_share": lambda: say.FEWER.fill(
            mine=word_percent(row.reply_share), middle=word_percent(row.reply_share_middle)
        ),
        "capacity": lambda: say.FULL.fill(capacity=word_number(measured.capacity)),
    }
    return Finding(
        code="service.overload",
        scope=scope_of("staff", row.unit),
        title=say.TITLE.fill(
            who=name_unit("staff", row.unit),
            held=word_number(row.held),
            times=word_number(row.times, 1),
            worse=words[worse](),
        ),
        cause=say.CAUSE.fill(
            held=word_number(row.held),
            days=word_number(WINDOW_DAYS),
            chats=word_number(row.chats * 7 / row.days if row.days else None, 1),
            rate=word_number(row.rate, 1),
            all_rate=word_number(measured.weekly_rate, 1),
        ),
        action=say.ACTION,
        owner_role="account",
        validation=Validation(metric="load", direction="down", window_days=30),
        stop_rule=say.STOP,
        confidence=rate_gap(row[f"{worse}_gap"], row[f"{worse}_low"]) if worse in REPLIES else 0.6,
        impact_reason=say.NO_MONEY,
        severity="medium" if worse in REPLIES else "low",
        evidence=(Evidence(table="staff", n=int(row.held), value=float(row.times)),),
    )


def tell(measured: Load) -> Text:
    """How contacts are spread, and who is overloaded."""
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
    return Text(zh=said.zh + tail.zh, en=said.en + tail.en)


def caveats(measured: Load) -> tuple[Text, ...]:
    """Contacts of several staff and of nobody."""
    if not measured.shared + measured.unheld:
        return ()
    return (say.SHARED.fill(shared=word_number(measured.shared), unheld=word_number(measured.unheld)),)


def band_staff(staff: pd.DataFrame) -> pd.DataFrame:
    """Staff by how many contacts they hold: label, staff, held, share, rate (chats a week per 100), reply columns."""
    bands = pd.cut(staff.held, BANDS, right=False, labels=False)
    rows = []
    for number, part in staff.groupby(bands):
        low, high = BANDS[int(number)], BANDS[int(number) + 1]
        label = (
            Text(zh="{low} 及以上", en="{low} and more").fill(low=word_number(low))
            if np.isinf(high)
            else Text(zh="{low} 至 {high}", en="{low} to {high}").fill(low=word_number(low), high=word_number(high - 1))
        )
        told = part[part.days > 0]
        rows.append(
            {
                "label": label,
                "staff": len(part),
                "held": part.held.sum(),
                "share": part.held.sum() / staff.held.sum(),
                "rate": (told.chats * 7 / told.days).sum() / told.held.sum() * 100 if len(told) else np.nan,
                **{name: part[name].mean() if name in part else np.nan for name in REPLIES},
            }
        )
    return pd.DataFrame(rows)


def tabulate(measured: Load) -> tuple[Exhibit, ...]:
    """Bands of load, and every member of staff."""
    held = Field(name="held", label=Text(zh="在手客户", en="Contacts held"), unit="count")
    replies = (
        Field(name="rate", label=Text(zh="每百客户每周单聊", en="Chats a week per 100"), unit="number", digits=1),
        Field(
            name="reply_minutes", label=Text(zh="首次回复（分钟）", en="First reply (minutes)"), unit="number", digits=1
        ),
        Field(name="reply_share", label=Text(zh="当日回复占比", en="Answered on the day"), unit="share"),
    )
    return (
        Exhibit(
            name="bands",
            title=Text(zh="按在手客户数分档", en="Staff by contacts held"),
            fields=(
                Field(name="label", label=Text(zh="在手客户数", en="Contacts held, each")),
                Field(name="staff", label=Text(zh="员工数", en="Staff"), unit="count"),
                held,
                Field(name="share", label=Text(zh="占客户", en="Share of contacts"), unit="share"),
                *replies,
            ),
            frame=band_staff(measured.staff),
        ),
        Exhibit(
            name="staff",
            title=Text(zh="员工负荷榜", en="Load by staff"),
            fields=(
                Field(name="unit", label=Text(zh="员工", en="Staff")),
                Field(name="store", label=Text(zh="门店", en="Store")),
                held,
                Field(name="times", label=Text(zh="为中位数的倍数", en="Times the median"), unit="number", digits=1),
                *replies,
            ),
            frame=measured.staff.reindex(
                columns=["unit", "store", "held", "times", "rate", "reply_minutes", "reply_share"]
            ),
        ),
    )


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


def _limit(name: str, value: float, zh: str, en: str) -> Limit:
    return Limit(name=name, value=value, reason=Text(zh=zh, en=en))


LIMITS = (
    _limit(
        "times", TIMES, "达到同事的三倍，超出分工本身的差别", "three colleagues' worth goes beyond any division of work"
    ),
    _limit("least_held", 500, "不足五百位客户，一人可以顾到", "under five hundred one person can look after"),
    _limit(
        "slower",
        0.5,
        "首次回复至少慢一半，才算顾不过来",
        "first replies half as slow again before it is called overload",
    ),
    _limit("share_gap", 0.05, "每二十个会话多漏回一个", "one chat in twenty more left unanswered"),
)

# Seven staff hold 100 contacts each and answer in 8 to 14 minutes; the eighth holds 500, five times that, in 60.
HELD = {**dict.fromkeys("abcdefg", 100), "h": 500}
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
    ["contact staff added_at", *(f"{staff}{n} {staff} 2023-12-01" for staff, held in HELD.items() for n in range(held))]
)

CHECK = Check(
    question=say.QUESTION,
    definition=say.DEFINITION.fill(capacity=word_number(CAPACITY), times=word_number(TIMES)),
    answers=(),
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
    example=Example(
        tables={
            "contacts": EXAMPLE_CONTACTS,
            "staff_days": EXAMPLE_DAYS,
            "order_lines": "ordered_at paid_amount\n2024-01-01 10\n2024-02-28 10",
        },
        # 500 of 1,200 are held by one of eight.
        says="41.7%",
        finds=(("service.overload", {"staff": "h"}),),
    ),
    place=30,
)
