"""Whether new contacts are spoken to after they are added, and by whom they are left alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.checks.limits import find_limits, name_limit
from diagnostics.checks.service import _add_words as say
from diagnostics.checks.service._add_findings import LEAST_CONTACTS, Z, find_neglected, state_neglect
from diagnostics.checks.service._add_tables import draw_adds, tabulate_adds
from diagnostics.checks.tracking import track_error
from diagnostics.checks.units import Kind, name_units
from diagnostics.metrics.attention import compare_spend, count_waits, follow_adds, weigh_silent, weigh_unattended
from diagnostics.metrics.lines import value_lines
from diagnostics.metrics.recent import count_back
from diagnostics.model.reading import Reading
from diagnostics.model.section import Exhibit, Need, NotComputable
from diagnostics.model.wording import Text, word_number, word_percent
from diagnostics.statistics.attention import SpendGap, compare_strata
from diagnostics.statistics.outlying import find_outlying_shares
from diagnostics.statistics.weekly_ratios import estimate_shares

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

# A year of adds where touches were logged so long, for newcomers of a few weeks are few.
WINDOW_DAYS = 365
STAFF_DAYS_WINDOW = 90
KINDS: tuple[Kind, ...] = ("store", "staff")


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


def track(measured: Attention) -> tuple[Reading, ...]:
    """The share of new contacts left alone."""
    whole = measured.whole
    return track_error("unattended", whole.value, whole.error, n=whole.w)


def judge(measured: Attention, limits: Limits) -> tuple[Finding, ...]:
    """Raise the whole where many are left alone everywhere, else the units that stand out."""
    whole = measured.whole
    if whole.w >= LEAST_CONTACTS and whole.value - Z * whole.error > limits["share"]:
        return (state_neglect(None, whole, measured, limits),)
    return tuple(state_neglect(kind, row, measured, limits) for kind, row in find_neglected(measured, limits))


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
    return tabulate_adds(measured)


def draw(measured: Attention, language: Language) -> Figure:
    """The units with the largest share left alone; the whole where no unit is told apart."""
    return draw_adds(measured, language)


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
