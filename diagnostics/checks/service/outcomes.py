"""Who takes over where the service desk can't help, how customers score it, and whether the satisfied bring others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_share
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.limits import find_limits
from diagnostics.checks.service import _outcomes_words as say
from diagnostics.metrics.outcomes import count_scores, link_referrals, total_upgrades
from diagnostics.model.section import Exhibit, Field, Need, NotComputable, interval_fields
from diagnostics.model.wording import (
    NOTHING,
    Text,
    name_verbatim,
    shorten,
    word_number,
    word_percent,
    word_points,
)
from diagnostics.statistics.proportions import newcombe_difference, wilson

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

NAME = "service.outcomes"
MOST_ROWS = 12
LONGEST = 18


@dataclass(frozen=True, kw_only=True)
class Outcomes:
    """The desk's upgrades (`None` if untold), scores by question, and referrers among satisfied and others."""

    source: str
    handed: float | None
    customers: float | None
    to_staff: float
    to_group: float
    scores: pd.DataFrame
    link: Mapping[str, tuple[int, int]]
    least: float

    @property
    def cover(self) -> tuple[float, float]:
        """The least and the most of those handed on who were taken over."""
        most = max(self.handed or 1.0, 1.0)
        return max(self.to_staff, self.to_group) / most, min((self.to_staff + self.to_group) / most, 1.0)

    @property
    def is_linked(self) -> bool:
        """Whether both groups are large enough to compare."""
        return len(self.link) == len(say.GROUPS) and min(people for people, _ in self.link.values()) >= self.least


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for upgrades, scores and who of the scored brought somebody, where the tables tell."""
    good = find_limits(NAME, LIMITS, tables.engagement)["good"]
    asked = {}
    if tables.has("service_periods", "customers"):
        asked["upgrades"] = total_upgrades(tables["service_periods"])
    if tables.has("feedback", "score"):
        asked["scores"] = count_scores(tables["feedback"], good)
        if tables.has("feedback", "customer") and tables.has("referrals", "referrer", "joined"):
            asked["link"] = link_referrals(tables["feedback"], tables["referrals"], good)
    return asked


def measure(replies: Replies) -> Outcomes | NotComputable:
    """Read what is there; without the desk's statistics and scores nothing can be told."""
    upgrades, scores = replies.frames.get("upgrades"), replies.frames.get("scores")
    if (upgrades is None or upgrades.empty) and (scores is None or scores.empty):
        return NotComputable(reason=say.NOTHING_TOLD, unlocked_by=say.EXPORT)
    row = None
    if upgrades is not None and len(upgrades):
        row = upgrades.sort_values("is_company", ascending=False).iloc[0]
    link = replies["link"].to_dict("records") if "link" in replies else []
    limits = find_limits(NAME, LIMITS, replies.engagement)
    return Outcomes(
        source="desk" if row is not None and row.is_company else "staff",
        handed=_tell_number(row, "upgraded"),
        customers=_tell_number(row, "customers"),
        to_staff=_tell_number(row, "to_staff") or 0.0,
        to_group=_tell_number(row, "to_group") or 0.0,
        scores=scores if scores is not None else pd.DataFrame(columns=["question", "people", "satisfied"]),
        link={
            "satisfied" if one["is_satisfied"] else "others": (int(one["people"]), int(one["referrers"]))
            for one in link
        },
        least=limits["least"],
    )


def _tell_number(row: pd.Series | None, name: str) -> float | None:
    return None if row is None or pd.isna(row[name]) else float(row[name])


def judge(_measured: Outcomes, _limits: Limits) -> tuple[Finding, ...]:
    """Nothing: slow replies and unread VIPs have their own findings."""
    return ()


def tell(measured: Outcomes) -> Text:
    """Who takes over, how many are satisfied, and whether they bring others."""
    said = NOTHING
    if measured.customers is not None:
        low, high = measured.cover
        said += (
            say.ESCALATED.fill(handed=word_number(measured.handed), low=word_percent(low), high=word_percent(high))
            if measured.handed
            else say.NOT_HANDED
        )
    people = int(measured.scores.people.sum())
    if people:
        share = word_percent(measured.scores.satisfied.sum() / people)
        said += say.SATISFIED.fill(people=word_number(people), share=share)
    return said + _tell_link(measured)


def _tell_link(measured: Outcomes) -> Text:
    if not measured.is_linked:
        return say.NO_LINK.fill(least=word_number(measured.least))
    (n, x), (m, y) = measured.link["satisfied"], measured.link["others"]
    low, high = newcombe_difference(x, n, y, m)
    return say.LINK.fill(
        satisfied=word_percent(x / n),
        others=word_percent(y / m),
        gap=word_points(x / n - y / m),
        low=word_points(float(low)),
        high=word_points(float(high)),
    )


def tabulate(measured: Outcomes) -> tuple[Exhibit, ...]:
    """The way up; scores by question; referrers by satisfaction."""
    shown = [_show_upgrades(measured)] if measured.customers is not None else []
    if len(measured.scores):
        shown.append(_show_scores(measured))
    if measured.link:
        shown.append(_show_link(measured))
    return tuple(shown)


def _show_upgrades(measured: Outcomes) -> Exhibit:
    rows = [
        (Text(zh="咨询客户", en="Customers who asked"), measured.customers),
        (Text(zh="转给专人", en="Handed to a named contact"), measured.handed),
        (Text(zh="加上员工", en="Added the contact"), measured.to_staff if measured.handed else None),
        (Text(zh="进群", en="Joined a group"), measured.to_group if measured.handed else None),
    ]
    fields = (
        Field(name="step", label=say.SOURCES[measured.source]),
        Field(name="people", label=Text(zh="人数", en="People"), unit="count"),
    )
    title = Text(zh="客服的升级路径", en="The way up from the service desk")
    frame = pd.DataFrame([{"step": step, "people": people} for step, people in rows], dtype=object)
    return Exhibit(name="upgrades", title=title, fields=fields, frame=frame)


def _show_scores(measured: Outcomes) -> Exhibit:
    rows = [
        {
            "question": name_verbatim(shorten(str(row["question"] or ""), LONGEST)),
            "people": row["people"],
            "satisfied": row["satisfied"],
            "share": row["satisfied"] / row["people"] if row["people"] >= measured.least else None,
        }
        for row in measured.scores.sort_values("people", ascending=False).head(MOST_ROWS).to_dict("records")
    ]
    fields = (
        Field(name="question", label=Text(zh="评估项", en="Asked")),
        Field(name="people", label=Text(zh="评分次数", en="Scores"), unit="count"),
        Field(name="satisfied", label=Text(zh="其中满意", en="Satisfied"), unit="count"),
        Field(name="share", label=Text(zh="满意率", en="Share"), unit="share"),
    )
    title = Text(zh="服务的评估结果", en="How services are scored")
    return Exhibit(name="scores", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))


def _show_link(measured: Outcomes) -> Exhibit:
    rows = []
    for group, (people, referrers) in sorted(measured.link.items(), reverse=True):
        low, high = (float(end) for end in wilson(referrers, people))
        rows.append(
            {
                "group": say.GROUPS[group],
                "people": people,
                "referrers": referrers,
                "share": referrers / people if people >= measured.least else None,
                "low": low if people >= measured.least else None,
                "high": high if people >= measured.least else None,
            }
        )
    fields = (
        Field(name="group", label=Text(zh="客户", en="Customers")),
        Field(name="people", label=Text(zh="人数", en="People"), unit="count"),
        Field(name="referrers", label=Text(zh="带来新客", en="Brought somebody"), unit="count"),
        Field(name="share", label=Text(zh="占比", en="Share"), unit="share"),
        *interval_fields("share"),
    )
    title = Text(zh="满意度与转介绍", en="Satisfaction and referral")
    return Exhibit(name="link", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))


def draw(measured: Outcomes, language: Language) -> Figure:
    """The share that was taken over, is satisfied and brought others, as far as each is told."""
    bars: list[tuple[Text, float]] = []
    if measured.handed:
        bars.append((Text(zh="升级后有人接（下限）", en="Taken over, at least"), measured.cover[0]))
    people = float(measured.scores.people.sum())
    if people:
        bars.append((Text(zh="满意", en="Satisfied"), float(measured.scores.satisfied.sum()) / people))
    if measured.is_linked:
        bars += [
            (Text(zh="带来新客：{name}", en="Brought somebody: {name}").fill(name=say.GROUPS[name]), took / n)
            for name, (n, took) in measured.link.items()
        ]
    figure = draw_bars(
        [name.word(language) for name, _ in bars],
        [share for _, share in bars],
        [word_percent(share).word(language) for _, share in bars],
        axis_label=Text(zh="占客户的比例", en="Share of customers").word(language),
    )
    scale_share(figure.axes[0].xaxis)
    return figure


LIMITS = (
    Limit(name="good", value=4, reason=say.GOOD_REASON),
    Limit(name="least", value=30, reason=say.LEAST_REASON),
)
# 20 of 100 customers were handed on, 8 added the contact and 6 joined a group: 40% to 70%. 40 of 80 are satisfied;
# 10 of the 40 (25%) and 2 of the others (5%) brought somebody.
CHECK = Check(
    question=say.QUESTION,
    definition=say.DEFINITION.fill(good=word_number(LIMITS[0].value), least=word_number(LIMITS[1].value)),
    answers=("002-20", "004-27", "004-41"),
    finds=(),
    # Either of the desk's statistics and the scores will do; both are data, so the answer is computed.
    needs=(Need(table="order_lines"),),
    limits=LIMITS,
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    example=Example(
        tables={
            "order_lines": "customer ordered_at paid_amount\na 2024-01-02 250\nb 2024-02-28 250",
            "service_periods": (
                "staff customers upgraded upgraded_to_staff upgraded_to_group\n- 100 20 8 6\ns1 60 12 5 4\ns2 50 8 3 2"
            ),
            "feedback": "\n".join(
                ["customer question score", *(f"c{i:02d} 服务评估 {5 if i < 40 else 2}" for i in range(80))]  # noqa: PLR2004 - the half
            ),
            "referrals": "\n".join(
                ["referrer joined", *(f"c{i:02d} 1" for i in range(10)), "c40 1", "c41 2", "c05 3", "c60 0"]
            ),
        },
        says="客服把 20 位客户转给了专人，其中 40.0% 至 70.0% 加上了员工或进了群。80 位评分客户里 50.0% 满意。"
        "满意客户有 25.0% 带来新客，其余为 5.0%",
    ),
    place=60,
)
