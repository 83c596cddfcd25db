"""Who waits for an automatic follow-up today, and which scenarios nobody follows up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis

from diagnostics.charts.axes import scale_count
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.automation import _scenario_words as words
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
from diagnostics.model.finding import Evidence, Finding, Impact, Validation
from diagnostics.model.wording import NOTHING, Text, join_texts, word_money, word_number, word_percent, word_price
from diagnostics.statistics.certainty import rate_gap
from diagnostics.statistics.scenario_value import Waiting, read_waiting

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.checks.check import Limits, Replies
    from diagnostics.model.brief import Brief
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

SECOND = re.compile(r"首购|首单|二购|二次|复购|second|repeat", re.IGNORECASE)
INTENTS = ("intent_no_order", "long_cycle")
# Only the sheet says that nobody follows up; or not even the sheet says anything.
STATED, SILENT = 0.5, 0.45


@dataclass(frozen=True, kw_only=True)
class Waits:
    """Waits by scenario, what the sheet has live (`None`: no list of automations), and the cadence after an intent."""

    waiting: tuple[Waiting, ...]
    live: frozenset[str] | None
    cadence: Mapping[str, float] | None
    limits: Limits
    currency: str

    @property
    def missed(self) -> tuple[Waiting, ...]:
        """Scenarios that nobody follows up, by this check's own limits."""
        return tuple(waiting for waiting in self.waiting if find_evidence(waiting, self, self.limits) is not None)


def ask_waits(tables: Tables) -> dict[str, ir.Table]:
    """Ask for the waits of every scenario that the tables can tell; nothing where orders name no customers."""
    if not tables.has("order_lines", "customer"):
        return {}
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


def measure_waits(replies: Replies, limits: Limits) -> Waits | None:
    """Read each scenario's waits, and what the sheet has live; `None` where nobody is seen waiting."""
    engagement = replies.engagement
    rows = replies["waits"].to_dict("records") if "waits" in replies else []
    named = ({str(name): value for name, value in row.items()} for row in rows)
    waiting = [read_waiting(row, engagement.horizon.yearly) for row in named if row["inflow"] or row["audience"]]
    if not waiting:
        return None
    order = list(words.SCENARIOS)
    told = replies.frames.get("cadence")
    cadence = None
    if told is not None and told.intents.iloc[0]:
        cadence = {name: float(told[name].iloc[0]) for name in ("intents", "same_day", "day_1", "day_3")}
    return Waits(
        waiting=tuple(sorted(waiting, key=lambda one: order.index(one.scenario))),
        live=find_live(engagement.brief),
        cadence=cadence,
        limits=limits,
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


def find_evidence(waiting: Waiting, measured: Waits, limits: Limits) -> tuple[Text, float] | None:
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


def judge_waits(measured: Waits, limits: Limits) -> tuple[Finding, ...]:
    """Raise every scenario with enough people in it that nobody follows up."""
    found = ((waiting, find_evidence(waiting, measured, limits)) for waiting in measured.waiting)
    return tuple(_find(waiting, evidence, measured, limits) for waiting, evidence in found if evidence is not None)


def _find(waiting: Waiting, evidence: tuple[Text, float], measured: Waits, limits: Limits) -> Finding:
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


def tell_waits(measured: Waits) -> Text:
    """Who waits today, what the largest scenario is worth, and what is missed."""
    said = words.ANSWER.fill(
        audiences=join_texts(
            words.AUDIENCE.fill(scenario=words.SCENARIOS[one.scenario], n=word_number(one.audience))
            for one in measured.waiting
        ),
        largest=_tell_largest(measured),
    )
    missed = measured.missed
    if missed:
        return said + words.MISSED.fill(names=join_texts(words.SCENARIOS[one.scenario] for one in missed))
    is_known = measured.live is not None or any(one.touched is not None for one in measured.waiting)
    return said + (words.COVERED if is_known else words.NOT_JUDGED)


def _tell_largest(measured: Waits) -> Text:
    valued = [one for one in measured.waiting if one.expected is not None]
    if not valued:
        return NOTHING
    largest = max(valued, key=lambda one: one.gain(1.0) or 0.0)
    return words.LARGEST.fill(
        scenario=words.SCENARIOS[largest.scenario],
        money=word_money(largest.expected, measured.currency),
        gain=word_money(largest.gain(0.1), measured.currency),
    )


def doubt_waits(measured: Waits) -> tuple[Text, ...]:
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


def draw_waits(measured: Waits, language: Language) -> Figure:
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
