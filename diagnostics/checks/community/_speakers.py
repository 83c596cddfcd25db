"""Who speaks in groups: nearly only the company, or only one customer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_share
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.community import _voice_words as say
from diagnostics.checks.units import Kind, name_unit, name_units, scope_of
from diagnostics.metrics.groups import pick_finest
from diagnostics.metrics.recent import count_back
from diagnostics.metrics.voices import count_lone_days, find_talkers, total_voices, weigh_company
from diagnostics.model.finding import Evidence, Finding, Validation
from diagnostics.model.wording import Text, shorten, word_number, word_percent
from diagnostics.statistics.certainty import rate_gap
from diagnostics.statistics.outlying import find_outlying
from diagnostics.statistics.proportions import wilson
from diagnostics.statistics.weekly_ratios import estimate_ratios, estimate_shares

if TYPE_CHECKING:
    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.checks.check import Limits, Replies
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

WINDOW = 56
Z = 1.96
FALSE_RATE = 0.05
MOST_ROWS = 15
MOST_FINDINGS = 5


@dataclass(frozen=True, kw_only=True)
class Voices:
    """The company's share by unit and in all (`None` where not told), talkers by group, and lone days by group."""

    kind: Kind
    units: pd.DataFrame
    whole: pd.Series | None
    talkers: pd.DataFrame
    lone: pd.DataFrame


def ask_voices(tables: Tables) -> dict[str, ir.Table]:
    """Ask for the company's share and, where messages by speaker are there, for the talkers."""
    if tables.has("group_voices"):
        voices = tables.share(count_back(tables["group_voices"]))
        rows = total_voices(voices, WINDOW)
        return {
            "group": weigh_company(rows, "group"),
            "whole": weigh_company(rows, "whole"),
            "talkers": find_talkers(voices, WINDOW),
        }
    if not tables.has("group_days", "messages", "staff_messages"):
        return {}
    grain = next((name for name in ("group", "owner") if tables.has("group_days", name)), "whole")
    rows = count_back(tables["group_days"])
    recent = pick_finest(rows.filter(rows.back < WINDOW), grain)
    asked = {"whole": weigh_company(recent, "whole")}
    if grain != "whole":
        asked[grain] = weigh_company(recent, grain)
    if grain == "group" and tables.has("group_days", "members_active"):
        asked["lone"] = count_lone_days(rows, WINDOW)
    return asked


def measure_voices(replies: Replies) -> Voices | None:
    """Estimate shares and hold each unit against the median of all; `None` where nobody tells who spoke."""
    if "whole" not in replies or replies["whole"].empty:
        return None
    kind: Kind = "owner" if "owner" in replies else "group"
    moments = replies.frames.get(kind)
    units = pd.DataFrame({"unit": []}) if moments is None else _compare(moments)
    talkers = replies.frames.get("talkers", pd.DataFrame({"unit": []}))
    return Voices(
        kind=kind,
        units=units,
        whole=estimate_ratios(replies["whole"]).fillna({"error": 0.0}).iloc[0],
        talkers=estimate_shares(talkers) if len(talkers) else talkers,
        lone=replies.frames.get("lone", pd.DataFrame({"unit": [], "said": []})),
    )


def _compare(moments: pd.DataFrame) -> pd.DataFrame:
    estimated = estimate_shares(moments)
    found = find_outlying(estimated.value, estimated.error, "high")
    compared = estimated.assign(middle=found.middle, gap=found.gap, low=found.low, adjusted=found.adjusted)
    return compared.sort_values(["value", "w"], ascending=False, ignore_index=True)


def find_monologues(measured: Voices, limits: Limits) -> pd.DataFrame:
    """Units in which even the low end of the company's share is beyond the limit, and messages are enough."""
    units = measured.units
    if units.empty:
        return units
    beyond = (units.value - Z * units.error > limits["company"]) & (units.w >= limits["messages"])
    return units[beyond]


def find_lone(measured: Voices, limits: Limits) -> pd.DataFrame:
    """Groups that live on one talker; by speaker where told, else groups where a single person spoke on most days."""
    if len(measured.talkers):
        talkers = measured.talkers
        sure = talkers.value - Z * talkers.error > limits["talker"]
        alone = talkers.even_days_without <= limits["days_left"] * talkers.even_days
        return talkers[sure & alone & (talkers.w >= limits["messages"] / 2)]
    lone = measured.lone
    if lone.empty:
        return lone
    low, _ = wilson(lone.lone, lone.days)
    return lone[(low > limits["lone_days"]) & (lone.said >= limits["messages"])]


def judge_voices(measured: Voices, limits: Limits) -> tuple[Finding, ...]:
    """Raise the pool where nearly all messages are the company's, else single units; and groups of one talker."""
    whole = measured.whole
    found: list[Finding] = []
    if whole is not None and whole.value - Z * whole.error > limits["company"] and whole.w >= limits["messages"]:
        found.append(_state_monologue(None, whole, limits))
    else:
        loud = find_monologues(measured, limits)
        found += [_state_monologue(measured.kind, row, limits) for _, row in loud.head(MOST_FINDINGS).iterrows()]
    lone = find_lone(measured, limits).sort_values("said", ascending=False)
    state = _state_talker if len(measured.talkers) else _state_lone
    return (*found, *(state(row) for _, row in lone.head(MOST_FINDINGS).iterrows()))


def _state_monologue(kind: Kind | None, row: pd.Series, limits: Limits) -> Finding:
    share = word_percent(row.value)
    title = say.TITLE_POOL.fill(share=share)
    if kind:
        title = say.TITLE_UNIT.fill(who=name_unit(kind, row.unit), share=share, middle=word_percent(row.middle))
    low, high = max(row.value - Z * row.error, 0.0), min(row.value + Z * row.error, 1.0)
    others = float(row.middle) if kind else limits["company"]
    return Finding(
        code="community.monologue",
        scope=scope_of(kind, row.unit) if kind else {},
        title=title,
        cause=say.CAUSE.fill(
            window=word_number(WINDOW), n=word_number(row.w), low=word_percent(low), high=word_percent(high)
        ),
        action=say.ACTION,
        owner_role="group",
        validation=Validation(metric="kill", direction="down", window_days=30),
        stop_rule=say.STOP,
        confidence=rate_gap(row.value - others, low - others),
        impact_reason=say.NO_MONEY,
        severity="low" if kind else "medium",
        evidence=(Evidence(table="units" if kind else "whole", n=int(row.w), value=float(row.value)),),
    )


def _state_talker(row: pd.Series) -> Finding:
    low = max(row.value - Z * row.error, 0.0)
    cause = say.CAUSE_TALKER.fill(
        share=word_percent(row.value),
        low=word_percent(low),
        days=word_number(row.even_days),
        rest=word_number(row.even_days_without),
    )
    title = say.TITLE_TALKER.fill(who=name_unit("group", row.unit), share=word_percent(row.value))
    return _state_single(row, title, cause, confidence=rate_gap(row.value, low), value=float(row.value))


def _state_lone(row: pd.Series) -> Finding:
    title = say.TITLE_LONE.fill(
        who=name_unit("group", row.unit), days=word_number(row.days), lone=word_number(row.lone)
    )
    return _state_single(row, title, say.CAUSE_LONE, confidence=0.55, value=row.lone / row.days)


def _state_single(row: pd.Series, title: Text, cause: Text, *, confidence: float, value: float) -> Finding:
    return Finding(
        code="community.single_talker",
        scope=scope_of("group", row.unit),
        title=title,
        cause=cause,
        action=say.ACTION_TALKER,
        owner_role="group",
        validation=Validation(metric="talker", direction="down", window_days=30),
        stop_rule=say.STOP_TALKER,
        confidence=confidence,
        impact_reason=say.NO_MONEY,
        severity="low",
        evidence=(Evidence(table="talkers", n=int(row.said), value=float(value)),),
    )


def tell_voices(measured: Voices, limits: Limits) -> Text:
    """The company's share, and the groups in which only it or only one customer speaks."""
    whole = measured.whole
    said = say.ANSWER_TALK.fill(groups=word_number(len(measured.talkers)))
    if whole is not None:
        said = say.ANSWER.fill(
            share=word_percent(whole.value),
            low=word_percent(max(whole.value - Z * whole.error, 0.0)),
            high=word_percent(min(whole.value + Z * whole.error, 1.0)),
            groups=word_number(len(measured.units) or None),
        )
    found = (
        (say.MONOLOGUES, find_monologues(measured, limits)),
        (say.TALKERS, find_lone(measured, limits)),
    )
    tails = [
        words.fill(n=word_number(len(frame)), names=name_units(list(frame.unit)))
        for words, frame in found
        if len(frame)
    ]
    for tail in (*tails, say.STOP_MARK):
        said = Text(zh=said.zh + tail.zh, en=said.en + tail.en)
    return said


def draw_voices(measured: Voices, limits: Limits, language: Language) -> Figure:
    """The units with the largest company share."""
    frame = measured.units if len(measured.units) else pd.DataFrame([measured.whole])
    top = frame.head(MOST_ROWS).fillna({"error": 0.0})
    loud = set(find_monologues(measured, limits).unit)
    whole = Text(zh="全部群", en="all groups").word(language)
    figure = draw_bars(
        [whole if unit == "*" else shorten(str(unit), 18) for unit in top.unit],
        top.value.tolist(),
        [f"{word_percent(row['value']).en}  n={word_number(row['w']).en}" for row in top.to_dict("records")],
        axis_label=Text(
            zh="企业消息占比（线段为 95% 区间，n 为消息数）", en="Company's share of messages (line: 95%; n: messages)"
        ).word(language),
        low=(top.value - Z * top.error).clip(lower=0).tolist(),
        high=(top.value + Z * top.error).clip(upper=1).tolist(),
        marked={place for place, unit in enumerate(top.unit) if unit in loud},
        reference=limits["company"],
        reference_label=Text(zh="界限", en="limit").word(language),
    )
    scale_share(figure.axes[0].xaxis)
    return figure
