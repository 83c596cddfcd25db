"""Where buyers are lost between an order, a touch, a contact and a group, and how warm the entries are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_share
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.domains import EASE
from diagnostics.checks.venue import _buyer_path_words as words
from diagnostics.checks.venue._buyer_path_tables import show_steps, show_volumes, show_warmth
from diagnostics.metrics.joining import count_joins, count_requests, count_warmth, follow_buyers
from diagnostics.metrics.lines import value_lines
from diagnostics.metrics.scenes import count_scans
from diagnostics.model.names import name_channel
from diagnostics.model.wording import NOTHING, Text, word_number, word_percent
from diagnostics.statistics.steps import LEAST_PEOPLE, Step, compare_steps

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.checks.check import Replies
    from diagnostics.model.section import Exhibit
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

MOST_ROWS = 12
COUNTS = ("buyers", "contacted", "added", "grouped", "added_silent", "grouped_added")


@dataclass(frozen=True, kw_only=True)
class Path:
    """Counts by channel (NaN where there is no log), steps compared, entries by warmth, and volumes of statistics."""

    channels: pd.DataFrame
    steps: tuple[Step, ...]
    warmth: pd.DataFrame
    volumes: Mapping[str, float]
    tells_lost: bool

    @property
    def worst(self) -> Step:
        """The step and channel that lose most people of those that could be won back, else most people."""
        return max(self.steps, key=lambda step: (step.recoverable or 0.0, step.lost))

    def tells(self, column: str) -> bool:
        """Whether a log of this step was delivered."""
        return bool(self.channels[column].notna().any())


def ask_path(tables: Tables) -> dict[str, ir.Table]:
    """Follow the buyers of the period, and ask for ways, requests, scans and joins; nothing without known contacts."""
    if not (tables.has("contacts", "customer") and tables.has("order_lines", "customer")):
        return {}
    period, contacts = tables.engagement.horizon.current, tables["contacts"]
    lines = value_lines(tables["order_lines"], tables.engagement.gmv_basis)
    touches = tables["touches"] if tables.has("touches", "customer") else None
    members = tables["group_members"] if tables.has("group_members", "customer") else None
    asked = {"followed": follow_buyers(lines, period, contacts, touches, members)}
    if tables.has("contacts", "added_at"):
        asked["warmth"] = count_warmth(contacts, period)
        asked["lost"] = contacts.agg(lost=contacts.lost_at.count())
    if tables.has("staff_days", "applied", "added"):
        asked["requests"] = count_requests(tables["staff_days"], period)
    if tables.has("entry_days", "scans", "added"):
        asked["scans"] = count_scans(tables["entry_days"], period)
    if tables.has("group_days", "members_joined"):
        asked["joins"] = count_joins(tables["group_days"], period)
    return asked


def read_path(replies: Replies) -> Path | None:
    """Compare the steps of the channels; `None` without a known buyer of the period or without known contacts."""
    if "followed" not in replies or replies["followed"].empty:
        return None
    channels = replies["followed"].astype(dict.fromkeys(COUNTS, "float64"))
    channels = channels.sort_values(["buyers", "channel"], ascending=[False, True], ignore_index=True)
    return Path(
        channels=channels,
        steps=_compare(channels),
        warmth=_warm(replies.frames.get("warmth")),
        volumes=_read_volumes(replies),
        tells_lost="lost" in replies and bool(replies["lost"].lost.iloc[0] > 0),
    )


def _compare(channels: pd.DataFrame) -> tuple[Step, ...]:
    told = channels.contacted.notna().any()
    by_touch = channels.added - channels.added_silent
    ways = [("contacted", channels.buyers, channels.contacted)] if told else []
    ways.append(("added", channels.contacted, by_touch) if told else ("added_all", channels.buyers, channels.added))
    if channels.grouped.notna().any():
        ways.append(("grouped", channels.added, channels.grouped_added))
    steps: list[Step] = []
    for name, before, after in ways:
        rows = zip(channels.channel, before.fillna(0), after.fillna(0), strict=True)
        steps += compare_steps(name, [(str(channel), int(one), int(other)) for channel, one, other in rows], EASE)
    return tuple(steps)


def _warm(rows: pd.DataFrame | None) -> pd.DataFrame:
    kinds = list(words.KINDS)
    if rows is None or rows.empty:
        return pd.DataFrame({"kind": kinds, "adds": 0.0, "followed": 0.0, "left": 0.0})
    kind = rows.way.map(lambda way: next((name for name, ways in words.WAYS.items() if way in ways), "unknown"))
    sums = rows.assign(kind=kind).groupby("kind")[["adds", "followed", "left"]].sum()
    return sums.reindex(kinds, fill_value=0).astype("float64").rename_axis("kind").reset_index()


def _read_volumes(replies: Replies) -> dict[str, float]:
    found: dict[str, float] = {}
    if "requests" in replies:
        row = replies["requests"].iloc[0]
        found |= {"requests": row.requests, "added": row.added}
    if "scans" in replies:
        told = replies["scans"].dropna(subset=["added"])
        found |= {"scans": told.scans.sum(), "scanned_adds": told.added.sum()}
    if "joins" in replies:
        found["joined"] = replies["joins"].joined.iloc[0]
    return {name: float(value) for name, value in found.items() if pd.notna(value)}


def tell_path(path: Path) -> Text:
    """Buyers and how many were added, the step that loses most, and how people entered."""
    buyers, added = path.channels.buyers.sum(), path.channels.added.sum()
    worst = path.worst
    parts = {"buyers": word_number(buyers), "added": word_number(added), "share": word_percent(added / buyers)}
    if worst.recoverable:
        said = words.ANSWER.fill(
            **parts,
            channel=name_channel(worst.channel),
            step=words.STEPS[worst.name],
            lost=word_number(worst.lost),
            back=word_number(worst.recoverable),
        )
    else:
        said = words.ANSWER_ALONE.fill(**parts, lost=word_number(buyers - added))
    return said + _tell_warmth(path.warmth)


def _tell_warmth(warmth: pd.DataFrame) -> Text:
    whole = warmth.adds.sum()
    if not whole:
        return NOTHING
    shares = dict(zip(warmth.kind, warmth.adds / whole, strict=True))
    if shares.get("sought") == 1:
        return words.ALL_SOUGHT
    return words.WARM.fill(**{kind: word_percent(shares[kind]) for kind in words.WAYS})


def note_path(path: Path) -> tuple[Text, ...]:
    """Steps that no log tells."""
    said = []
    if not path.tells("contacted"):
        said.append(words.NO_TOUCHES)
    if not path.tells("grouped"):
        said.append(words.NO_MEMBERS)
    if not path.tells_lost and path.warmth.adds.sum():
        said.append(words.NO_LOST)
    return tuple(said)


def show_path(path: Path) -> tuple[Exhibit, ...]:
    """Steps by channel, entries by warmth, and the volumes of the statistics."""
    volumes = (show_volumes(path.volumes),) if path.volumes else ()
    warmth = show_warmth(path.warmth, tells_lost=path.tells_lost)
    return (show_steps(path.steps), warmth, *volumes)


def draw_path(path: Path, language: Language) -> Figure:
    """The rate of each step and channel with its interval; the one that loses most stands out."""
    judged = [step for step in path.steps if step.before >= LEAST_PEOPLE] or list(path.steps)
    shown = judged[:MOST_ROWS]
    figure = draw_bars(
        [f"{name_channel(step.channel).word(language)} · {words.STEPS[step.name].word(language)}" for step in shown],
        [step.rate for step in shown],
        [f"{word_percent(step.rate).en}  n={word_number(step.before).en}" for step in shown],
        axis_label=words.AXIS.word(language),
        low=[step.low for step in shown],
        high=[step.high for step in shown],
        marked=[place for place, step in enumerate(shown) if step is path.worst],
    )
    scale_share(figure.axes[0].xaxis)
    return figure
