"""In which scenes contacts are added: in and outside the store, online and offline, at which cost, with which gap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis
import pandas as pd

from diagnostics.charts.axes import scale_count
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.acquisition import _scene_words as words
from diagnostics.checks.acquisition._scene_costs import Cost, list_costs
from diagnostics.checks.acquisition._scene_counts import lay_channels, place_rows, read_before
from diagnostics.checks.acquisition._scene_tables import MOST_PARTS, tabulate_scenes
from diagnostics.checks.acquisition._scenes import OTHER, SCENES
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.limits import find_limits
from diagnostics.metrics.lines import value_lines
from diagnostics.metrics.reach import list_reachable
from diagnostics.metrics.scenes import count_entries, count_passing, count_scans, value_entries
from diagnostics.model.brief import Brief
from diagnostics.model.section import Need, NotComputable
from diagnostics.model.wording import (
    NOTHING,
    Text,
    word_change,
    word_number,
    word_percent,
    word_price,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.section import Exhibit
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language


@dataclass(frozen=True, kw_only=True)
class Scenes:
    """Every scene with what was measured of it (NaN where nothing was), costs, spreading, and adds before.

    `table` has scene, adds, followed, left, people, gmv, orders, buyers, reached and scans; `spread` adds by the
    ways that pass from person to person.
    """

    table: pd.DataFrame
    costs: tuple[Cost, ...]
    spread: Mapping[str, int]
    before: float | None
    tells_lost: bool
    brief: Brief
    limits: Limits
    currency: str

    @property
    def adds(self) -> int:
        """Contacts added in the period."""
        return int(self.table.adds.sum())

    @property
    def used(self) -> pd.DataFrame:
        """Scenes that added anybody, the largest first; what names no source is none."""
        named = self.table[(self.table.adds > 0) & (self.table.scene != OTHER.id)]
        return named.sort_values(["adds", "scene"], ascending=[False, True])

    @property
    def gap(self) -> pd.Series | None:
        """The scene with most buyers who are no contact yet."""
        known = self.table.dropna(subset=["buyers"]).assign(missing=lambda frame: frame.buyers - frame.reached)
        known = known[known.missing > 0].sort_values(["missing", "scene"], ascending=[False, True])
        return known.iloc[0] if len(known) else None


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for adds by way and code, who passes each channel, scans, and costs where they are logged."""
    horizon, contacts = tables.engagement.horizon, tables["contacts"]
    asked = {
        "entries": count_entries(contacts, horizon.current, horizon.as_of),
        "lost": contacts.agg(lost=contacts.lost_at.count()),
    }
    if horizon.previous is not None:
        start, end = (ibis.timestamp(day.isoformat()) for day in (horizon.previous.start, horizon.previous.end))
        added = contacts.added_at
        asked["before"] = contacts.agg(adds=((added >= start) & (added < end)).sum(), first=added.min())
    if tables.has("contacts", "customer") and tables.has("order_lines", "customer"):
        lines = value_lines(tables["order_lines"], tables.engagement.gmv_basis)
        asked["passing"] = count_passing(lines, list_reachable(contacts, horizon.as_of), horizon.current)
        asked["value"] = value_entries(contacts, lines, horizon.history)
    if tables.has("entry_days", "scans"):
        asked["scans"] = count_scans(tables["entry_days"], horizon.current)
    logs = []
    if tables.has("campaigns", "cost"):
        paid = tables["campaigns"].filter(lambda row: row.starts_on >= ibis.date(horizon.current.start.isoformat()))
        logs.append(paid.agg(cost=paid.cost.sum()).select("cost", what=ibis.literal("ad"), joined=ibis.null("int64")))
    if tables.has("referrals", "reward_cost", "joined"):
        held = tables["referrals"]
        both = held.agg(cost=held.reward_cost.sum(), joined=held.joined.sum())
        logs.append(both.select("cost", what=ibis.literal("referral"), joined=both.joined.cast("int64")))
    if logs:
        asked["logs"] = logs[0] if len(logs) == 1 else ibis.union(*logs)
    return asked


def measure(replies: Replies) -> Scenes | NotComputable:
    """Place every way and code in a scene and lay beside it who passes and what it costs."""
    entries = replies["entries"]
    if entries.adds.sum() <= 0:
        return NotComputable(reason=words.NO_ADDS, unlocked_by=words.UNLOCK)
    table = pd.DataFrame({"scene": [scene.id for scene in (*SCENES, OTHER)]})
    table = table.merge(place_rows(entries, ["adds", "followed", "left"]), on="scene", how="left").fillna(0.0)
    valued = replies["value"] if "value" in replies else entries.assign(people=0, gmv=0.0)
    table = table.merge(place_rows(valued, ["people", "gmv"]), on="scene", how="left").fillna(0.0)
    table = table.merge(lay_channels(replies), on="scene", how="left")
    adds = dict(zip(table.scene, table.adds, strict=True))
    brief, horizon = replies.engagement.brief, replies.engagement.horizon
    return Scenes(
        table=table,
        costs=tuple(list_costs(brief, sum(adds.values()) * horizon.yearly, adds, replies.frames.get("logs"))),
        spread={way: int(entries.adds[entries.way == way].sum()) for way in words.WAYS},
        before=read_before(replies),
        tells_lost=bool(replies["lost"].lost.iloc[0] > 0),
        brief=brief,
        limits=find_limits("acquisition.scenes", LIMITS, replies.engagement),
        currency=replies.engagement.currency,
    )


def judge(_measured: Scenes, _limits: Limits) -> tuple[Finding, ...]:
    """Nothing: low reach, leaks by region and dear acquisition are raised where they are measured."""
    return ()


def tell(measured: Scenes) -> Text:
    """Adds by scene, the cheapest contact, the largest gap, and the client's own worry."""
    shares = {place: _share(measured, place) for place in ("in", "out")}
    said = NOTHING
    used = measured.used
    if len(used):
        names = {scene.id: scene.name for scene in SCENES}
        said = words.ANSWER.fill(
            adds=word_number(measured.adds),
            used=word_number(len(used)),
            first=names[used.scene.iloc[0]],
            share=word_percent(used.adds.iloc[0] / measured.adds),
            inside=word_percent(shares["in"]),
            outside=word_percent(shares["out"]),
        )
    untold = 1 - shares["in"] - shares["out"]
    if round(untold, 3) > 0:
        said += words.NOT_TOLD.fill(share=word_percent(untold))
    return said + _tell_cost(measured) + _tell_gap(measured)


def _share(measured: Scenes, place: str) -> float:
    inside = {scene.id for scene in SCENES if scene.place == place}
    return float(measured.table.adds[measured.table.scene.isin(inside)].sum() / measured.adds)


def _tell_cost(measured: Scenes) -> Text:
    costs = [cost for cost in measured.costs if cost.cost > 0 and not cost.on_top]
    priced = [(cost.each, cost) for cost in costs if cost.each is not None]
    if not priced:
        return words.NO_COST
    each, first = min(priced, key=lambda pair: pair[0])
    return words.CHEAPEST.fill(n=word_number(len(priced)), name=first.name, each=word_price(each, measured.currency))


def _tell_gap(measured: Scenes) -> Text:
    said, gap = NOTHING, measured.gap
    if gap is not None:
        name = next(scene.name for scene in SCENES if scene.id == gap.scene)
        said = words.GAP.fill(name=name, buyers=word_number(gap.buyers), missing=word_number(gap.missing))
    if "pool_small" in measured.brief.choices("symptoms") and measured.before:
        change = measured.adds / measured.before - 1
        said += words.TREND.fill(change=word_change(change), reading=_read_change(change, measured.limits))
    return said


def _read_change(change: float, limits: Limits) -> Text:
    if abs(change) <= limits["steady"]:
        return words.STEADY
    return words.GROWS if change > 0 else words.SLOWS


def caveats(measured: Scenes) -> tuple[Text, ...]:
    """That leaving can't be told."""
    return () if measured.tells_lost else (words.NO_LOST,)


def tabulate(measured: Scenes) -> tuple[Exhibit, ...]:
    """Scenes, the two by two, costs, and what spreads from person to person."""
    return tabulate_scenes(
        measured.table,
        measured.costs,
        measured.spread,
        margin=measured.brief.number("gross_margin"),
        tells_lost=measured.tells_lost,
    )


def draw(measured: Scenes, language: Language) -> Figure:
    """Contacts added by scene."""
    names = {scene.id: scene.name for scene in (*SCENES, OTHER)}
    shown = measured.table[measured.table.adds > 0].sort_values("adds", ascending=False).head(MOST_PARTS)
    figure = draw_bars(
        [names[scene].word(language) for scene in shown.scene],
        shown.adds.tolist(),
        [_word_rate(row).word(language) for row in shown.to_dict("records")],
        axis_label=words.AXIS.word(language),
    )
    scale_count(figure.axes[0].xaxis)
    figure.axes[0].margins(x=0.3)
    return figure


def _word_rate(row: Mapping[object, object]) -> Text:
    adds, orders = float(str(row["adds"])), float(str(row["orders"]))
    if not orders > 0:
        return word_number(adds)
    return words.PER_100.fill(adds=word_number(adds), rate=word_number(100 * adds / orders, 1))


# Six adds in February: four scan in the store, one comes by a parcel card, one by a group. Five store orders of
# five buyers, of whom only b is still a contact, for a left after two days: 80 adds per 100 orders, four missing.
EXAMPLE_CONTACTS = """contact customer added_at lost_at way source store
k1 a 2024-02-01 2024-02-03 扫码 store_01 01
k2 b 2024-02-02 - 扫码 store_01 01
k3 - 2024-02-03 - 扫码 - 01
k4 - 2024-02-04 - 扫码 store_02 02
k5 d 2024-02-05 - 获客链接 parcel_a -
k6 - 2024-02-06 - 群聊 - -"""
EXAMPLE_LINES = "\n".join(
    [
        "channel customer ordered_at paid_amount",
        "tmall d 2024-01-01 50",
        *(f"store {who} 2024-02-0{day} 100" for day, who in enumerate("abefg", start=1)),
        "tmall d 2024-02-29 50",
    ]
)

LIMITS = (
    Limit(
        name="steady",
        value=0.05,
        reason=Text(
            zh="新增好友一年间 5% 以内的起落，活动早晚几天就能造成",
            en="up to 5% between periods comes from campaigns a few days earlier or later",
        ),
    ),
)

CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION,
    answers=(
        "000-09",
        "000-39",
        "001-38",
        "001-40",
        "001-41",
        "001-42",
        "001-43",
        "001-47",
        "001-64",
        "001-75",
        "001-76",
        "003-02",
    ),
    finds=(),
    needs=(Need(table="contacts", columns=("added_at",)),),
    limits=LIMITS,
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    example=Example(
        tables={"order_lines": EXAMPLE_LINES, "contacts": EXAMPLE_CONTACTS},
        brief=Brief(answers={"public_pools": ({"pool": "线下门店", "cost": 80.0, "adds": 4},)}),
        says="of 5 buyers 4 are no contact yet",
    ),
    place=10,
)
