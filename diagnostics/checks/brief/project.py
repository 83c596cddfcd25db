"""The project and the business as the sheet describes them: who and when, what is sold where, and how complex."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.bars import draw_bars
from diagnostics.checks.brief import _project_words as words
from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.metrics.item_master import count_range
from diagnostics.model.brief import Brief, Row
from diagnostics.model.names import name_channel
from diagnostics.model.section import Asked, Exhibit, Field
from diagnostics.model.wording import (
    Text,
    join_texts,
    name_verbatim,
    shorten,
    word_change,
    word_date,
    word_number,
    word_percent,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

CHOICES: dict[str, dict[str, Text]] = {
    "project_type": words.TYPES,
    "meeting_rhythm": words.RHYTHMS,
    "session_mode": words.SESSIONS,
}
# Names of the client's people: never told, only that they are stated.
PERSONS = frozenset({"owner_client", "approvers"})
PRICES = ("list_price", "public_price", "private_price", "member_price")
MOST_ROWS = 15
TICKS = (0, 1, 10, 100, 1_000, 10_000)


@dataclass(frozen=True, kw_only=True)
class Project:
    """The sheet, the range as the item master has it, and how many there are of each dimension (`None`: not known)."""

    brief: Brief
    range: pd.DataFrame
    counts: Mapping[str, int | None]

    @property
    def multiple(self) -> tuple[str, ...]:
        """Dimensions with more than one."""
        return tuple(name for name, count in self.counts.items() if (count or 0) > 1)

    @property
    def known(self) -> int:
        """Dimensions that are known."""
        return sum(count is not None for count in self.counts.values())


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask the item master how wide each category is."""
    if not tables.has("products", "product_id", "category"):
        return {}
    return {"range": count_range(tables["products"])}


def measure(replies: Replies) -> Project:
    """Put the sheet in order."""
    brief = replies.engagement.brief
    empty = pd.DataFrame(columns=["category", "products", "low", "high"])
    return Project(brief=brief, range=replies.frames.get("range", empty), counts=count_dimensions(brief))


def count_dimensions(brief: Brief) -> dict[str, int | None]:
    """How many there are of each dimension of complexity; `None` where the sheet does not tell."""
    channels = brief.rows("main_channels")
    shops = [row.get("shop_count") for row in channels if row.get("channel") != "store"]
    ownership = next(iter(brief.rows("store_ownership")), {})
    levels = {row.get("level") for row in brief.rows("org_tree")}
    memberships: dict[str | None, int] = {"none": 0, "unified": 1}
    bridged = {row.get("channel") for row in brief.rows("bridge_status")}
    system = brief.text("member_system")
    stores = brief.number("store_count")
    brands = brief.number("brand_count")
    return {
        "brands": None if brands is None else int(brands),
        "channels": len({row.get("channel") for row in channels}) or None,
        "shops": sum(int(count) for count in shops if isinstance(count, int | float)) or None,
        "stores": None if stores is None else int(stores),
        "ownership": sum(isinstance(part, float) and part > 0 for part in ownership.values()) or None,
        "levels": len(levels) or None,
        "entities": len({row.get("corp_code") for row in brief.rows("wecom_entities")}) or None,
        # Separate or partly bridged memberships are as many as the channels that have one.
        "memberships": None if system is None else memberships.get(system, max(len(bridged), 2)),
    }


def find_price_gap(row: Row) -> float | None:
    """Private-domain price over public price, less 1; `None` where the series does not state both."""
    private, public = row.get("private_price"), row.get("public_price")
    if isinstance(private, int | float) and isinstance(public, int | float) and public > 0:
        return float(private) / float(public) - 1
    return None


def judge(_measured: Project, _limits: Limits) -> tuple[Finding, ...]:
    """Nothing: this is what the diagnosis sets out from."""
    return ()


def tell(measured: Project) -> Text:
    """The business, the rhythm of the project, how complex it is, and whether private-domain prices differ."""
    brief = measured.brief
    due = brief.day("delivery_date")
    said = words.ANSWER.fill(
        industry=words.INDUSTRIES.get(brief.text("industry") or "other", words.INDUSTRIES["other"]),
        stage=words.STAGES.get(brief.text("company_stage") or "", words.NOT_STATED),
        rhythm=words.RHYTHMS.get(brief.text("meeting_rhythm") or "", words.NOT_STATED),
        delivery=words.DUE.fill(day=word_date(due)) if due else words.UNDATED,
    )
    known = word_number(measured.known)
    if measured.multiple:
        names = join_texts(words.DIMENSIONS[name] for name in measured.multiple)
        said += words.COMPLEX.fill(held=word_number(len(measured.multiple)), known=known, names=names)
    elif measured.known:
        said += words.SIMPLE.fill(known=known)
    gaps = [gap for row in brief.rows("price_system") if (gap := find_price_gap(row)) is not None]
    lower = [gap for gap in gaps if gap < 0]
    if lower:
        return said + words.LOWER_PRICE.fill(
            n=word_number(len(gaps)), lower=word_number(len(lower)), gap=word_percent(-median(lower))
        )
    return said + words.SAME_PRICE.fill(n=word_number(len(gaps))) if gaps else said


def caveats(measured: Project) -> tuple[Text, ...]:
    """What the project page still lacks, as far as a project can't begin without it."""
    held = measured.brief.answers
    needed = [
        name for name in ("owner_consultant", "meeting_rhythm", "delivery_date", "approvers") if not held.get(name)
    ]
    said = [words.OPEN.fill(fields=join_texts(words.ITEMS[name] for name in needed))] if needed else []
    return (*said, words.ENTITIES) if measured.counts["entities"] is None else tuple(said)


def tabulate(measured: Project) -> tuple[Exhibit, ...]:
    """The project page, what is sold, at which price, where, and the complexity profile."""
    shown = (
        _show_project(measured.brief),
        _show_goods(measured),
        _show_prices(measured.brief),
        _show_channels(measured.brief),
        _show_complexity(measured),
    )
    return tuple(exhibit for exhibit in shown if not exhibit.frame.empty)


def _show_project(brief: Brief) -> Exhibit:
    rows = [{"item": label, "answer": _word_answer(brief, key)} for key, label in words.ITEMS.items()]
    rows.append({"item": Text(zh="产品卖点", en="Selling points"), "answer": _word_answer(brief, "selling_points")})
    fields = (
        Field(name="item", label=Text(zh="事项", en="Item")),
        Field(name="answer", label=Text(zh="约定", en="As agreed")),
    )
    title = Text(zh="项目页", en="Project page")
    return Exhibit(name="project", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))


def _word_answer(brief: Brief, key: str) -> Text:
    value = brief.answers.get(key)
    if not value:
        return words.NOT_STATED
    if key in PERSONS:
        return words.NAMED
    if isinstance(value, date):
        return word_date(value)
    if isinstance(value, tuple):
        return join_texts(name_verbatim(shorten(one)) for one in brief.choices(key))
    return CHOICES.get(key, {}).get(str(value)) or name_verbatim(shorten(str(value), 60))


def _show_goods(measured: Project) -> Exhibit:
    wide = {str(row["category"]): row for row in measured.range.to_dict("records")}
    rows = [
        {
            "category": name_verbatim(shorten(str(row.get("name") or ""))),
            "share": row.get("gmv_share"),
            "margin": row.get("margin"),
            "cycle": row.get("cycle_days"),
        }
        | {name: wide.get(str(row.get("name")), {}).get(name) for name in ("products", "low", "high")}
        for row in measured.brief.rows("categories")[:MOST_ROWS]
    ]
    fields = (
        Field(name="category", label=Text(zh="品类", en="Category")),
        Field(name="share", label=Text(zh="GMV 占比（填写）", en="Share of GMV, stated"), unit="share"),
        Field(name="margin", label=Text(zh="毛利率（填写）", en="Margin, stated"), unit="share"),
        Field(name="cycle", label=Text(zh="周期（填写）", en="Cycle, stated"), unit="days"),
        Field(name="products", label=Text(zh="在档商品数", en="Items on file"), unit="count"),
        Field(name="low", label=Text(zh="吊牌价最低", en="List price, lowest"), unit="price"),
        Field(name="high", label=Text(zh="吊牌价最高", en="List price, highest"), unit="price"),
    )
    title = Text(zh="卖什么", en="What is sold")
    return Exhibit(name="goods", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))


def _show_prices(brief: Brief) -> Exhibit:
    rows = [
        {"series": name_verbatim(shorten(str(row.get("sku/series") or "")))}
        | {name: row.get(name) for name in PRICES}
        | {"gap": word_change(gap) if (gap := find_price_gap(row)) is not None else None}
        for row in brief.rows("price_system")[:MOST_ROWS]
    ]
    fields = (
        Field(name="series", label=Text(zh="货号或系列", en="Item or series")),
        Field(name="list_price", label=Text(zh="吊牌价", en="List"), unit="price"),
        Field(name="public_price", label=Text(zh="公域价", en="Public"), unit="price"),
        Field(name="private_price", label=Text(zh="私域价", en="Private"), unit="price"),
        Field(name="member_price", label=Text(zh="会员价", en="Member"), unit="price"),
        Field(name="gap", label=Text(zh="私域价差", en="Private over public")),
    )
    title = Text(zh="价格体系", en="Price system")
    return Exhibit(name="prices", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))


def _show_channels(brief: Brief) -> Exhibit:
    names = ("shop_count", "gmv_share", "new_customer_share", "start_date")
    rows = [
        {"channel": name_channel(str(row.get("channel")))} | {name: row.get(name) for name in names}
        for row in brief.rows("main_channels")[:MOST_ROWS]
    ]
    fields = (
        Field(name="channel", label=Text(zh="渠道", en="Channel")),
        Field(name="shop_count", label=Text(zh="店铺数", en="Shops"), unit="count"),
        Field(name="gmv_share", label=Text(zh="GMV 占比（填写）", en="Share of GMV, stated"), unit="share"),
        Field(name="new_customer_share", label=Text(zh="新客占比（填写）", en="New customers, stated"), unit="share"),
        Field(name="start_date", label=Text(zh="开店日期", en="Since"), unit="date"),
    )
    title = Text(zh="在哪里卖", en="Where it is sold")
    return Exhibit(name="channels", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))


def _show_complexity(measured: Project) -> Exhibit:
    rows = [
        {"dimension": words.DIMENSIONS[name], "count": count, "means": words.MEANS[name] if (count or 0) > 1 else None}
        for name, count in measured.counts.items()
    ]
    fields = (
        Field(name="dimension", label=Text(zh="维度", en="Dimension")),
        Field(name="count", label=Text(zh="个数", en="How many"), unit="count"),
        Field(name="means", label=Text(zh="因此要注意", en="What follows")),
    )
    title = Text(zh="复杂度", en="Complexity")
    return Exhibit(name="complexity", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))


def draw(measured: Project, language: Language) -> Figure:
    """How many there are of each dimension; more than one stands out."""
    known = [(name, count) for name, count in measured.counts.items() if count is not None]
    figure = draw_bars(
        [words.DIMENSIONS[name].word(language) for name, _ in known],
        [float(count) for _, count in known],
        [str(count) for _, count in known],
        axis_label=Text(zh="个数（对数刻度）", en="How many (logarithmic)").word(language),
        marked=[place for place, (_, count) in enumerate(known) if count > 1],
    )
    figure.axes[0].set_xscale("symlog")
    ticks = [tick for tick in TICKS if tick <= max((count for _, count in known), default=1) * TICKS[2]]
    figure.axes[0].set_xticks(ticks, [str(tick) for tick in ticks], minor=False)
    figure.axes[0].set_xlim(left=0)
    return figure


# Two channels and three shops beside a store; one brand: two of four dimensions known hold more than one.
CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION,
    answers=("003-10", "003-11", "002-45"),
    finds=(),
    needs=(),
    asks=(Asked(key="owner_client", label=words.ITEMS["owner_client"]),),
    limits=(),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    example=Example(
        tables={
            "order_lines": "ordered_at paid_amount\n2024-01-01 10\n2024-01-31 10",
            "products": "product_id category list_price\np1 茶 80\np2 茶 120",
        },
        says="复杂度 2/4：销售渠道、店铺不止一个。2 个主要系列里 1 个私域价低于公域价，中位价差 10.0%",
        brief=Brief(
            answers={
                "owner_client": "会员总监",
                "meeting_rhythm": "weekly",
                "delivery_date": date(2024, 3, 1),
                "industry": "food_health",
                "company_stage": "growth",
                "brand_count": 1,
                "store_count": 1,
                "categories": ({"name": "茶", "gmv_share": 1.0},),
                "price_system": (
                    {"sku/series": "A", "public_price": 100.0, "private_price": 90.0},
                    {"sku/series": "B", "public_price": 50.0, "private_price": 50.0},
                ),
                "main_channels": ({"channel": "tmall", "shop_count": 3}, {"channel": "store", "shop_count": 1}),
            }
        ),
    ),
    place=10,
)
