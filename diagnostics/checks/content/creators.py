"""What creators and promoters bring, whether they have groups of their own, and which shared tasks are used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.charts.axes import scale_money
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.checks.content import _creator_words as words
from diagnostics.metrics import creators as metrics
from diagnostics.metrics.lines import value_lines, within
from diagnostics.model.section import Exhibit, Need, NotComputable
from diagnostics.model.wording import Text, name_verbatim, shorten, word_number, word_percent
from diagnostics.statistics.proportions import newcombe_difference, wilson

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

LEAST = 30
SHOWN = 15
YEAR = 365


@dataclass(frozen=True, kw_only=True)
class Creators:
    """Promoters (most GMV first), all of them together, both sides of new and repeat customers, tasks and material.

    `sides` has the rows promoted and other; `groups` counts groups named as promoters', `seated` promoters found in any
    group; `None` without a list.
    """

    promoters: pd.DataFrame
    total: Mapping[str, float]
    sides: pd.DataFrame
    groups: int | None
    seated: int | None
    tasks: pd.DataFrame
    material: pd.DataFrame
    days_before: int
    currency: str


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for promoters, who begins with them, and where there are any for groups, tasks and posts."""
    horizon = tables.engagement.horizon
    lines = value_lines(tables["order_lines"], tables.engagement.gmv_basis)
    now = within(lines, horizon.current)
    asked = {
        "promoters": metrics.total_promoters(now),
        "total": metrics.total_promotion(now),
        "starts": metrics.total_starts(metrics.start_customers(lines, horizon)),
    }
    named = [("groups", "kind"), ("group_members", "title")]
    for table, column in named:
        if tables.has(table, column):
            asked[f"named_{table}"] = metrics.list_promoter_groups(tables[table], column)
    seats = [("groups", "owner"), ("group_members", "owner"), ("group_members", "staff")]
    people = [tables[table][column] for table, column in seats if tables.has(table, column)]
    if people:
        asked["seated"] = metrics.list_seats(*people).semi_join(now, "promoter")
    if tables.has("staff_tasks"):
        asked["tasks"] = metrics.total_tasks(tables["staff_tasks"], horizon.current)
    if tables.has("referrals"):
        asked["shared"] = metrics.total_shared(tables["referrals"], horizon.current)
    if tables.has("posts", "published_on", "readers"):
        asked["material"] = metrics.list_material(tables["posts"], horizon.current)
    return asked


def measure(replies: Replies) -> Creators | NotComputable:
    """Put promoters beside the customers who begin with them."""
    promoters = replies["promoters"]
    if promoters.empty:
        return NotComputable(reason=words.NONE, unlocked_by=words.UNLOCK)
    horizon = replies.engagement.horizon
    days_before = (horizon.current.start - horizon.history.start).days
    starts = replies["starts"]
    sides = starts.groupby(np.where(starts.promoter.notna(), "promoted", "other")).sum(numeric_only=True)
    sides = sides.reindex(["promoted", "other"]).fillna(0.0)
    promoters = promoters.merge(starts.dropna(subset=["promoter"]), on="promoter", how="left")
    promoters["seated"] = promoters.promoter.isin(replies["seated"].promoter) if "seated" in replies else None
    # Orders of nobody known have buyers that were not observed.
    promoters["buyers"] = promoters.buyers.where((promoters.buyers > 0) | (promoters.orders == 0))
    named = [replies[name]["group"] for name in ("named_groups", "named_group_members") if name in replies]
    return Creators(
        promoters=_rate(promoters, days_before),
        total={str(name): float(value) for name, value in replies["total"].iloc[0].items()},
        sides=_rate(sides, days_before),
        groups=int(pd.concat(named).nunique()) if named else None,
        seated=len(replies["seated"]) if "seated" in replies else None,
        tasks=_join_tasks(replies),
        material=replies["material"] if "material" in replies else pd.DataFrame(),
        days_before=days_before,
        currency=replies.engagement.currency,
    )


def _rate(counts: pd.DataFrame, days_before: int) -> pd.DataFrame:
    """Shares of new and repeat customers with their ends, empty for fewer than `LEAST` or without a history."""
    rated = counts.copy()
    for name, part, whole in (("new", "new", "started"), ("again", "again", "followed")):
        enough = (counts[whole] >= LEAST) & (name == "again" or days_before > 0)
        n = counts[whole].where(enough).astype(float)
        x = counts[part].where(enough, 0).astype(float)
        low, high = wilson(x, n)
        rated[f"{name}_share"], rated[f"{name}_low"], rated[f"{name}_high"] = x / n, low, high
    return rated


def _join_tasks(replies: Replies) -> pd.DataFrame:
    """Tasks of staff by kind, then those of customers, with the share done."""
    parts = []
    if "tasks" in replies:
        names = pd.Series([name_verbatim(shorten(str(kind), 18)) for kind in replies["tasks"].kind], dtype=object)
        parts.append(replies["tasks"].assign(name=names))
    if "shared" in replies and replies["shared"].given.iloc[0] > 0:
        parts.append(replies["shared"].assign(name=pd.Series([words.CUSTOMERS], dtype=object)))
    if not parts:
        return pd.DataFrame()
    tasks = pd.concat(parts, ignore_index=True)
    told = tasks.told.astype(float)
    return tasks.assign(share=tasks.done.astype(float) / told.where(told >= LEAST))


def judge(_measured: Creators, _limits: Limits) -> tuple[Finding, ...]:
    """Nothing: customers are not assigned to promoters by chance, so no gap is a loss that could be had back."""
    return ()


def tell(measured: Creators) -> Text:
    """What promoters bring, whether these customers are new and stay, groups and tasks."""
    total = measured.total
    said = words.ANSWER.fill(
        promoters=word_number(total["promoters"]),
        orders=word_number(total["promoted_orders"]),
        buyers=word_number(total["promoted_buyers"] or None),
        share=word_percent(_divide(total["promoted_gmv"], total["gmv"])),
        top=word_percent(_divide(float(measured.promoters.gmv.iloc[0]), total["promoted_gmv"])),
    )
    sides = measured.sides.astype(float).to_dict("index")
    mine, others = sides["promoted"], sides["other"]
    if pd.notna(mine["new_share"]):
        said += words.NEW.fill(
            n=word_number(mine["started"]),
            share=word_percent(mine["new_share"]),
            low=word_percent(mine["new_low"]),
            high=word_percent(mine["new_high"]),
        )
    if pd.notna(mine["again_share"]) and pd.notna(others["again_share"]):
        low, high = newcombe_difference(mine["again"], mine["followed"], others["again"], others["followed"])
        verdict = words.HIGHER if low > 0 else words.LOWER if high < 0 else words.UNCLEAR
        said += words.REPEAT.fill(
            days=word_number(metrics.FOLLOWED_DAYS),
            mine=word_percent(mine["again_share"]),
            others=word_percent(others["again_share"]),
            verdict=verdict,
        )
    if measured.groups is not None and measured.seated is not None:
        said += words.GROUPS.fill(groups=word_number(measured.groups), seated=word_number(measured.seated))
    if len(measured.tasks):
        told, done = float(measured.tasks.told.sum()), float(measured.tasks.done.sum())
        share = done / told if told >= LEAST else None
        said += words.TASKS.fill(given=word_number(float(measured.tasks.given.sum())), share=word_percent(share))
    return said


def _divide(part: float, whole: float) -> float | None:
    return part / whole if whole > 0 else None


def caveats(measured: Creators) -> tuple[Text, ...]:
    """What the data can't tell, with the export that would."""
    said = []
    if measured.days_before == 0:
        said.append(words.NO_BEFORE)
    elif measured.days_before < YEAR:
        said.append(words.SHORT.fill(days=word_number(measured.days_before)))
    said.append(words.NO_GROUPS if measured.groups is None else words.OUTSIDE)
    if measured.tasks.empty:
        said.append(words.NO_TASKS)
    return (*said, words.MATERIAL)


def tabulate(measured: Creators) -> tuple[Exhibit, ...]:
    """The contribution of promoters, share tasks, and the material that is read and shared."""
    exhibits = (
        ("promoters", words.PROMOTERS, words.PROMOTER_FIELDS, _name_seats(measured.promoters.head(SHOWN))),
        ("tasks", words.SHARE_TASKS, words.TASK_FIELDS, measured.tasks),
        ("material", words.PUBLISHED, words.MATERIAL_FIELDS, measured.material),
    )
    return tuple(Exhibit(name=name, title=title, fields=fields, frame=frame) for name, title, fields, frame in exhibits)


def _name_seats(promoters: pd.DataFrame) -> pd.DataFrame:
    named = {True: Text(zh="是", en="yes"), False: Text(zh="未见", en="not seen")}
    return promoters.assign(
        group=pd.Series([named.get(seat) for seat in promoters.seated], index=promoters.index, dtype=object)
    )


def draw(measured: Creators, language: Language) -> Figure:
    """GMV by promoter."""
    shown = measured.promoters.head(SHOWN)
    whole = measured.total["promoted_gmv"]
    figure = draw_bars(
        [shorten(str(name), 18) for name in shown.promoter],
        shown.gmv.astype(float).tolist(),
        [word_percent(_divide(float(gmv), whole)).en for gmv in shown.gmv],
        axis_label=words.AXIS.word(language),
    )
    scale_money(figure.axes[0].xaxis, measured.currency, language)
    return figure


# In 2024 40 customers, none seen before, begin with A (30) or B (10) and 15 of them buy again; of 30 old ones 6 do.
# Promoted: 40 orders of 100; all: 40 + 15 + 30 + 6 and one of nobody known, so 4,000 of 9,200.
EXAMPLE_LINES = "\n".join(
    [
        "customer ordered_at paid_amount promoter",
        "- 2023-01-01 100 -",
        "- 2024-12-31 100 -",
        *(f"o{i} {day} 100 -" for i in range(30) for day in ("2023-06-01", "2024-02-01")),
        *(f"o{i} 2024-03-01 100 -" for i in range(6)),
        *(f"a{i} 2024-03-01 100 A" for i in range(30)),
        *(f"a{i} 2024-04-01 100 -" for i in range(15)),
        *(f"b{i} 2024-05-01 100 B" for i in range(10)),
    ]
)

CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION.fill(days=word_number(metrics.FOLLOWED_DAYS), least=word_number(LEAST)),
    answers=("000-33", "000-40", "002-55"),
    finds=(),
    needs=(Need(table="order_lines"),),
    limits=(),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    example=Example(
        tables={"order_lines": EXAMPLE_LINES},
        # 40 of 40 are new; 15 of 40 and 6 of 30 buy again.
        says="占 GMV 的 43.5%；带货最多的一位占推广 GMV 的 75.0%。由他们开始的 40 位客户里新客占 100.0%",
    ),
    place=40,
)
