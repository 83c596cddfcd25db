"""Whether new contacts are spoken to after they are added, and by whom they are left alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_share
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.checks.limits import find_limits, name_limit
from diagnostics.checks.service import _add_words as say
from diagnostics.checks.tracking import track_error
from diagnostics.checks.units import KIND_NAMES, WHOLE, Kind, name_unit, name_units, scope_of
from diagnostics.metrics.attention import compare_spend, count_waits, follow_adds, weigh_silent, weigh_unattended
from diagnostics.metrics.lines import value_lines
from diagnostics.metrics.recent import count_back
from diagnostics.model.finding import Evidence, Finding, Impact, Validation
from diagnostics.model.reading import Reading
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import Text, shorten, word_money, word_number, word_percent, word_price
from diagnostics.statistics.attention import SpendGap, compare_strata
from diagnostics.statistics.certainty import rate_gap
from diagnostics.statistics.outlying import find_outlying_shares
from diagnostics.statistics.weekly_ratios import estimate_shares

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

# A year of adds where touches were logged so long, for newcomers of a few weeks are few.
WINDOW_DAYS = 365
STAFF_DAYS_WINDOW = 90
Z = 1.96
FALSE_RATE = 0.05
LEAST_CONTACTS = 30
# Of all contacts left alone, the part from which a unit's own is of medium weight without money.
MATTERS = 0.1
MOST_ROWS = 15
KINDS: tuple[Kind, ...] = ("store", "staff")
WAITS = (
    Text(zh="1 小时内", en="within an hour"),
    Text(zh="24 小时内", en="within a day"),
    Text(zh="3 天内", en="within 3 days"),
    Text(zh="7 天内", en="within 7 days"),
    Text(zh="7 天内没有", en="nobody in 7 days"),
)


@dataclass(frozen=True, kw_only=True)
class Attention:
    """Share left alone by kind of unit and over all; `is_bound` where it is only the least that is certain."""

    units: Mapping[Kind, pd.DataFrame]
    whole: pd.Series
    waits: pd.DataFrame
    gap: SpendGap | None
    is_bound: bool
    days: float
    currency: str
    limits: Limits

    @property
    def within_a_day(self) -> float:
        """The share of new contacts who were spoken to within 24 hours."""
        return float(self.waits.contacts[self.waits.wait <= 1].sum() / self.waits.contacts.sum())


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for contacts left alone by staff, store and in all; by touches where they are logged."""
    if tables.has("touches", "customer", "touched_at") and tables.has("contacts", "customer", "staff", "added_at"):
        followed = tables.share(follow_adds(tables["contacts"], tables["touches"], WINDOW_DAYS))
        asked = {"whole": weigh_unattended(followed, "whole"), "waits": count_waits(followed)}
        asked |= {kind: weigh_unattended(followed, kind) for kind in KINDS}
        asked["span"] = followed.agg(days=followed.back.max() - followed.back.min() + 1)
        if tables.has("order_lines", "customer"):
            lines = value_lines(tables["order_lines"], tables.engagement.gmv_basis)
            asked["spend"] = compare_spend(followed, lines)
        return asked
    if tables.has("staff_days", "staff", "added", "chats"):
        rows = tables.share(count_back(tables["staff_days"]))
        recent = rows.filter(rows.back < STAFF_DAYS_WINDOW)
        kinds = [kind for kind in KINDS if tables.has("staff_days", kind)]
        return {"whole": weigh_silent(recent, "whole")} | {kind: weigh_silent(recent, kind) for kind in kinds}
    return {}


def measure(replies: Replies) -> Attention | NotComputable:
    """Estimate each unit and hold it against the median of its kind."""
    if "whole" not in replies or replies["whole"].empty:
        return NotComputable(reason=say.NOTHING, unlocked_by=say.UNLOCKED_BY)
    is_bound = "waits" not in replies
    return Attention(
        units={kind: _compare(replies[kind]) for kind in KINDS if kind in replies and len(replies[kind])},
        whole=estimate_shares(replies["whole"]).fillna({"error": 0.0}).iloc[0],
        waits=pd.DataFrame({"wait": [], "contacts": []}) if is_bound else replies["waits"].sort_values("wait"),
        gap=compare_strata(replies["spend"]) if "spend" in replies else None,
        is_bound=is_bound,
        days=float(STAFF_DAYS_WINDOW if is_bound else replies["span"].days.iloc[0]),
        currency=replies.engagement.currency,
        limits=find_limits("service.adds", LIMITS, replies.engagement),
    )


def _compare(moments: pd.DataFrame) -> pd.DataFrame:
    estimated = estimate_shares(moments)
    judged = estimated.error.where(estimated.w >= LEAST_CONTACTS)
    found = find_outlying_shares(estimated.x, estimated.w, judged, "high")
    compared = estimated.assign(middle=found.middle, gap=found.gap, low=found.low, adjusted=found.adjusted)
    return compared.sort_values(["value", "w"], ascending=False, ignore_index=True)


def find_neglected(measured: Attention, limits: Limits) -> list[tuple[Kind, pd.Series]]:
    """Stores, and staff where no store stands out, who leave clearly more contacts alone than their like."""
    for kind, frame in measured.units.items():
        is_out = (frame.adjusted <= FALSE_RATE) & (frame.low >= limits["gap"])
        if is_out.any():
            return [(kind, row) for _, row in frame[is_out].iterrows()]
    return []


def track(measured: Attention) -> tuple[Reading, ...]:
    """The share of new contacts left alone."""
    whole = measured.whole
    return track_error("unattended", whole.value, whole.error, n=whole.w)


def judge(measured: Attention, limits: Limits) -> tuple[Finding, ...]:
    """Raise the whole where many are left alone everywhere, else the units that stand out."""
    whole = measured.whole
    if whole.w >= LEAST_CONTACTS and whole.value - Z * whole.error > limits["share"]:
        return (_state(None, whole, measured, limits),)
    return tuple(_state(kind, row, measured, limits) for kind, row in find_neglected(measured, limits))


def _state(kind: Kind | None, row: pd.Series, measured: Attention, limits: Limits) -> Finding:
    low, high = max(row.value - Z * row.error, 0.0), min(row.value + Z * row.error, 1.0)
    beyond = row.value - (row.middle if kind else 0.0)
    missed = beyond * row.w * 365 / measured.days
    title = (
        say.TITLE.fill(
            who=name_unit(kind, row.unit),
            n=word_number(row.w),
            share=word_percent(row.value),
            middle=word_percent(row.middle),
        )
        if kind
        else say.TITLE_WHOLE.fill(n=word_number(row.w), share=word_percent(row.value))
    )
    cause = say.CAUSE.fill(low=word_percent(low), high=word_percent(high), missed=word_number(missed))
    impact, gap = None, measured.gap
    if gap is not None and gap.low > 0:
        impact = Impact(
            low=limits["feasible_low"] * max(gap.low, 0.0) * missed,
            mid=limits["feasible_mid"] * gap.gap * missed,
            high=gap.high * missed,
        )
        worth = say.WORTH.fill(money=word_money(impact.mid, measured.currency))
        title = Text(zh=title.zh + worth.zh, en=title.en + worth.en)
        ends = {name: word_price(getattr(gap, name), measured.currency) for name in ("gap", "low", "high")}
        cause += say.SIZED.fill(n=word_number(gap.n), **ends)
    return Finding(
        code="service.unattended_adds",
        scope=scope_of(kind, row.unit) if kind else {},
        title=title,
        cause=cause,
        action=say.ACTION,
        owner_role="account",
        validation=Validation(metric="unattended", direction="down", window_days=30),
        stop_rule=say.STOP,
        confidence=rate_gap(row.gap, row.low) if kind else 0.8,
        impact=impact,
        impact_reason=None if impact else (say.NO_MONEY if gap is None else say.NO_GAP),
        severity=None
        if impact
        else ("medium" if missed * measured.days / 365 >= MATTERS * measured.whole.x else "low"),
        evidence=(Evidence(table=kind or "waits", n=int(row.w), value=float(row.value)),),
    )


def tell(measured: Attention) -> Text:
    """The share left alone, and who is worse than the rest."""
    whole = measured.whole
    if measured.is_bound and not whole.value:
        said = say.ANSWER_NONE.fill(n=word_number(whole.w))
    elif measured.is_bound:
        said = say.ANSWER_BOUND.fill(share=word_percent(whole.value), n=word_number(whole.w))
    else:
        said = say.ANSWER.fill(
            n=word_number(whole.w),
            share=word_percent(whole.value),
            low=word_percent(max(whole.value - Z * whole.error, 0)),
            high=word_percent(min(whole.value + Z * whole.error, 1)),
            day=word_percent(measured.within_a_day),
        )
    worse = find_neglected(measured, measured.limits)
    names = name_units([str(row.unit) for _, row in worse])
    tail = say.WORST.fill(n=word_number(len(worse)), names=names) if worse else say.ALIKE
    return Text(zh=said.zh + tail.zh, en=said.en + tail.en)


def caveats(measured: Attention) -> tuple[Text, ...]:
    """That the share is only a lower bound, where it is."""
    return (say.BOUND,) if measured.is_bound else ()


def tabulate(measured: Attention) -> tuple[Exhibit, ...]:
    """How long newcomers wait, and units with their share."""
    fields = (
        Field(name="w", label=Text(zh="新加客户", en="New contacts"), unit="count"),
        Field(name="x", label=Text(zh="未跟进", en="Left alone"), unit="count"),
        Field(name="value", label=Text(zh="未跟进占比", en="Share left alone"), unit="share"),
        Field(name="error", label=Text(zh="标准误", en="Error"), unit="share"),
    )
    shown = [
        Exhibit(
            name=kind,
            title=Text(zh="{kind}：新加客户的跟进", en="{kind}: new contacts left alone").fill(kind=KIND_NAMES[kind]),
            fields=(Field(name="unit", label=KIND_NAMES[kind]), *fields),
            frame=frame,
        )
        for kind, frame in measured.units.items()
    ]
    if measured.is_bound:
        whole = pd.DataFrame([measured.whole]).assign(unit=pd.Series([WHOLE], dtype=object).to_numpy())
        shown.insert(
            0,
            Exhibit(
                name="whole",
                title=Text(zh="全公司下限", en="The least over all"),
                fields=(Field(name="unit", label=Text(zh="范围", en="Of")), *fields),
                frame=whole,
            ),
        )
        return tuple(shown)
    waits = measured.waits.assign(
        label=pd.Series([WAITS[int(wait)] for wait in measured.waits.wait], index=measured.waits.index, dtype=object),
        share=measured.waits.contacts / measured.waits.contacts.sum(),
    )
    wait_fields = (
        Field(name="label", label=Text(zh="首次触达", en="First touch")),
        Field(name="contacts", label=Text(zh="新加客户", en="New contacts"), unit="count"),
        Field(name="share", label=Text(zh="占比", en="Share"), unit="share"),
    )
    title = Text(zh="添加之后多久有人说话", en="How long newcomers wait")
    return (Exhibit(name="waits", title=title, fields=wait_fields, frame=waits), *shown)


def draw(measured: Attention, language: Language) -> Figure:
    """The units with the largest share left alone; the whole where no unit is told apart."""
    kind: Kind = next(iter(measured.units), "staff")
    frame = measured.units.get(kind, pd.DataFrame([measured.whole]).assign(unit=WHOLE.word(language), middle=None))
    top = frame[frame.w >= LEAST_CONTACTS].head(MOST_ROWS)
    top = (frame.head(MOST_ROWS) if top.empty else top).fillna({"error": 0.0})
    worse = {str(row.unit) for held, row in find_neglected(measured, measured.limits) if held == kind}
    middle = frame.middle.iloc[0]
    figure = draw_bars(
        [shorten(str(unit), 18) for unit in top.unit],
        top.value.tolist(),
        [f"{word_percent(row['value']).en}  n={word_number(row['w']).en}" for row in top.to_dict("records")],
        axis_label=Text(
            zh="新加客户未跟进占比（线段为 95% 区间）", en="Share of new contacts left alone (line: 95% interval)"
        ).word(language),
        low=(top.value - Z * top.error).clip(lower=0).tolist(),
        high=(top.value + Z * top.error).clip(upper=1).tolist(),
        marked={place for place, unit in enumerate(top.unit) if str(unit) in worse},
        reference=None if pd.isna(middle) else float(middle),
        reference_label=Text(zh="中位数", en="median").word(language),
    )
    scale_share(figure.axes[0].xaxis)
    return figure


LIMITS = (
    name_limit(
        "share",
        0.3,
        "三成以上新客没人理，加粉的钱有三成白花",
        "with three in ten left alone, three tenths of the cost of adding is wasted",
    ),
    name_limit(
        "gap", 0.1, "比同类每十位多漏一位以上才值得处理", "one newcomer in ten more than the like is worth acting on"
    ),
    name_limit(
        "feasible_low",
        0.25,
        "保守：差额的四分之一来自跟进本身",
        "cautious: a quarter of the difference is due to being spoken to",
    ),
    name_limit("feasible_mid", 0.5, "相关不等于因果，按一半计", "an association is not an effect: half of it"),
)

# Five staff speak to everybody, the sixth, f, to nobody: 40 of 240 newcomers, 16.7%.
WEEKS = [f"2024-{month:02}-{day:02}" for month in (1, 2) for day in (1, 8, 15, 22)]
ADDED = [(f"{staff}{week}{n}", staff, day) for staff in "abcdef" for week, day in enumerate(WEEKS) for n in range(5)]

CHECK = Check(
    question=say.QUESTION,
    definition=say.DEFINITION,
    answers=("001-32", "004-23"),
    finds=("service.unattended_adds",),
    needs=(Need(table="contacts", columns=("staff", "added_at")),),
    limits=LIMITS,
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    track=track,
    draw=draw,
    caveats=caveats,
    example=Example(
        tables={
            "contacts": "\n".join(
                [
                    "contact | customer | staff | added_at",
                    *(f"{name} | {name} | {staff} | {day} 10:00:00" for name, staff, day in ADDED),
                ]
            ),
            "touches": "\n".join(
                [
                    "customer | touched_at",
                    *(f"{name} | {day} 12:00:00" for name, staff, day in ADDED if staff != "f"),
                    "x | 2024-01-01 00:00:00",
                    "x | 2024-02-29 12:00:00",
                ]
            ),
            "order_lines": "ordered_at paid_amount\n2024-01-01 10\n2024-02-28 10",
        },
        says="16.7%",
        finds=(("service.unattended_adds", {"staff": "f"}),),
    ),
    place=20,
)
