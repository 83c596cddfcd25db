"""The tables of the question on the way from an order to a group."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.checks.venue import _buyer_path_words as words
from diagnostics.model.names import name_channel
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text
from diagnostics.statistics.steps import LEAST_PEOPLE, Step

if TYPE_CHECKING:
    from collections.abc import Mapping


def show_steps(steps: tuple[Step, ...]) -> Exhibit:
    """Each step in each channel."""
    rows = [
        {
            "step": words.STEPS[step.name],
            "channel": name_channel(step.channel),
            "before": step.before,
            "after": step.after,
            "lost": step.lost,
            "rate": step.rate if step.before >= LEAST_PEOPLE else None,
            "low": step.low if step.before >= LEAST_PEOPLE else None,
            "high": step.high if step.before >= LEAST_PEOPLE else None,
            "back": step.recoverable,
        }
        for step in steps
    ]
    fields = (
        Field(name="step", label=Text(zh="环节", en="Step")),
        Field(name="channel", label=Text(zh="渠道", en="Channel")),
        Field(name="before", label=Text(zh="进入", en="Before"), unit="count"),
        Field(name="after", label=Text(zh="通过", en="After"), unit="count"),
        Field(name="lost", label=Text(zh="流失", en="Lost"), unit="count"),
        Field(name="rate", label=Text(zh="通过率", en="Rate"), unit="share"),
        Field(name="low", label=Text(zh="95% 下限", en="95% low"), unit="share"),
        Field(name="high", label=Text(zh="95% 上限", en="95% high"), unit="share"),
        Field(name="back", label=Text(zh="可追回（参照最好渠道）", en="Could be won back"), unit="count"),
    )
    title = Text(zh="各渠道每一步的流失", en="Loss at each step by channel")
    return Exhibit(name="steps", title=title, fields=fields, frame=pd.DataFrame(rows))


def show_warmth(warmth: pd.DataFrame, *, tells_lost: bool) -> Exhibit:
    """Entries by kind, and who left within a week."""
    whole = warmth.adds.sum()
    rows = [
        {
            "kind": words.KINDS[str(row["kind"])],
            "adds": row["adds"],
            "share": row["adds"] / whole if whole else None,
            "left": row["left"] / row["followed"] if tells_lost and row["followed"] >= LEAST_PEOPLE else None,
        }
        for row in warmth.to_dict("records")
    ]
    fields = (
        Field(name="kind", label=Text(zh="进入方式", en="Kind of entry")),
        Field(name="adds", label=Text(zh="新增好友", en="Contacts added"), unit="count"),
        Field(name="share", label=Text(zh="占比", en="Share"), unit="share"),
        Field(name="left", label=Text(zh="7 天内流失", en="Left within 7 days"), unit="share"),
    )
    title = Text(zh="进来时的冷热", en="How warm the entries are")
    return Exhibit(name="warmth", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))


def show_volumes(volumes: Mapping[str, float]) -> Exhibit:
    """Requests, scans and joins as their own statistics tell them."""
    rates = {"added": ("requests", "added"), "scanned_adds": ("scans", "scanned_adds")}
    rows = []
    for name, value in volumes.items():
        before, after = rates.get(name, (name, name))
        rate = volumes[after] / volumes[before] if before != after and volumes.get(before) else None
        rows.append(
            {
                "what": words.VOLUMES[name],
                "n": value,
                "rate": rate if rate is not None and rate <= 1 else None,
                "from": words.VOLUME_BASES[name],
            }
        )
    fields = (
        Field(name="what", label=Text(zh="环节", en="What")),
        Field(name="n", label=Text(zh="本期数量", en="In the period"), unit="count"),
        Field(name="rate", label=Text(zh="接受率（至多）", en="Accepted, at most"), unit="share"),
        Field(name="from", label=Text(zh="来自", en="From")),
    )
    title = Text(zh="申请、扫码与入群的总数", en="Requests, scans and joins in total")
    frame = pd.DataFrame(rows, dtype=object)
    return Exhibit(name="volumes", title=title, fields=fields, frame=frame, note=words.NOTE_VOLUMES)
