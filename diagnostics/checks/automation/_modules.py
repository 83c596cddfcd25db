"""How far the four modules of marketing automation stand, and whether each automation lasts, repeats and is easy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_count
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.automation import _module_words as words
from diagnostics.checks.automation._scenario_words import SCENARIOS
from diagnostics.metrics.automation_facts import count_profiles, count_touch_facts
from diagnostics.metrics.journey_steps import AUTOMATIC, list_steps
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import NOTHING, Text, join_texts, name_verbatim, shorten, word_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.checks.check import Limits, Replies
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

OF_EACH = 3


@dataclass(frozen=True, kw_only=True)
class Automation:
    """Which facts are there, and each automation of the sheet with its three tests."""

    facts: Mapping[str, bool]
    rows: tuple[tuple[str, str, bool, bool, bool], ...]

    def count(self, module: str) -> int:
        """How many of a module's three facts are there."""
        return sum(self.facts[name] for name, (owner, _) in words.FACTS.items() if owner == module)

    @property
    def weakest(self) -> str:
        """The module with fewest facts, the earlier one of two."""
        return min(words.MODULES, key=self.count)


def ask_modules(tables: Tables) -> dict[str, ir.Table]:
    """Ask for what tables tell of contacts and touches."""
    asked = {}
    if tables.has("contacts", "contact"):
        asked["profiles"] = count_profiles(tables["contacts"])
    if tables.has("touches", "touched_at"):
        asked["touches"] = count_touch_facts(tables["touches"], tables.engagement.horizon.current)
    return asked


def read_modules(replies: Replies, limits: Limits) -> Automation | None:
    """Check the facts one by one; `None` where the sheet lists no automation."""
    brief = replies.engagement.brief
    rows = tuple(_test(row) for row in brief.rows("automation"))
    if not rows:
        return None
    steps = list_steps(brief)
    profiles, touches = _first(replies, "profiles"), _first(replies, "touches")
    contacts = max(profiles.get("contacts", 0.0), 1.0)
    return Automation(
        facts={
            "tagged": profiles.get("tagged", 0.0) / contacts >= limits["tagged"],
            "matched": profiles.get("matched", 0.0) / contacts >= limits["matched"],
            "planned": bool(brief.rows("tag_dictionary")),
            "live": any(is_live for _, _, is_live, _, _ in rows),
            "several": sum(is_live for _, _, is_live, _, _ in rows) >= limits["several"],
            "steps": any(step.is_automatic for step in steps),
            "log": touches.get("touches", 0.0) > 0,
            "kinds": touches.get("kinds", 0.0) >= limits["kinds"],
            "triggered": all(is_rule for _, _, _, is_rule, _ in rows),
            "answers": touches.get("answers", 0.0) > 0,
            "campaigns": touches.get("campaigns", 0.0) > 0,
            "metrics": bool(steps) and sum(bool(step.metric) for step in steps) * 2 >= len(steps),
        },
        rows=rows,
    )


def _first(replies: Replies, name: str) -> dict[str, float]:
    if name not in replies:
        return {}
    row = replies[name].iloc[0]
    return {str(key): float(value) for key, value in row.items() if not pd.isna(value)}


def _test(row: Mapping[str, object]) -> tuple[str, str, bool, bool, bool]:
    """Scenario, trigger, and whether it is live, has a written trigger and a channel that a system sends by."""
    trigger, channel = str(row.get("trigger") or "").strip(), str(row.get("channel") or "").strip()
    is_easy = bool(channel) and "人工" not in channel and "manual" not in channel.lower()
    is_easy = is_easy or AUTOMATIC.search(channel) is not None
    return str(row.get("scenario") or ""), trigger, row.get("live") is True, bool(trigger), is_easy


def tell_modules(measured: Automation) -> Text:
    """How far each module stands, which to begin with, and how many automations pass the tests."""
    weakest = measured.weakest
    lacking = [label for name, (module, label) in words.FACTS.items() if module == weakest and not measured.facts[name]]
    return words.ANSWER.fill(
        modules=join_texts(
            words.MODULE.fill(module=name, n=word_number(measured.count(module)))
            for module, name in words.MODULES.items()
        ),
        weakest=words.WEAKEST.fill(module=words.MODULES[weakest], facts=join_texts(lacking)) if lacking else NOTHING,
        n=word_number(len(measured.rows)),
        passed=word_number(sum(all(row[2:]) for row in measured.rows)),
    )


def tabulate_modules(measured: Automation) -> tuple[Exhibit, ...]:
    """Facts by module, and the three tests of each automation."""
    facts = [
        {"module": words.MODULES[module], "fact": label, "state": words.YES if measured.facts[name] else words.NO}
        for name, (module, label) in words.FACTS.items()
    ]
    fields = (
        Field(name="module", label=Text(zh="模块", en="Module")),
        Field(name="fact", label=Text(zh="核对项", en="Fact")),
        Field(name="state", label=Text(zh="有无", en="There")),
    )
    tests = [
        {
            "scenario": SCENARIOS.get(scenario, name_verbatim(shorten(scenario, 24))),
            "trigger": trigger or None,
            **{
                name: words.YES if is_so else words.NO
                for name, is_so in zip(("lasting", "repeatable", "easy"), told, strict=True)
            },
        }
        for scenario, trigger, *told in measured.rows
    ]
    test_fields = (
        Field(name="scenario", label=Text(zh="场景", en="Scenario")),
        Field(name="trigger", label=Text(zh="触发", en="Trigger")),
        Field(name="lasting", label=Text(zh="长效", en="Lasting")),
        Field(name="repeatable", label=Text(zh="可重复", en="Repeatable")),
        Field(name="easy", label=Text(zh="易操作", en="Easy")),
    )
    return (
        Exhibit(
            name="modules",
            title=Text(zh="四个模块的核对", en="The four modules, fact by fact"),
            fields=fields,
            frame=pd.DataFrame(facts),
        ),
        Exhibit(
            name="tests",
            title=Text(zh="自动化三问", en="Three tests of each automation"),
            fields=test_fields,
            frame=pd.DataFrame(tests),
        ),
    )


def draw_modules(measured: Automation, language: Language) -> Figure:
    """Facts that are there, of three, by module."""
    counts = [measured.count(module) for module in words.MODULES]
    figure = draw_bars(
        [label.word(language) for label in words.MODULES.values()],
        counts,
        [f"{count}/{OF_EACH}" for count in counts],
        axis_label=Text(zh="核对到的事项（满分 3）", en="Facts found, of three").word(language),
        marked=[place for place, module in enumerate(words.MODULES) if module == measured.weakest],
    )
    scale_count(figure.axes[0].xaxis)
    return figure
