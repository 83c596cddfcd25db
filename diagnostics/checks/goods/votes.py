"""Whether votes before the launch predict what sells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from diagnostics.charts.axes import scale_share
from diagnostics.charts.theme import ACCENT, ALERT, QUIET, new_figure
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.limits import find_limits
from diagnostics.metrics.lines import value_lines, within
from diagnostics.metrics.products import name_products
from diagnostics.metrics.votes import count_votes
from diagnostics.model.finding import Evidence, Finding, Validation
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import Text, name_verbatim, shorten, word_number, word_percent
from diagnostics.statistics.vote_calibration import LEAST_PRODUCTS, Calibration, calibrate

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

FOLLOWED_DAYS = 90
QUESTION = Text(zh="上市前的投票，预测得准销量吗？", en="Do votes before the launch predict what sells?")
DEFINITION = Text(
    zh="投票 = 答卷里针对某商品、日期早于其首次成交的回答（有评分的只计 0 分以上）。销量 = 首次成交后 90 天的件数，"
    "只含卖满 90 天的商品。校准看两点：投票数与销量的等级相关（区间按 Bonett–Wright），以及错位 = 两种份额之差的"
    "绝对值合计的一半（要把多少票挪个地方才与销量一致）。投票的人不等于买的人，投票高而卖得差是选品依据的问题，不"
    "一定是商品的问题。",
    en="A vote = an answer on a product dated before its first sale (where scored, above 0). Sales = units in the 90 "
    "days after the first sale, of products sold for 90 days. Two things are read: the rank correlation of votes and "
    "sales (Bonett and Wright's interval), and the misplaced part, half of the summed differences of both shares. "
    "Voters are not buyers: many votes and few sales question the choice by votes, not always the product.",
)
TOO_FEW = Text(
    zh="只有 {n} 个商品既有上市前投票又卖满 90 天，至少要 {least} 个",
    en="only {n} products have votes before the launch and 90 days of sales; {least} are needed",
)
UNLOCK = Text(
    zh="社群投票或测款问卷，带商品编码与日期", en="polls or surveys before the launch, with product code and date"
)
ANSWER = Text(
    zh="{n} 个投过票的新品，投票与销量的等级相关 {r}（{low} 至 {high}），错位 {error}：{verdict}。",
    en="For {n} products voted on, votes and sales correlate by rank with {r} ({low} to {high}); {error} of votes are "
    "misplaced: {verdict}.",
)
PREDICT = Text(zh="投票有预测力", en="votes predict sales")
FAIL = Text(zh="投票预测不了销量", en="votes do not predict sales")
UNSURE = Text(zh="还看不出", en="it can't be told yet")
TITLE = Text(
    zh="「{name}」票高卖得少：得票 {votes}，销量占 {sold}",
    en="“{name}” won {votes} of votes and {sold} of sales",
)
CAUSE = Text(
    zh="{n} 个新品里投票与销量的等级相关只有 {r}（上限 {high}），照票备货会备错；该品得票居前，首 90 天只卖 {units} "
    "件。",
    en="Over {n} products votes and sales correlate with {r} only (at most {high}): stock by votes is stock misplaced. "
    "This one came out near the top and sold {units} units in 90 days.",
)
ACTION = Text(
    zh="投票改为小额预定或定金测款，只邀请近 180 天买过同类的客户投；备货量按过去几次“票—销”的换算而不是票数本身。",
    en="Test by small deposits in place of votes and ask buyers of the category of the last 180 days only; order "
    "stock by past conversion of votes into sales, not by votes.",
)
STOP = Text(
    zh="换成预定后三次新品的等级相关仍不高于 0.3，则停止以社群测款定货。",
    en="Stop choosing by polls if after three launches with deposits the correlation is still below 0.3.",
)
NO_MONEY = Text(
    zh="备错货的代价取决于库存与降价，数据里没有",
    en="what misplaced stock costs shows in inventory and markdowns, not delivered",
)
LIMIT_HIGH = Text(
    zh="相关的上限也不到 0.5 才说投票没有预测力：商品少时相关本就不稳",
    en="votes fail only if even the upper end of the correlation is below 0.5: with few products it is unsteady",
)
LIMIT_TOP = Text(zh="得票在前三分之一才算看好", en="favoured are products in the top third of votes")
BOTTOM = 1 / 3
MOST_ROWS = 15


@dataclass(frozen=True, kw_only=True)
class Votes:
    """The calibration of votes."""

    found: Calibration
    limits: Limits

    @property
    def verdict(self) -> Text:
        """Whether votes predict."""
        if self.found.low > 0:
            return PREDICT
        return FAIL if self.found.high < self.limits["high"] else UNSURE


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for votes and early sales of the products voted on."""
    horizon = tables.engagement.horizon
    lines = within(value_lines(tables["order_lines"], tables.engagement.gmv_basis), horizon.history)
    votes = count_votes(tables["feedback"], lines, horizon.as_of, FOLLOWED_DAYS)
    names = tables.share(name_products(lines)).select("sku", "name")
    return {"votes": votes.left_join(names, "sku").drop("sku_right")}


def measure(replies: Replies) -> Votes | NotComputable:
    """Set votes against sales."""
    answered = replies["votes"]
    found = calibrate(answered)
    if found is None:
        reason = TOO_FEW.fill(n=word_number(len(answered)), least=word_number(LEAST_PRODUCTS))
        return NotComputable(reason=reason, unlocked_by=UNLOCK)
    return Votes(found=found, limits=find_limits(NAME, LIMITS, replies.engagement))


def judge(measured: Votes, limits: Limits) -> tuple[Finding, ...]:
    """Where votes surely fail, raise the favoured products that sold least."""
    found = measured.found
    if found.high >= limits["high"]:
        return ()
    wrong = found.products[(found.products.vote_rank >= limits["top"]) & (found.products.sales_rank <= BOTTOM)]
    return tuple(_find(found, row, limits) for row in wrong.to_dict("records"))


def tell(measured: Votes) -> Text:
    """The correlation with its interval, the misplaced part and the verdict."""
    found = measured.found
    return ANSWER.fill(
        n=word_number(len(found.products)),
        r=word_number(found.correlation, 2),
        low=word_number(found.low, 2),
        high=word_number(found.high, 2),
        error=word_percent(found.error, 0),
        verdict=measured.verdict,
    )


def tabulate(measured: Votes) -> tuple[Exhibit, ...]:
    """Products by votes."""
    fields = (
        Field(name="name", label=Text(zh="商品", en="Product")),
        Field(name="first_sold", label=Text(zh="首次成交", en="First sold"), unit="date"),
        Field(name="votes", label=Text(zh="得票", en="Votes"), unit="count"),
        Field(name="vote_share", label=Text(zh="得票占比", en="Share of votes"), unit="share"),
        Field(name="units", label=Text(zh="90 天件数", en="Units in 90 days"), unit="count"),
        Field(name="sales_share", label=Text(zh="销量占比", en="Share of units"), unit="share"),
    )
    title = Text(zh="投票与上市后销量", en="Votes and sales after the launch")
    return (Exhibit(name="votes", title=title, fields=fields, frame=measured.found.products.head(MOST_ROWS)),)


def draw(measured: Votes, language: Language) -> Figure:
    """Share of votes against share of units; on the line votes were right."""
    figure, axes = new_figure()
    products = measured.found.products
    most = float(max(products.vote_share.max(), products.sales_share.max()))
    axes.plot([0, most], [0, most], color=QUIET, linewidth=1)
    wrong = (products.vote_rank >= measured.limits["top"]) & (products.sales_rank <= BOTTOM)
    axes.scatter(products.vote_share, products.sales_share, c=[ALERT if is_wrong else ACCENT for is_wrong in wrong])
    for row in products[wrong].to_dict("records"):
        place = (row["vote_share"], row["sales_share"])
        axes.annotate(shorten(row["name"], 14), place, xytext=(6, 4), textcoords="offset points", fontsize=9)
    axes.set_xlabel(Text(zh="得票占比", en="Share of votes").word(language))
    axes.set_ylabel(Text(zh="首 90 天销量占比", en="Share of units, first 90 days").word(language))
    scale_share(axes.xaxis)
    scale_share(axes.yaxis)
    return figure


def _find(found: Calibration, row: Mapping[Any, Any], limits: Limits) -> Finding:
    return Finding(
        code="goods.vote_miscalibrated",
        scope={"sku": row["sku"]},
        title=TITLE.fill(
            name=name_verbatim(shorten(row["name"], 24)),
            votes=word_percent(row["vote_share"]),
            sold=word_percent(row["sales_share"]),
        ),
        cause=CAUSE.fill(
            n=word_number(len(found.products)),
            r=word_number(found.correlation, 2),
            high=word_number(found.high, 2),
            units=word_number(row["units"]),
        ),
        action=ACTION,
        owner_role="product",
        validation=Validation(metric="vote_cal", direction="up", window_days=FOLLOWED_DAYS),
        stop_rule=STOP,
        confidence=round(min(0.5 + 0.45 * max(limits["high"] - found.high, 0.0), 0.95), 2),
        impact=None,
        impact_reason=NO_MONEY,
        severity="low",
        evidence=(Evidence(table="votes", n=int(row["votes"]), value=float(row["sales_share"])),),
    )


# Nine products win 90, 80 ... 10 votes in January and sell 10, 20 ... 90 units in February: the reverse.
PLACES = range(1, 10)
EXAMPLE_LINES = "\n".join(
    [
        "product_id product ordered_at paid_amount quantity",
        "old old 2024-01-01 10 1",
        *(f"p{i} product{i} 2024-02-10 100 {10 * i}" for i in PLACES),
        "old old 2024-06-30 10 1",
    ]
)
EXAMPLE_VOTES = "\n".join(
    ["day product_id", *(f"2024-01-15 p{i}" for i in PLACES for _ in range(100 - 10 * i))],
)

NAME = "goods.votes"
LIMITS = (
    Limit(name="high", value=0.5, reason=LIMIT_HIGH),
    Limit(name="top", value=2 / 3, reason=LIMIT_TOP),
)

CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("000-06",),
    finds=("goods.vote_miscalibrated",),
    needs=(Need(table="order_lines", columns=("product_id",)), Need(table="feedback", columns=("product_id", "day"))),
    limits=LIMITS,
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    example=Example(
        tables={"order_lines": EXAMPLE_LINES, "feedback": EXAMPLE_VOTES},
        says="votes do not predict sales",
        finds=tuple(("goods.vote_miscalibrated", {"sku": f"p{i}"}) for i in (1, 2, 3)),
    ),
    place=70,
)
