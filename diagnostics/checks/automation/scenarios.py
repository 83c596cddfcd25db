"""Who waits for an automatic follow-up today, and which scenarios nobody follows up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis
import numpy as np
import pandas as pd

from diagnostics.charts.axes import scale_count
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.automation import _scenario_words as words
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.metrics.audiences import (
    count_cadence,
    count_waits,
    wait_added,
    wait_intent,
    wait_lapsed,
    wait_second,
)
from diagnostics.metrics.days import follow_purchases
from diagnostics.metrics.intent import mark_stages
from diagnostics.metrics.lines import value_lines
from diagnostics.metrics.stages import measure_gaps
from diagnostics.model.brief import Brief
from diagnostics.model.finding import Evidence, Finding, Impact, Validation
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import Text, join_texts, word_money, word_number, word_percent, word_price
from diagnostics.statistics.certainty import rate_gap
from diagnostics.statistics.scenario_value import Waiting, read_waiting

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

SECOND = re.compile(r"首购|首单|二购|二次|复购|second|repeat", re.IGNORECASE)
INTENTS = ("intent_no_order", "long_cycle")
# Only the sheet says that nobody follows up; or not even the sheet says anything.
STATED, SILENT = 0.5, 0.45


@dataclass(frozen=True, kw_only=True)
class Scenarios:
    """Waits by scenario, what the sheet has live (`None`: no list of automations), and the cadence after an intent."""

    waiting: tuple[Waiting, ...]
    live: frozenset[str] | None
    cadence: Mapping[str, float] | None
    limits: Mapping[str, float]
    currency: str

    @property
    def missed(self) -> tuple[Waiting, ...]:
        """Scenarios that nobody follows up, by this check's own limits."""
        return tuple(waiting for waiting in self.waiting if find_evidence(waiting, self, self.limits) is not None)


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for the waits of every scenario that the tables can tell."""
    horizon = tables.engagement.horizon
    lines = value_lines(tables["order_lines"], tables.engagement.gmv_basis)
    days = tables.keep(follow_purchases(lines))
    gaps = tables.share(measure_gaps(days))
    touches = tables["touches"] if tables.has("touches", "customer", "touched_at") else None
    waits = [wait_second(days, gaps, horizon.as_of), wait_lapsed(days, gaps, horizon.as_of)]
    if tables.has("contacts", "customer", "added_at"):
        waits.append(wait_added(tables["contacts"], days, horizon.as_of))
    asked = {}
    if tables.has("events", "customer", "kind", "happened_at"):
        marked = tables.share(mark_stages(tables["events"]))
        waits += [wait_intent(marked, days, horizon.as_of, scenario) for scenario in INTENTS]
        if touches is not None:
            asked["cadence"] = count_cadence(marked, touches, horizon.as_of)
    return asked | {"waits": count_waits(ibis.union(*waits), touches, horizon.current, horizon.as_of)}


def measure(replies: Replies) -> Scenarios | NotComputable:
    """Read each scenario's waits, and what the sheet has live."""
    engagement = replies.engagement
    rows = replies["waits"].to_dict("records")
    named = ({str(name): value for name, value in row.items()} for row in rows)
    waiting = [read_waiting(row, engagement.horizon.yearly) for row in named if row["inflow"] or row["audience"]]
    if not waiting:
        return NotComputable(reason=words.NONE, unlocked_by=words.UNLOCKED_BY)
    order = list(words.SCENARIOS)
    told = replies.frames.get("cadence")
    cadence = None
    if told is not None and told.intents.iloc[0]:
        cadence = {name: float(told[name].iloc[0]) for name in ("intents", "same_day", "day_1", "day_3")}
    return Scenarios(
        waiting=tuple(sorted(waiting, key=lambda one: order.index(one.scenario))),
        live=find_live(engagement.brief),
        cadence=cadence,
        limits={limit.name: limit.value for limit in LIMITS} | dict(engagement.limits.get("automation.scenarios", {})),
        currency=engagement.currency,
    )


def find_live(brief: Brief) -> frozenset[str] | None:
    """The scenarios that the sheet has live; `None` if it lists no automation at all."""
    rows = brief.rows("automation")
    if not rows:
        return None
    live = {str(row.get("scenario") or "") for row in rows if row.get("live") is True}
    if any(row.get("live") is True and SECOND.search(str(row.get("trigger") or "")) for row in rows):
        live.add("second_purchase")
    return frozenset(live)


def find_evidence(waiting: Waiting, measured: Scenarios, limits: Limits) -> tuple[Text, float] | None:
    """Why a scenario counts as missed, and how sure that is; `None` where it is followed up or nobody can tell."""
    if waiting.a_year < limits["a_year"]:
        return None
    if waiting.touched is not None and waiting.touched_high is not None:
        if waiting.touched_high >= limits["touched"]:
            return None
        said = words.BY_LOG.fill(
            logged=word_number(waiting.logged),
            share=word_percent(waiting.touched),
            high=word_percent(waiting.touched_high),
        )
        return said, rate_gap(limits["touched"] - waiting.touched, limits["touched"] - waiting.touched_high)
    if measured.live is not None:
        return None if waiting.scenario in measured.live else (words.BY_SHEET, STATED)
    # Intents are kept in logs for no other purpose than to be followed up: silence on them tells something.
    return (words.BY_SILENCE, SILENT) if waiting.scenario in INTENTS else None


def judge(measured: Scenarios, limits: Limits) -> tuple[Finding, ...]:
    """Raise every scenario with enough people in it that nobody follows up."""
    found = ((waiting, find_evidence(waiting, measured, limits)) for waiting in measured.waiting)
    return tuple(_find(waiting, evidence, measured, limits) for waiting, evidence in found if evidence is not None)


def _find(waiting: Waiting, evidence: tuple[Text, float], measured: Scenarios, limits: Limits) -> Finding:
    said, sure = evidence
    mid, high = waiting.gain(limits["lift_mid"]), waiting.gain(limits["lift_high"])
    impact = Impact(low=0.0, mid=mid, high=high) if mid is not None and high is not None else None
    scenario = words.SCENARIOS[waiting.scenario]
    return Finding(
        code="automation.missed_scenario",
        scope={"scenario": waiting.scenario},
        title=words.TITLE.fill(
            scenario=scenario, a_year=word_number(waiting.a_year), audience=word_number(waiting.audience)
        ),
        cause=words.CAUSE.fill(
            evidence=said,
            back=word_percent(waiting.back),
            each=word_price(waiting.each, measured.currency),
            lift=word_percent(limits["lift_mid"], 0),
            high=word_percent(limits["lift_high"], 0),
        ),
        action=words.ACTION.fill(
            scenario=scenario, rule=words.RULES[waiting.scenario], cadence=words.CADENCE[waiting.scenario]
        ),
        owner_role="member",
        validation=Validation(metric="repurchase_newN", direction="up", window_days=60),
        stop_rule=words.STOP,
        confidence=sure,
        impact=impact,
        impact_reason=None if impact else words.NO_MONEY,
        severity=None if impact else "low",
        evidence=(Evidence(table="scenarios", n=waiting.closed, value=waiting.touched),),
    )


def tell(measured: Scenarios) -> Text:
    """Who waits today, what the largest scenario is worth, and what is missed."""
    said = words.ANSWER.fill(
        audiences=join_texts(
            words.AUDIENCE.fill(scenario=words.SCENARIOS[one.scenario], n=word_number(one.audience))
            for one in measured.waiting
        )
    )
    valued = [one for one in measured.waiting if one.expected is not None]
    if valued:
        largest = max(valued, key=lambda one: one.gain(1.0) or 0.0)
        said += words.LARGEST.fill(
            scenario=words.SCENARIOS[largest.scenario],
            money=word_money(largest.expected, measured.currency),
            gain=word_money(largest.gain(0.1), measured.currency),
        )
    missed = measured.missed
    if missed:
        return said + words.MISSED.fill(names=join_texts(words.SCENARIOS[one.scenario] for one in missed))
    is_known = measured.live is not None or any(one.touched is not None for one in measured.waiting)
    return said + (words.COVERED if is_known else words.NOT_JUDGED)


def caveats(measured: Scenarios) -> tuple[Text, ...]:
    """Which contacts can be followed; how soon an intent is answered, where touches are known."""
    known = (words.KNOWN_ONLY,) if any(one.scenario == "welcome" for one in measured.waiting) else ()
    if measured.cadence is None:
        return known
    n = measured.cadence["intents"]
    shares = {name: word_percent(measured.cadence[name] / n) for name in ("same_day", "day_1", "day_3")}
    return (
        *known,
        words.CADENCE_SAID.fill(
            n=word_number(n), same=shares["same_day"], first=shares["day_1"], third=shares["day_3"]
        ),
    )


def tabulate(measured: Scenarios) -> tuple[Exhibit, ...]:
    """A scenario card a row, also those that only the sheet can tell."""
    fields = (
        Field(name="scenario", label=Text(zh="场景", en="Scenario")),
        Field(name="rule", label=Text(zh="触发", en="Trigger")),
        Field(name="cadence", label=Text(zh="建议节奏", en="Cadence advised")),
        Field(name="stated", label=Text(zh="需求表", en="Sheet")),
        Field(name="audience", label=Text(zh="今天人数", en="Waiting today"), unit="count"),
        Field(name="a_year", label=Text(zh="一年进入", en="Entries a year"), unit="count"),
        Field(name="back", label=Text(zh="30 天自回率", en="Back alone in 30 days"), unit="share"),
        Field(name="each", label=Text(zh="回来当天消费", en="Spend that day"), unit="price"),
        Field(name="expected", label=Text(zh="预计自行消费", en="Expected sales"), unit="money"),
        Field(name="touched", label=Text(zh="3 天内有触达", en="Reached in 3 days"), unit="share"),
        Field(name="gain", label=Text(zh="多回一成的年增量", en="A year, a tenth more back"), unit="money"),
    )
    by_name = {one.scenario: one for one in measured.waiting}
    rows = [_row(scenario, by_name.get(scenario), measured.live) for scenario in words.SCENARIOS]
    title = Text(zh="自动化场景卡", en="Scenario cards")
    return (Exhibit(name="scenarios", title=title, fields=fields, frame=pd.DataFrame(rows)),)


def _row(scenario: str, one: Waiting | None, live: frozenset[str] | None) -> dict[str, object]:
    stated = words.NOT_STATED
    if live is not None:
        stated = words.LIVE if scenario in live else words.NOT_LIVE
    numbers = {
        "audience": one.audience if one else None,
        "a_year": one.a_year if one else None,
        "back": one.back if one else None,
        "each": one.each if one else None,
        "expected": one.expected if one else None,
        "touched": one.touched if one else None,
        "gain": one.gain(0.1) if one else None,
    }
    return {
        "scenario": words.SCENARIOS[scenario],
        "rule": words.RULES[scenario],
        "cadence": words.CADENCE.get(scenario),
        "stated": stated,
        **{name: np.nan if value is None else value for name, value in numbers.items()},
    }


def draw(measured: Scenarios, language: Language) -> Figure:
    """Customers waiting today by scenario; scenarios missed stand out."""
    missed = {one.scenario for one in measured.missed}
    figure = draw_bars(
        [words.SCENARIOS[one.scenario].word(language) for one in measured.waiting],
        [one.audience for one in measured.waiting],
        [word_number(one.audience).word(language) for one in measured.waiting],
        axis_label=Text(zh="今天等待跟进的客户", en="Customers waiting today").word(language),
        marked=[place for place, one in enumerate(measured.waiting) if one.scenario in missed],
    )
    scale_count(figure.axes[0].xaxis)
    return figure


LIMITS = (
    Limit(
        name="a_year",
        value=100,
        reason=Text(zh="一年不足 100 次的场景不值得自动化", en="under 100 entries a year a scenario is not worth it"),
    ),
    Limit(
        name="touched",
        value=0.3,
        reason=Text(
            zh="连区间上限也不到三成收到触达，等于没有跟进",
            en="with even the upper end under 30% reached nobody follows up",
        ),
    ),
    Limit(
        name="lift_mid",
        value=0.1,
        reason=Text(
            zh="公开案例自述频次提升 30% 且无对照组，中值只取其三分之一",
            en="a public case claims 30% more frequency without a comparison group: a third of it is the middle",
        ),
    ),
    Limit(
        name="lift_high",
        value=0.3,
        reason=Text(zh="上限取公开案例的自述增幅", en="the public case's own claim is the high end"),
    ),
)

# Forty customers a month put something into the cart, a quarter of them order ten days later; nobody is written to.
EXAMPLE_EVENTS = "\n".join(
    [
        "customer happened_at kind",
        *(f"c{month}x{i} 2024-0{month}-05 加购" for month in range(1, 7) for i in range(40)),
    ]
)
EXAMPLE_LINES = "\n".join(
    [
        "customer ordered_at paid_amount",
        *(f"c{month}x{i} 2024-0{month}-15 80" for month in range(1, 7) for i in range(10)),
        "old 2024-01-01 80",
        "old 2024-06-30 80",
    ]
)
EXAMPLE_TOUCHES = "customer touched_at\nold 2024-01-02\nold 2024-06-01"

CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION,
    answers=("004-33", "004-34", "004-35", "004-36"),
    finds=("automation.missed_scenario",),
    needs=(Need(table="order_lines", columns=("customer",)),),
    limits=LIMITS,
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    # Of the 40 carts of 5 June 30 are open when June ends.
    example=Example(
        tables={"events": EXAMPLE_EVENTS, "order_lines": EXAMPLE_LINES, "touches": EXAMPLE_TOUCHES},
        says="Cart without order 30",
        finds=(("automation.missed_scenario", {"scenario": "intent_no_order"}),),
    ),
    place=10,
)
