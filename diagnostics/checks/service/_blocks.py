"""Whether more customers than before delete or block the staff, and whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_count
from diagnostics.charts.panels import Panel, draw_panels
from diagnostics.checks.contact_worth import NO_WORTH, ask_worth, price_contacts, read_worth, word_sizing
from diagnostics.checks.service import _block_words as say
from diagnostics.checks.units import KIND_NAMES, Kind, name_unit, name_units, scope_of, word_ago
from diagnostics.metrics.blocks import count_blocks, follow_blocks
from diagnostics.metrics.recent import count_back
from diagnostics.model.finding import Evidence, Finding, Validation
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text, word_change, word_money, word_number
from diagnostics.statistics.certainty import rate_gap
from diagnostics.statistics.surges import compare_counts, estimate_dispersion

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.checks.check import Limits, Replies
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language
    from diagnostics.statistics.hops import Worth

WINDOW = 60
FALSE_RATE = 0.05
DAYS_A_YEAR = 365


@dataclass(frozen=True, kw_only=True)
class Blocks:
    """Counts now and before with what was to be expected, by kind of unit, and the whole as one row."""

    units: Mapping[Kind, pd.DataFrame]
    whole: pd.Series
    dispersion: float
    weeks: pd.DataFrame
    stores: Mapping[str, str]
    worth: Worth | None
    currency: str


def ask_blocks(tables: Tables) -> dict[str, ir.Table]:
    """Ask for counts of both windows by staff, store and in all, the weeks, and what a contact is worth.

    Nothing where blocks are not told.
    """
    if not tables.has("staff_days", "blocked"):
        return {}
    rows = tables.share(count_back(tables["staff_days"]))
    has_staff = tables.has("staff_days", "staff")
    mine = rows.drop_null("staff") if has_staff else rows
    asked = {"blocks.whole": count_blocks(mine, "whole", WINDOW), "blocks.weeks": follow_blocks(mine)}
    for kind in ("staff", "store"):
        if has_staff and tables.has("staff_days", kind):
            asked[f"blocks.{kind}"] = count_blocks(mine, kind, WINDOW)
    if "blocks.store" in asked:
        asked["blocks.stores"] = mine.group_by("staff").agg(store=mine.store.max())
    return asked | ask_worth(tables)


def measure_blocks(replies: Replies) -> Blocks | None:
    """Compare both windows for the whole and for each unit; `None` where there is nothing to compare with."""
    whole = replies.frames.get("blocks.whole", pd.DataFrame())
    if whole.empty or not whole.days_before.iloc[0] or not whole.now.iloc[0] + whole.before.iloc[0]:
        return None
    kinds: tuple[Kind, ...] = ("store", "staff")
    units = {
        kind: compare_counts(
            replies[f"blocks.{kind}"], estimate_dispersion(replies[f"blocks.{kind}"]), by_others=True
        ).sort_values(["ratio", "now", "unit"], ascending=[False, False, True], ignore_index=True)
        for kind in kinds
        if f"blocks.{kind}" in replies
    }
    pairs = (
        replies["blocks.stores"].dropna() if "blocks.stores" in replies else pd.DataFrame({"staff": [], "store": []})
    )
    return Blocks(
        units=units,
        whole=compare_counts(whole, estimate_dispersion(whole), by_others=False).iloc[0],
        dispersion=estimate_dispersion(whole),
        weeks=replies["blocks.weeks"].sort_values("week", ascending=False, ignore_index=True),
        stores=dict(zip(pairs.staff, pairs.store, strict=True)),
        worth=read_worth(replies),
        currency=replies.engagement.currency,
    )


def find_surges(measured: Blocks, limits: Limits) -> list[tuple[Kind | None, pd.Series]]:
    """Stores, and staff outside them, that clearly surged; the whole instead where the rest surged, too."""
    found: list[tuple[Kind | None, pd.Series]] = []
    stores: set[str] = set()
    for kind, frame in measured.units.items():
        for _, row in frame.iterrows():
            if _is_surge(row, limits) and measured.stores.get(str(row.unit)) not in stores:
                found.append((kind, row))
        stores = {str(row.unit) for held, row in found if held == "store"}
    rest = measured.whole.copy()
    for name in ("now", "before", "days_now", "days_before", "added_now", "added_before"):
        rest[name] = rest[name] - sum(row[name] for _, row in found)
    compared = compare_counts(pd.DataFrame([rest]).infer_objects(), measured.dispersion, by_others=False).iloc[0]
    return [(None, measured.whole)] if _is_surge(compared, limits) else found


def _is_surge(row: pd.Series, limits: Limits) -> bool:
    is_clear = row.adjusted <= FALSE_RATE and row.low >= limits["ratio"]
    return bool(is_clear and row.now - row.expected >= limits["cases"])


def judge_blocks(measured: Blocks, limits: Limits) -> tuple[Finding, ...]:
    """Raise what surged."""
    return tuple(_state(kind, row, measured, limits) for kind, row in find_surges(measured, limits))


def _state(kind: Kind | None, row: pd.Series, measured: Blocks, limits: Limits) -> Finding:
    said = {
        "window": word_number(WINDOW),
        "now": word_number(row.now),
        "expected": word_number(row.expected, 1),
    }
    title = say.TITLE.fill(who=name_unit(kind, row.unit), **said) if kind else say.TITLE_WHOLE.fill(**said)
    cause = say.CAUSE.fill(
        ratio=word_number(row.ratio, 1),
        low=word_number(row.low, 1),
        high=word_number(row.high, 1),
        before=word_number(row.added_before),
        added=word_number(row.added_now),
    )
    impact = None
    if measured.worth is not None:
        excess = tuple(row.expected * (ratio - 1) * DAYS_A_YEAR / WINDOW for ratio in (row.low, row.ratio, row.high))
        impact = price_contacts(measured.worth, excess, limits["lift"])
        worth = say.WORTH.fill(money=word_money(impact.mid, measured.currency))
        title = Text(zh=title.zh + worth.zh, en=title.en + worth.en)
        cause += word_sizing(measured.worth, limits["lift"], measured.currency)
    return Finding(
        code="service.block_surge",
        scope=scope_of(kind, row.unit) if kind else {},
        title=title,
        cause=cause,
        action=say.ACTION,
        owner_role="account",
        validation=Validation(metric="del_rate", direction="down", window_days=30),
        stop_rule=say.STOP,
        confidence=rate_gap(row.ratio - 1, row.low - 1),
        impact=impact,
        impact_reason=None if impact else NO_WORTH,
        severity=None if impact else ("low" if kind else "medium"),
        evidence=(Evidence(table=f"blocks_{kind or 'weeks'}", n=int(row.now), value=float(row.ratio)),),
    )


def tell_blocks(measured: Blocks, limits: Limits) -> Text:
    """Now against the expected, and who stands out."""
    whole = measured.whole
    said = say.ANSWER.fill(
        window=word_number(WINDOW),
        now=word_number(whole.now),
        expected=word_number(whole.expected),
        change=word_change(whole.ratio - 1),
        low=word_change(whole.low - 1),
        high=word_change(whole.high - 1),
    )
    surges = [row for kind, row in find_surges(measured, limits) if kind]
    tail = (
        say.SURGED.fill(n=word_number(len(surges)), names=name_units([str(row.unit) for row in surges]))
        if surges
        else say.STEADY
    )
    return Text(zh=said.zh + tail.zh, en=said.en + tail.en)


def tabulate_blocks(measured: Blocks) -> tuple[Exhibit, ...]:
    """Weeks, stores and staff."""
    counts = (
        Field(name="now", label=Text(zh="最近删除/拉黑", en="Blocks now"), unit="count"),
        Field(name="before", label=Text(zh="之前", en="Before"), unit="count"),
        Field(name="expected", label=Text(zh="预期", en="Expected"), unit="number", digits=1),
        Field(name="ratio", label=Text(zh="实际/预期", en="Times expected"), unit="number", digits=2),
        Field(name="low", label=Text(zh="95% 下限", en="95% low"), unit="number", digits=2),
        Field(name="high", label=Text(zh="95% 上限", en="95% high"), unit="number", digits=2),
        Field(name="added_now", label=Text(zh="最近新增客户", en="Contacts added now"), unit="count"),
        Field(name="added_before", label=Text(zh="之前新增", en="Added before"), unit="count"),
    )
    shown = [
        Exhibit(
            name=f"blocks_{kind}",
            title=Text(zh="{kind}：删除与拉黑", en="{kind}: customers who deleted or blocked").fill(
                kind=KIND_NAMES[kind]
            ),
            fields=(Field(name="unit", label=KIND_NAMES[kind]), *counts),
            frame=frame,
        )
        for kind, frame in measured.units.items()
    ]
    ago = [word_ago(week) for week in measured.weeks.week.astype(int)]
    weeks = Exhibit(
        name="blocks_weeks",
        title=Text(zh="删除与拉黑，按周（由早到近）", en="Deleted or blocked, week by week, oldest first"),
        fields=(
            Field(name="ago", label=Text(zh="周", en="Week")),
            Field(name="blocked", label=Text(zh="删除/拉黑", en="Blocks"), unit="count"),
            Field(name="added", label=Text(zh="新增客户", en="Contacts added"), unit="count"),
            Field(name="days", label=Text(zh="员工日", en="Staff days"), unit="count"),
        ),
        frame=measured.weeks.assign(ago=pd.Series(ago, dtype=object)),
    )
    return (weeks, *shown)


def draw_blocks(measured: Blocks, language: Language) -> Figure:
    """Blocks a week and contacts added a week."""
    weeks = measured.weeks
    names = [f"-{week}" for week in weeks.week.astype(int)]
    along = Text(zh="周（-0 为最近）", en="Week (-0 is the last)").word(language)
    labels = {
        "blocked": Text(zh="每周删除/拉黑", en="Blocks a week"),
        "added": Text(zh="每周新增客户", en="Contacts added a week"),
    }
    return draw_panels(
        [
            Panel(
                label=label.word(language),
                along=along,
                names=names,
                series={"": weeks[name].astype(float).tolist()},
                scale=scale_count,
            )
            for name, label in labels.items()
        ]
    )
