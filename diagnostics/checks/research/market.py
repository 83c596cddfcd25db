"""What is known of market, sales, competitors, feedback and the logic of buying, and on what it rests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_count
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.limits import find_limits
from diagnostics.checks.research import _market_words as words
from diagnostics.metrics.channels import total_channels
from diagnostics.metrics.days import number_days, purchase_days
from diagnostics.metrics.lines import value_lines
from diagnostics.metrics.market_facts import spread_returns, spread_unit_prices, total_period
from diagnostics.model.brief import Brief
from diagnostics.model.names import name_channel
from diagnostics.model.section import Asked, Exhibit, Field
from diagnostics.model.wording import (
    NOTHING,
    Text,
    join_texts,
    name_verbatim,
    shorten,
    word_change,
    word_days,
    word_money,
    word_number,
    word_percent,
    word_price,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

NAME = "research.market"
SHOWN = 5


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """A figure that the client estimates and the orders measure."""

    id: str
    stated: float
    measured: float
    fits: bool


@dataclass(frozen=True, kw_only=True)
class Market:
    """Sales now and before, the leading channel, quarters of unit prices, reviews, the estimates and the brief."""

    gmv: float
    before: float | None
    channel: str
    share: float
    prices: tuple[float, float, float] | None
    reviews: int
    estimates: tuple[Estimate, ...]
    brief: Brief
    currency: str

    @property
    def sources(self) -> Mapping[str, str]:
        """Where the evidence of each part comes from; empty where there is none."""
        brief, files = self.brief, set(self.brief.choices("research_inputs"))
        logic = brief.text("positioning") or brief.choices("repurchase_reasons") or brief.text("trial_cost")
        return {
            "market": "sheet" if "market" in files else "",
            "sales": "data",
            "competitors": "sheet" if brief.choices("competitors") else "",
            "feedback": "data" if self.reviews else "sheet" if files & {"survey", "interview", "reviews"} else "",
            "logic": ("both" if self.estimates else "sheet") if logic else "data" if self.estimates else "",
        }


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for sales of both periods, unit prices, gaps between purchases, and how many reviews there are."""
    horizon = tables.engagement.horizon
    lines = value_lines(tables["order_lines"], tables.engagement.gmv_basis)
    asked = {
        "now": total_period(lines, horizon.current),
        "channels": total_channels(lines, horizon.current, horizon.history.start).select("channel", "gmv"),
        "prices": spread_unit_prices(lines, horizon.current),
    }
    if horizon.previous is not None:
        asked["before"] = total_period(lines, horizon.previous).select("gmv")
    if tables.has("order_lines", "customer"):
        asked["returns"] = spread_returns(number_days(tables.keep(purchase_days(lines))))
    if tables.has("feedback", "words"):
        asked["reviews"] = tables["feedback"].agg(n=tables["feedback"].words.count())
    return asked


def measure(replies: Replies) -> Market:
    """Lay the client's picture beside what the orders say."""
    engagement, now = replies.engagement, replies["now"].iloc[0]
    channels = replies["channels"].sort_values(["gmv", "channel"], ascending=[False, True])
    prices = replies["prices"].iloc[0] if len(replies["prices"]) else None
    limits = find_limits(NAME, LIMITS, engagement)
    return Market(
        gmv=float(now.gmv or 0.0),
        before=float(replies["before"].gmv.iloc[0] or 0.0) if "before" in replies else None,
        channel=str(channels.channel.iloc[0]) if len(channels) else "",
        share=float(channels.gmv.iloc[0]) / float(now.gmv) if len(channels) and now.gmv > 0 else float("nan"),
        prices=None if prices is None or pd.isna(prices.middle) else (prices.low, prices.middle, prices.high),
        reviews=int(replies["reviews"].n.iloc[0]) if "reviews" in replies else 0,
        estimates=tuple(_compare(replies, limits)),
        brief=engagement.brief,
        currency=engagement.currency,
    )


def _compare(replies: Replies, limits: Limits) -> list[Estimate]:
    engagement, now = replies.engagement, replies["now"].iloc[0]
    measured: dict[str, float] = {}
    if now.orders > 0:
        measured["aov_stated"] = float(now.gmv) / now.orders
    if now.buyers > 0:
        measured["purchase_frequency"] = now.known_orders / now.buyers * engagement.horizon.yearly
    if "returns" in replies and replies["returns"].n.iloc[0] >= limits["least"]:
        measured["repurchase_cycle_days"] = float(replies["returns"].middle.iloc[0])
    found = []
    for key, value in measured.items():
        stated = engagement.brief.number(key)
        if stated:
            ratio = value / stated
            # Measured gaps are short, as who is not back yet has none.
            too_low = ratio < 1 - limits["slack"] and key != "repurchase_cycle_days"
            found.append(
                Estimate(id=key, stated=stated, measured=value, fits=not too_low and ratio <= 1 + limits["slack"])
            )
    return found


def judge(_measured: Market, _limits: Limits) -> tuple[Finding, ...]:
    """Nothing: a missing piece of research is work to do."""
    return ()


def tell(measured: Market) -> Text:
    """How much rests on evidence, where sales stand, and which estimates the orders contradict."""
    missing = [words.PARTS[part] for part, source in measured.sources.items() if not source]
    wrong = [one for one in measured.estimates if not one.fits]
    logic = words.AGREES if measured.estimates else words.NO_CHECK
    if wrong:
        logic = words.DISAGREES.fill(names=join_texts(_word_estimate(one, measured.currency) for one in wrong))
    said = words.ANSWER.fill(
        held=word_number(len(words.PARTS) - len(missing)),
        missing=words.MISSING.fill(names=join_texts(missing)) if missing else NOTHING,
    )
    return said + _tell_sales(measured) + logic


def _tell_sales(measured: Market) -> Text:
    parts = {
        "gmv": word_money(measured.gmv, measured.currency),
        "channel": name_channel(measured.channel),
        "share": word_percent(measured.share),
    }
    if measured.before:
        return words.SALES.fill(change=word_change(measured.gmv / measured.before - 1), **parts)
    return words.SALES_ALONE.fill(**parts)


def _word_estimate(one: Estimate, currency: str) -> Text:
    return words.ONE_OFF.fill(
        name=words.FIGURES[one.id],
        stated=_word(one.id, one.stated, currency),
        measured=_word(one.id, one.measured, currency),
    )


def _word(key: str, value: float, currency: str) -> Text:
    if key == "aov_stated":
        return word_price(value, currency)
    return word_days(value) if key == "repurchase_cycle_days" else word_number(value, 1)


def _say_parts(measured: Market) -> Mapping[str, Text]:
    """What each part says."""
    brief = measured.brief
    named = [name_verbatim(shorten(name, 16)) for name in brief.choices("competitors")]
    rivals = NOTHING
    if named:
        rivals = words.SAYS_COMPETITORS.fill(n=word_number(len(named)), names=join_texts(named[:SHOWN]))
        if measured.prices is not None:
            low, middle, high = (word_price(price, measured.currency) for price in measured.prices)
            own = words.SAYS_PRICE.fill(low=low, middle=middle, high=high)
            rivals = Text(zh=rivals.zh + own.zh, en=rivals.en + own.en)
    files = join_texts(name_verbatim(shorten(name, 24)) for name in brief.choices("research_inputs")[:SHOWN])
    reviews = words.SAYS_FEEDBACK.fill(n=word_number(measured.reviews)) if measured.reviews else NOTHING
    again = [words.AGAIN[reason] for reason in brief.choices("repurchase_reasons") if reason in words.AGAIN]
    unknown = word_number(None)
    return {
        "market": words.SAYS_FILES.fill(names=files) if measured.sources["market"] else NOTHING,
        "sales": _tell_sales(measured),
        "competitors": rivals,
        "feedback": reviews,
        "logic": words.SAYS_LOGIC.fill(
            reason=words.REASONS.get(brief.text("positioning") or "", unknown),
            again=join_texts(again) if again else unknown,
            trial=words.TRIALS.get(brief.text("trial_cost") or "", unknown),
        ),
    }


def tabulate(measured: Market) -> tuple[Exhibit, ...]:
    """The five parts, and the estimates beside the orders."""
    said = _say_parts(measured)
    parts = pd.DataFrame(
        [
            {
                "part": words.PARTS[part],
                "source": words.SOURCES[source],
                "says": said[part] if source else None,
                "lacks": words.LACKS.get(part) if not source or part == "competitors" else None,
            }
            for part, source in measured.sources.items()
        ],
        dtype=object,
    )
    estimates = pd.DataFrame(
        [
            {
                "name": words.FIGURES[one.id],
                "stated": _word(one.id, one.stated, measured.currency),
                "measured": _word(one.id, one.measured, measured.currency),
                "verdict": words.FITS if one.fits else words.FITS_NOT,
            }
            for one in measured.estimates
        ],
        dtype=object,
    )
    return (
        Exhibit(
            name="parts",
            title=Text(zh="五块调研的依据", en="What five parts of research rest on"),
            fields=(
                Field(name="part", label=Text(zh="调研", en="Part")),
                Field(name="source", label=Text(zh="依据", en="Evidence")),
                Field(name="says", label=Text(zh="说了什么", en="What it says")),
                Field(name="lacks", label=Text(zh="还缺什么", en="What is missing")),
            ),
            frame=parts,
        ),
        Exhibit(
            name="estimates",
            title=Text(zh="客户自估与订单", en="The client's estimates and the orders"),
            fields=(
                Field(name="name", label=Text(zh="指标", en="Figure")),
                Field(name="stated", label=Text(zh="自估", en="Estimate")),
                Field(name="measured", label=Text(zh="实测", en="Measured")),
                Field(name="verdict", label=Text(zh="对照", en="Verdict")),
            ),
            frame=estimates,
        ),
    )


def draw(measured: Market, language: Language) -> Figure:
    """Measured over estimated, a bar a figure."""
    ratios = [one.measured / one.stated for one in measured.estimates]
    figure = draw_bars(
        [words.FIGURES[one.id].word(language) for one in measured.estimates],
        ratios,
        [_word(one.id, one.measured, measured.currency).word(language) for one in measured.estimates],
        axis_label=words.AXIS.word(language),
        marked={place for place, one in enumerate(measured.estimates) if not one.fits},
        reference=1.0,
        reference_label=words.EQUAL.word(language),
    )
    scale_count(figure.axes[0].xaxis, 1)
    return figure


LIMITS = (
    Limit(name="slack", value=0.2, reason=words.SLACK_REASON),
    Limit(name="least", value=30, reason=words.LEAST_REASON),
)

# 40 people buy for 100 at the beginning of January, 35 of them again after 30 days: 75 orders of 40 buyers.
EXAMPLE_LINES = "\n".join(
    [
        "customer ordered_at paid_amount",
        *(f"c{i} 2024-01-01 100" for i in range(40)),
        *(f"c{i} 2024-01-31 100" for i in range(35)),
    ]
)

CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION.fill(slack=word_percent(0.2, 0)),
    answers=("003-13",),
    finds=(),
    needs=(),
    asks=(Asked(key="competitors", label=words.ASKED),),
    limits=LIMITS,
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    example=Example(
        tables={"order_lines": EXAMPLE_LINES},
        says="spend per order, estimated CNY 200.00, measured CNY 100.00",
        brief=Brief(
            answers={
                "competitors": ("A", "B"),
                "positioning": "product",
                "aov_stated": 200.0,
                "repurchase_cycle_days": 60,
            }
        ),
    ),
    place=10,
)
