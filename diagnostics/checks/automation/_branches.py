"""Which audiences, told by tags, buy which categories."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis
import pandas as pd

from diagnostics.checks.automation import _branch_words as words
from diagnostics.checks.costing import categorise
from diagnostics.metrics.lines import value_lines, within
from diagnostics.metrics.tag_response import count_category_buyers, mark_carriers
from diagnostics.metrics.tags import list_tagged
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text, join_texts, name_verbatim, shorten, word_number, word_percent
from diagnostics.statistics.proportions import wilson

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir

    from diagnostics.checks.check import Limits, Replies
    from diagnostics.model.tables import Tables

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


def ask_branches(tables: Tables) -> dict[str, ir.Table]:
    """Ask for the buyers of each category by branch, where tagged people can be found among buyers."""
    held = [name for name in ("contacts", "customers") if tables.has(name, "tags", "customer")]
    if not held or not tables.has("order_lines", "customer"):
        return {}
    period = tables.engagement.horizon.current
    lines = within(value_lines(tables["order_lines"], tables.engagement.gmv_basis), period)
    named = categorise(lines, tables)
    if not tables.has("order_lines", "category") and not tables.has("products", "category"):
        named = named.mutate(category=ibis.null("string"))
    patterns = {name: pattern for name, (_, pattern) in words.BRANCHES.items()}
    carriers = mark_carriers(list_tagged([tables[name] for name in held]), patterns)
    return {"categories": count_category_buyers(named, carriers, NAMES)}


def read_branches(replies: Replies, limits: Limits) -> Branches | None:
    """Share of each branch's buyers who bought each category; `None` where no branch has enough buyers."""
    if "categories" not in replies:
        return None
    rows = replies["categories"]
    whole = rows[rows.category.isna()]
    buyers = {name: int(whole[name].sum()) for name in NAMES}
    told = [name for name in NAMES if buyers[name] >= limits["least_buyers"]]
    if not told:
        return None
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


def tell_branches(measured: Branches) -> Text:
    """The audiences that can be told, and the clearest liking."""
    parts = join_texts(
        words.BRANCH_PART.fill(name=words.BRANCHES[name][0], n=word_number(count))
        for name, count in measured.buyers.items()
    )
    return words.BRANCH_ANSWER.fill(n=word_number(len(measured.buyers)), parts=parts, liking=_tell_liking(measured))


def _tell_liking(measured: Branches) -> Text:
    best = measured.clearest
    if best is None:
        return words.NO_LIKING
    return words.LIKES.fill(
        name=words.BRANCHES[str(best.branch)][0],
        category=name_verbatim(shorten(str(best.category), 18)),
        share=word_percent(float(best["share"])),
        whole=word_percent(float(best.whole)),
    )


def tabulate_branches(measured: Branches) -> Exhibit:
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
    return Exhibit(name="branches", title=title, fields=fields, frame=frame)
