"""Which audiences, told by tags, buy which categories."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis
import numpy as np
import pandas as pd

from diagnostics.charts.heat import draw_heat
from diagnostics.checks.automation import _branch_words as words
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.costing import categorise
from diagnostics.metrics.lines import value_lines, within
from diagnostics.metrics.tag_response import count_category_buyers, mark_carriers
from diagnostics.metrics.tags import list_tagged
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import Text, join_texts, name_verbatim, shorten, word_number, word_percent
from diagnostics.statistics.proportions import wilson

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

NAME = "automation.branches"
NAMES = tuple(words.BRANCHES)
MOST_CATEGORIES = 10


@dataclass(frozen=True, kw_only=True)
class Branches:
    """Buyers by branch and category: branch, category, n, buyers, share, low, high, whole (share of all tagged)."""

    cells: pd.DataFrame
    buyers: Mapping[str, int]

    @property
    def clearest(self) -> pd.Series | None:
        """The liking that stands out most; `None` where every interval holds the share of all."""
        liked = self.cells[self.cells.low > self.cells.whole]
        return None if liked.empty else liked.iloc[int((liked.share / liked.whole).to_numpy().argmax())]


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for the buyers of each category by branch."""
    held = [name for name in ("contacts", "customers") if tables.has(name, "tags", "customer")]
    if not held:
        return {}
    period = tables.engagement.horizon.current
    lines = within(value_lines(tables["order_lines"], tables.engagement.gmv_basis), period)
    named = categorise(lines, tables)
    if not tables.has("order_lines", "category") and not tables.has("products", "category"):
        named = named.mutate(category=ibis.null("string"))
    patterns = {name: pattern for name, (_, pattern) in words.BRANCHES.items()}
    carriers = mark_carriers(list_tagged([tables[name] for name in held]), patterns)
    return {"categories": count_category_buyers(named, carriers, NAMES)}


def measure(replies: Replies) -> Branches | NotComputable:
    """Share of each branch's buyers who bought each category."""
    if "categories" not in replies:
        return NotComputable(reason=words.NO_TAGS, unlocked_by=words.BRANCH_UNLOCK)
    rows = replies["categories"]
    whole = rows[rows.category.isna()]
    buyers = {name: int(whole[name].sum()) for name in NAMES}
    limits = DEFAULTS | dict(replies.engagement.limits.get(NAME, {}))
    told = [name for name in NAMES if buyers[name] >= limits["least_buyers"]]
    if not told:
        return NotComputable(reason=words.NO_BRANCH, unlocked_by=words.BRANCH_UNLOCK)
    named = rows[rows.category.notna()].nlargest(MOST_CATEGORIES, "buyers")
    every = int(whole.buyers.sum())
    cells = [
        {
            "branch": name,
            "category": str(row.category),
            "n": buyers[name],
            "buyers": int(row[name]),
            "share": row[name] / buyers[name],
            "low": float(wilson(row[name], buyers[name])[0]),
            "high": float(wilson(row[name], buyers[name])[1]),
            "whole": row.buyers / every,
        }
        for name in told
        for _, row in named.iterrows()
    ]
    columns = ["branch", "category", "n", "buyers", "share", "low", "high", "whole"]
    return Branches(cells=pd.DataFrame(cells, columns=columns), buyers={name: buyers[name] for name in told})


def judge(_measured: Branches, _limits: Limits) -> tuple[Finding, ...]:
    """Nothing: a liking is a chance, no trouble."""
    return ()


def tell(measured: Branches) -> Text:
    """The audiences that can be told, and the clearest liking."""
    parts = join_texts(
        words.BRANCH_PART.fill(name=words.BRANCHES[name][0], n=word_number(count))
        for name, count in measured.buyers.items()
    )
    said = words.BRANCH_ANSWER.fill(n=word_number(len(measured.buyers)), parts=parts)
    best = measured.clearest
    if best is None:
        return said + words.NO_LIKING
    return said + words.LIKES.fill(
        name=words.BRANCHES[str(best.branch)][0],
        category=name_verbatim(shorten(str(best.category), 18)),
        share=word_percent(float(best["share"])),
        whole=word_percent(float(best.whole)),
    )


def tabulate(measured: Branches) -> tuple[Exhibit, ...]:
    """A branch and category a row."""
    frame = measured.cells.assign(
        branch=pd.Series([words.BRANCHES[name][0] for name in measured.cells.branch], dtype=object),
        category=pd.Series([name_verbatim(shorten(name, 18)) for name in measured.cells.category], dtype=object),
        fit=measured.cells.share / measured.cells.whole,
    )
    fields = (
        Field(name="branch", label=Text(zh="人群", en="Audience")),
        Field(name="category", label=Text(zh="品类", en="Category")),
        Field(name="n", label=Text(zh="人群买家", en="Buyers of it"), unit="count"),
        Field(name="buyers", label=Text(zh="买过该品类", en="Bought the category"), unit="count"),
        Field(name="share", label=Text(zh="渗透", en="Penetration"), unit="share"),
        Field(name="low", label=Text(zh="95% 下限", en="95% low"), unit="share"),
        Field(name="high", label=Text(zh="95% 上限", en="95% high"), unit="share"),
        Field(name="whole", label=Text(zh="全部有标签买家", en="All tagged buyers"), unit="share"),
        Field(name="fit", label=Text(zh="契合度", en="Fit"), unit="number", digits=2),
    )
    title = Text(zh="人群 × 品类契合", en="Audiences by category")
    return (Exhibit(name="branches", title=title, fields=fields, frame=frame),)


def draw(measured: Branches, language: Language) -> Figure:
    """Penetration by audience and category."""
    table = measured.cells.pivot_table(index="branch", columns="category", values="share", sort=False)
    return draw_heat(
        [words.BRANCHES[str(name)][0].word(language) for name in table.index],
        [shorten(str(name), 12) for name in table.columns],
        table.to_numpy(dtype=float),
        axis_label=Text(zh="渗透", en="Penetration").word(language),
        word=lambda value: word_percent(value, 0).word(language),
        alert=np.zeros(table.shape, dtype=bool),
        top=float(np.nanmax(table.to_numpy(dtype=float), initial=0.01)),
    )


LIMITS = (
    Limit(
        name="least_buyers",
        value=30,
        reason=Text(zh="不足 30 位买家的占比不判断", en="shares of fewer than 30 buyers are not judged"),
    ),
)

DEFAULTS = {limit.name: limit.value for limit in LIMITS}

# Forty mothers buy wipes, forty others soap: all of the mothers against half of all tagged buyers.
EXAMPLE_LINES = "\n".join(
    [
        "customer ordered_at category paid_amount",
        *(f"m{i} 2024-02-05 湿巾 20" for i in range(40)),
        *(f"o{i} 2024-02-05 香皂 20" for i in range(40)),
        "m0 2024-01-01 湿巾 20",
        "m0 2024-02-29 湿巾 20",
    ]
)
EXAMPLE_CONTACTS = "\n".join(
    [
        "contact customer added_at tags",
        *(f"k{i} m{i} 2024-01-01 宝妈" for i in range(40)),
        *(f"l{i} o{i} 2024-01-01 干皮" for i in range(40)),
    ]
)

CHECK = Check(
    question=words.BRANCH_QUESTION,
    definition=words.BRANCH_DEFINITION,
    answers=("001-82",),
    finds=(),
    needs=(Need(table="order_lines", columns=("customer",)),),
    limits=LIMITS,
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    example=Example(
        tables={"order_lines": EXAMPLE_LINES, "contacts": EXAMPLE_CONTACTS},
        says="宝妈、孕妇买湿巾（100.0%，全部 50.0%）",
    ),
    place=40,
)
