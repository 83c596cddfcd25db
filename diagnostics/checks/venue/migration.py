"""Where people get lost between scanning a code and becoming a contact or joining a group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagnostics.charts.axes import scale_share
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.venue import _migration_words as words
from diagnostics.metrics.lines import value_lines, within
from diagnostics.metrics.migration import total_hops
from diagnostics.metrics.reach import count_assets, count_matched, count_reached, list_reachable
from diagnostics.model.finding import Evidence, Finding, Impact, Validation
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import (
    Text,
    name_verbatim,
    shorten,
    word_money,
    word_number,
    word_percent,
    word_price,
)
from diagnostics.statistics.certainty import rate_gap
from diagnostics.statistics.hops import (
    SCANS,
    Leak,
    Worth,
    add_rates,
    compare_regions,
    is_leaking,
    size_leak,
    sum_regions,
    value_contact,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    import pandas as pd
    from matplotlib.figure import Figure

    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

MOST_ROWS = 15
RATIO = 0.7
# Where second tries are likely the rate may read too low, which no interval shows: the finding is never surer.
DOUBTFUL = 0.75


@dataclass(frozen=True, kw_only=True)
class Migration:
    """Rates by hop, region and entrance, each judged region against the others, and what a contact is worth."""

    hops: pd.DataFrame
    regions: pd.DataFrame
    entrances: pd.DataFrame
    leaks: tuple[Leak, ...]
    worth: Worth | None
    unfit: int
    without_region: int
    yearly: float
    currency: str

    @property
    def weakest(self) -> str:
        """The hop whose lowest region falls furthest behind the whole."""
        behind = self.regions.rate / self.regions.hop.map(self.hops.set_index("hop").rate)
        ordered = self.regions.hop[behind.notna()].iloc[behind.dropna().argsort().to_numpy()]
        return str(ordered.iloc[0]) if len(ordered) else str(self.hops.hop.iloc[0])


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for scans and outcomes by entrance, and what contacts and other buyers spend where contacts are known."""
    horizon = tables.engagement.horizon
    asked = {"hops": total_hops(tables["entry_days"], horizon.current)}
    if tables.has("contacts", "customer") and tables.has("order_lines", "customer"):
        lines = value_lines(tables["order_lines"], tables.engagement.gmv_basis)
        reachable = list_reachable(tables["contacts"], horizon.as_of)
        asked["spend"] = count_reached(lines, reachable, horizon.current)
        asked["buyers"] = count_assets(within(lines, horizon.current), reachable)
        asked["reachable"] = reachable.agg(customers=reachable.count())
        asked["matched"] = count_matched(tables["contacts"])
    return asked


def measure(replies: Replies) -> Migration | NotComputable:
    """Add intervals, compare the regions and value a contact."""
    answered = replies["hops"]
    fit = answered[(answered.scans > 0) & (answered.passed <= answered.scans)]
    if fit.empty:
        return NotComputable(reason=words.NO_SCANS, unlocked_by=words.UNLOCKED_BY)
    yearly = replies.engagement.horizon.yearly
    return Migration(
        hops=add_rates(fit.groupby("hop", as_index=False)[["scans", "passed"]].sum()),
        regions=add_rates(sum_regions(fit)),
        entrances=add_rates(fit),
        leaks=compare_regions(fit),
        worth=_value(replies, yearly) if "spend" in replies else None,
        unfit=int((answered.passed > answered.scans).sum()),
        without_region=int(fit.region.isna().sum()),
        yearly=yearly,
        currency=replies.engagement.currency,
    )


def _value(replies: Replies, yearly: float) -> Worth | None:
    matched = replies["matched"].iloc[0]
    return value_contact(
        replies["spend"],
        buyers=int(replies["buyers"].reached.iloc[0]),
        customers=int(replies["reachable"].customers.iloc[0]),
        matched=int(matched.matched) / max(int(matched.contacts), 1),
        yearly=yearly,
    )


def judge(measured: Migration, limits: Limits) -> tuple[Finding, ...]:
    """Raise a region whose rate lies clearly below a share of what the other regions reach."""
    return tuple(
        _state(leak, measured, limits) for leak in measured.leaks if is_leaking(leak, limits["scans"], limits["ratio"])
    )


def tell(measured: Migration) -> Text:
    """The rate of each hop and its lowest region."""
    said = Text(zh="", en="")
    for hop in measured.hops.to_dict("records"):
        said += words.ANSWER.fill(
            hop=_begin(words.HOP_NAMES[hop["hop"]]), rate=word_percent(hop["rate"]), scans=word_number(hop["scans"])
        )
        regions = measured.regions[(measured.regions.hop == hop["hop"]) & measured.regions.rate.notna()]
        tail = words.FULL_STOP
        if len(regions) > 1:
            lowest = regions.iloc[0]
            tail = words.LOWEST.fill(region=name_verbatim(shorten(lowest.region)), share=word_percent(lowest.rate))
        said = Text(zh=said.zh + tail.zh, en=said.en + tail.en)
    return said


def caveats(measured: Migration) -> tuple[Text, ...]:
    """Entrances that are left out."""
    said = []
    if measured.unfit:
        said.append(words.TOO_MANY.fill(count=word_number(measured.unfit)))
    if measured.without_region:
        said.append(words.NO_REGION.fill(count=word_number(measured.without_region)))
    return tuple(said)


def tabulate(measured: Migration) -> tuple[Exhibit, ...]:
    """Rates by hop, by region and by entrance."""
    hop = Field(name="hop", label=Text(zh="环节", en="Hop"))
    region = Field(name="region", label=Text(zh="地区", en="Region"))
    entrance = Field(name="entrance", label=Text(zh="入口", en="Entrance"))
    entrances = Field(name="entrances", label=Text(zh="入口数", en="Entrances"), unit="count")
    rates = (
        Field(name="scans", label=Text(zh="扫码次数", en="Scans"), unit="count"),
        Field(name="passed", label=Text(zh="通过人数", en="Got through"), unit="count"),
        Field(name="rate", label=Text(zh="比率", en="Rate"), unit="share"),
        Field(name="low", label=Text(zh="95% 下限", en="95% low"), unit="share"),
        Field(name="high", label=Text(zh="95% 上限", en="95% high"), unit="share"),
    )
    shown = (
        ("hops", Text(zh="两个环节", en="Both hops"), (hop, *rates), measured.hops),
        ("regions", Text(zh="各地区", en="By region"), (hop, region, entrances, *rates), measured.regions),
        ("entrances", Text(zh="各入口", en="By entrance"), (hop, region, entrance, *rates), measured.entrances),
    )
    return tuple(
        Exhibit(name=name, title=title, fields=fields, frame=frame.assign(hop=frame.hop.map(words.HOP_NAMES)))
        for name, title, fields, frame in shown
    )


def draw(measured: Migration, language: Language) -> Figure:
    """The weakest hop by region with its interval, lowest first."""
    hop = measured.weakest
    rated = measured.regions[(measured.regions.hop == hop) & measured.regions.rate.notna()]
    if rated.empty:
        shown = measured.hops.assign(name=[words.HOP_NAMES[name].word(language) for name in measured.hops.hop])
    else:
        shown = rated.head(MOST_ROWS).assign(name=[shorten(region, 18) for region in rated.region.head(MOST_ROWS)])
    leaking = {leak.region for leak in measured.leaks if leak.hop == hop and is_leaking(leak, SCANS, RATIO)}
    parts = [f"{word_percent(row['rate']).en}  n={word_number(row['scans']).en}" for row in shown.to_dict("records")]
    label = Text(
        zh="{hop}（线段为 95% 区间，n 为扫码次数）", en="{hop}, share of scans (line: 95% interval; n: scans)"
    ).fill(hop=_begin(words.HOP_NAMES[hop]))
    figure = draw_bars(
        shown.name.tolist(),
        shown.rate.tolist(),
        parts,
        axis_label=label.word(language),
        low=shown.low.tolist(),
        high=shown.high.tolist(),
        marked={place for place, row in enumerate(shown.to_dict("records")) if row.get("region") in leaking},
    )
    scale_share(figure.axes[0].xaxis)
    return figure


def _state(leak: Leak, measured: Migration, limits: Limits) -> Finding:
    region, hop = name_verbatim(shorten(leak.region)), words.HOP_NAMES[leak.hop]
    title = words.TITLE.fill(
        region=region,
        hop=hop,
        rate=word_percent(leak.rate),
        others=word_percent(leak.others),
        missed=word_number(leak.missed * measured.yearly),
    )
    cause = words.CAUSE.fill(
        scans=word_number(leak.scans),
        rate=word_percent(leak.rate),
        high=word_percent(leak.high),
        below=word_number(leak.below),
        entrances=word_number(leak.entrances),
    )
    if leak.has_many_scans:
        cause += words.MANY_SCANS.fill(
            mine=word_number(leak.scans / leak.entrances),
            others=word_number(leak.others_scans),
            least=word_number(leak.least_missed * measured.yearly),
        )
    impact = None
    if leak.hop == "scan_to_add" and measured.worth is not None:
        low, mid, high = size_leak(leak, measured.worth, limits["lift"], measured.yearly)
        impact = Impact(low=low, mid=mid, high=high)
        is_clear = measured.worth.is_clear
        worth = (words.WORTH if is_clear else words.WORTH_AT_MOST).fill(
            money=word_money(mid if is_clear else high, measured.currency)
        )
        title = Text(zh=title.zh + worth.zh, en=title.en + worth.en)
        cause += _word_sizing(measured.worth, limits["lift"], measured.currency)
    reason = words.NO_CONTACTS if leak.hop == "scan_to_add" else words.NO_GROUP_VALUE
    return Finding(
        code="venue.migration_loss",
        scope={"hop": leak.hop, "city": leak.region},
        title=title,
        cause=cause,
        action=words.ACTION,
        owner_role="acquisition" if leak.hop == "scan_to_add" else "group",
        validation=Validation(metric="hop", direction="up", window_days=30),
        stop_rule=words.STOP,
        confidence=min(rate_gap(leak.others - leak.rate, leak.gap_low), DOUBTFUL if leak.has_many_scans else 1.0),
        impact=impact,
        impact_reason=None if impact else reason,
        severity=None if impact else "medium",
        evidence=(Evidence(table="regions", n=leak.scans, value=leak.rate),),
    )


def _word_sizing(worth: Worth, lift: float, currency: str) -> Text:
    share = word_percent(worth.share, 0)
    if worth.is_clear:
        return words.SIZED_BY_GAP.fill(difference=word_price(worth.difference, currency), share=share)
    return words.SIZED_BY_CASE.fill(lift=word_percent(lift, 0), share=share)


def _begin(text: Text) -> Text:
    return Text(zh=text.zh, en=text.en[:1].upper() + text.en[1:])


# February, 1,000 scans a city: 甲 wins 200 contacts, 乙 and 丙 600 each, 1,400 of 3,000 together (46.7 %); at
# the others' 60 % 甲 misses 400, 4,800 a year. Groups: 500 scans and 350 joins in each city, nothing to raise.
SCANNED = (("甲", 200), ("乙", 600), ("丙", 600))

CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION,
    answers=("001-29",),
    finds=("venue.migration_loss",),
    needs=(Need(table="entry_days", columns=("scans", "region")),),
    limits=(
        Limit(
            name="ratio",
            value=RATIO,
            reason=Text(
                zh="区间上限仍低于其他地区的七成才提出：地区间一两成的差异常来自客群和店型",
                en="raised only if even the upper end is below seven tenths of the others: a tenth or two often comes "
                "from customers and kinds of stores",
            ),
        ),
        Limit(
            name="scans",
            value=SCANS,
            reason=Text(
                zh="不足 500 次扫码的地区，比率主要由个别日子决定",
                en="under 500 scans a few days decide the rate",
            ),
        ),
        Limit(
            name="lift",
            value=0.3,
            reason=Text(
                zh="自有数据无法定价时的上限：瑞幸 2021 年自述入群后消费频次 +30%，前后对比、无对照组，因此只作上限",
                en="the upper end where own data cannot size it: Luckin stated in 2021 that frequency rose by 30% "
                "after joining; before and after, without a control group, hence an upper end only",
            ),
        ),
    ),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    example=Example(
        tables={
            "order_lines": "ordered_at paid_amount\n2024-01-01 10\n2024-02-29 10",
            "entry_days": "\n".join(
                [
                    "day entrance region scans added group_joined",
                    *(f"2024-02-10 code{city} {city} 1000 {added} -" for city, added in SCANNED),
                    *(f"2024-02-10 group{city} {city} 500 - 350" for city, _ in SCANNED),
                ]
            ),
        },
        says="46.7%",
        finds=(("venue.migration_loss", {"hop": "scan_to_add", "city": "甲"}),),
    ),
    place=40,
)
