"""Whether enough people carry the tags that the planned segments need."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.charts.axes import scale_share
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.automation import _coverage_words as words
from diagnostics.metrics.lines import value_lines, within
from diagnostics.metrics.tags import BETWEEN, VALUED, count_sources, count_tags, list_strings, list_tagged, total_spend
from diagnostics.model.finding import Evidence, Finding, Validation
from diagnostics.model.wording import NOTHING, Text, name_verbatim, shorten, word_number, word_percent
from diagnostics.statistics.proportions import wilson

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.checks.check import Limits, Replies
    from diagnostics.model.brief import Brief
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

# Tags that few carry by their meaning.
RARE = re.compile(r"vip|svip|高价值|超级|大客|koc|kol|top|前\s*\d|黑名单|流失|沉睡|投诉|员工|测试", re.IGNORECASE)
MOST_FINDINGS = 5
MOST_ROWS = 15
SURE = 0.8


@dataclass(frozen=True, kw_only=True)
class Tag:
    """One planned tag: its dimension (empty if not given), carriers, their spend a head, and whether it is rare."""

    name: str
    dimension: str
    carriers: int
    spend: float | None
    is_rare: bool


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """Planned tags, people, carriers of any tag and of each dimension, tags found, the share with a source code."""

    planned: tuple[Tag, ...]
    people: int
    tagged: int
    dimensions: Mapping[str, int]
    found: pd.DataFrame
    sources: float | None
    limits: Limits

    @property
    def missing(self) -> tuple[Tag, ...]:
        """Planned tags that too few carry, by this check's own limits."""
        return choose(self, self.limits)


def ask_coverage(tables: Tables) -> dict[str, ir.Table]:
    """Ask for the carriers of every planned tag and dimension."""
    held = [name for name in ("contacts", "customers") if tables.has(name, "tags")]
    if not held:
        return {}
    tagged = tables.share(list_tagged([tables[name] for name in held]))
    spend = None
    if tables.has("order_lines", "customer"):
        lines = within(
            value_lines(tables["order_lines"], tables.engagement.gmv_basis), tables.engagement.horizon.current
        )
        spend = total_spend(lines)
    asked = {
        "counts": count_tags(tagged, group_tags(tables.engagement.brief), spend),
        "strings": list_strings(tagged),
    }
    if tables.has("contacts", "contact"):
        asked["sources"] = count_sources(tables["contacts"])
    return asked


def list_planned(brief: Brief) -> list[tuple[str, str, str]]:
    """Name, dimension and rule of every tag in the sheet's dictionary, each name once."""
    rows = {
        str(row["tag"]).strip(): (str(row.get("dimension") or ""), str(row.get("rule") or ""))
        for row in brief.rows("tag_dictionary")
        if str(row.get("tag") or "").strip()
    }
    return [(name, dimension, rule) for name, (dimension, rule) in rows.items()]


def group_tags(brief: Brief) -> dict[str, list[str]]:
    """Tags by the name of the column that counts them: `t0`, `t1` … one each, and `d_<dimension>` all of one."""
    planned = list_planned(brief)
    groups = {f"t{place}": [name] for place, (name, _, _) in enumerate(planned)}
    for name, dimension, _ in planned:
        if dimension:
            groups.setdefault(f"d_{dimension}", []).append(name)
    return groups


def read_coverage(replies: Replies, limits: Limits) -> Coverage | None:
    """Read the carriers off, and split what is found in the tag column; `None` where nobody carries tags."""
    if "counts" not in replies:
        return None
    told = replies["counts"].iloc[0]
    planned = list_planned(replies.engagement.brief)
    sources = replies["sources"].iloc[0] if "sources" in replies else None
    return Coverage(
        planned=tuple(
            Tag(
                name=name,
                dimension=dimension,
                carriers=int(told[f"carry_t{place}"]),
                spend=_spend(told, f"t{place}"),
                is_rare=bool(RARE.search(f"{name} {rule}")),
            )
            for place, (name, dimension, rule) in enumerate(planned)
        ),
        people=int(told.people),
        tagged=int(told.tagged),
        dimensions={
            name: int(told[f"carry_d_{name}"]) for name in {dimension for _, dimension, _ in planned if dimension}
        },
        found=split_strings(replies["strings"]),
        sources=float(sources.coded) / float(sources.contacts) if sources is not None and sources.contacts else None,
        limits=limits,
    )


def _spend(told: pd.Series[float], name: str) -> float | None:
    """Spend a head of the carriers over spend a head of everybody."""
    carriers, whole = float(told[f"carry_{name}"]), float(told.gmv_all or 0)
    if not carriers or not whole > 0 or pd.isna(told[f"gmv_{name}"]):
        return None
    return float(told[f"gmv_{name}"]) / carriers / (whole / float(told.people))


def split_strings(strings: pd.DataFrame) -> pd.DataFrame:
    """Tag (without its value) and people, most first, from the contents of the tag column; one string counts once."""
    rows = [
        (name, int(people))
        for text, people in zip(strings.tags, strings.people, strict=True)
        for name in {re.split(VALUED, part)[0] for part in re.split(BETWEEN, str(text)) if part}
    ]
    frame: pd.DataFrame = pd.DataFrame(rows, columns=["tag", "people"])
    frame = frame.groupby("tag", as_index=False)[["people"]].sum()
    return frame.sort_values(["people", "tag"], ascending=[False, True], ignore_index=True)


def choose(measured: Coverage, limits: Limits) -> tuple[Tag, ...]:
    """Planned tags, not rare by meaning, that hardly anybody carries: their dimension is empty, or they lag far."""
    if measured.people < limits["people"]:
        return ()
    common = [tag.carriers / measured.people for tag in measured.planned if not tag.is_rare]
    usual = float(np.median(common)) if common else 0.0
    found = []
    for tag in measured.planned:
        high = float(wilson(tag.carriers, measured.people)[1])
        whole = measured.dimensions.get(tag.dimension, tag.carriers)
        is_empty = float(wilson(whole, measured.people)[1]) < limits["dimension"]
        if not tag.is_rare and high < limits["tag"] and (is_empty or high < limits["behind"] * usual):
            found.append(tag)
    return tuple(sorted(found, key=lambda tag: tag.carriers))


def judge_coverage(measured: Coverage, limits: Limits) -> tuple[Finding, ...]:
    """Raise planned tags that too few carry, the emptiest five; the table has all."""
    return tuple(_find(tag, measured) for tag in choose(measured, limits)[:MOST_FINDINGS])


def _find(tag: Tag, measured: Coverage) -> Finding:
    share = tag.carriers / measured.people
    name = name_verbatim(shorten(tag.name, 24))
    return Finding(
        code="people.tag_gap",
        scope={"tag": tag.name},
        title=words.TITLE.fill(tag=name, share=word_percent(share)),
        cause=words.CAUSE.fill(
            people=word_number(measured.people),
            carriers=word_number(tag.carriers),
            tag=name,
            dimension=words.DIMENSIONS.get(tag.dimension, words.NO_DIMENSION),
            whole=word_percent(measured.dimensions.get(tag.dimension, tag.carriers) / measured.people),
        ),
        action=words.ACTION.fill(tag=name),
        owner_role="data",
        validation=Validation(metric="dq", direction="up", window_days=60),
        stop_rule=words.STOP,
        confidence=SURE,
        impact_reason=words.NO_MONEY,
        severity="low",
        evidence=(Evidence(table="planned", n=measured.people, value=share),),
    )


def tell_coverage(measured: Coverage) -> Text:
    """How many are tagged at all, and which planned tags are empty."""
    sources = NOTHING if measured.sources is None else words.SOURCES.fill(share=word_percent(measured.sources))
    return words.ANSWER.fill(
        people=word_number(measured.people),
        tagged=word_percent(measured.tagged / max(measured.people, 1)),
        sources=sources,
        planned=_tell_planned(measured),
    )


def _tell_planned(measured: Coverage) -> Text:
    if not measured.planned:
        return words.NO_DICTIONARY
    missing = measured.missing
    if not missing:
        return words.ENOUGH.fill(n=word_number(len(measured.planned)))
    return words.MISSING.fill(
        n=word_number(len(measured.planned)),
        missing=word_number(len(missing)),
        worst=shorten(missing[0].name, 18),
        share=word_percent(missing[0].carriers / measured.people),
    )


def draw_coverage(measured: Coverage, language: Language) -> Figure:
    """Coverage of the planned tags, else of those found."""
    whole = max(measured.people, 1)
    rows = [(one.name, one.carriers) for one in sorted(measured.planned, key=lambda one: -one.carriers)]
    rows = rows or list(zip(measured.found.tag, measured.found.people, strict=True))
    missing = {one.name for one in measured.missing}
    shown = rows[-MOST_ROWS:] if measured.planned else rows[:MOST_ROWS]
    figure = draw_bars(
        [shorten(str(name), 18) for name, _ in shown],
        [count / whole for _, count in shown],
        [word_percent(count / whole).word(language) for _, count in shown],
        axis_label=Text(zh="带此标签的人占比", en="Share of people with the tag").word(language),
        marked=[place for place, (name, _) in enumerate(shown) if name in missing],
    )
    scale_share(figure.axes[0].xaxis)
    return figure
