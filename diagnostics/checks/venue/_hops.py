"""How many of those who scan become a contact or join a group, by region and entrance, and what a contact is worth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagnostics.charts.axes import scale_share
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.contact_worth import ask_worth, read_worth
from diagnostics.checks.venue import _migration_words as words
from diagnostics.metrics.migration import total_hops
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import NOTHING, Text, name_verbatim, shorten, word_number, word_percent
from diagnostics.statistics.hops import (
    Leak,
    Worth,
    add_rates,
    compare_regions,
    is_leaking,
    sum_regions,
)

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pandas as pd
    from matplotlib.figure import Figure

    from diagnostics.checks.check import Limits, Replies
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

MOST_ROWS = 15


@dataclass(frozen=True, kw_only=True)
class Hops:
    """Rates by hop, region and entrance, each judged region against the others, and what a contact is worth."""

    hops: pd.DataFrame
    regions: pd.DataFrame
    entrances: pd.DataFrame
    leaks: tuple[Leak, ...]
    worth: Worth | None
    unfit: int
    without_region: int
    limits: Limits

    @property
    def weakest(self) -> str:
        """The hop whose lowest region falls furthest behind the whole."""
        behind = self.regions.rate / self.regions.hop.map(self.hops.set_index("hop").rate)
        ordered = self.regions.hop[behind.notna()].iloc[behind.dropna().argsort().to_numpy()]
        return str(ordered.iloc[0]) if len(ordered) else str(self.hops.hop.iloc[0])


def ask_hops(tables: Tables) -> dict[str, ir.Table]:
    """Ask for scans and outcomes by entrance, and what contacts and other buyers spend where contacts are known."""
    if not tables.has("entry_days", "scans", "region"):
        return {}
    return {"hops": total_hops(tables["entry_days"], tables.engagement.horizon.current), **ask_worth(tables)}


def read_hops(replies: Replies, limits: Limits) -> Hops | None:
    """Add intervals, compare the regions and value a contact; `None` where no entrance tells scans and outcomes."""
    if "hops" not in replies:
        return None
    answered = replies["hops"]
    fit = answered[(answered.scans > 0) & (answered.passed <= answered.scans)]
    if fit.empty:
        return None
    return Hops(
        hops=add_rates(fit.groupby("hop", as_index=False)[["scans", "passed"]].sum()),
        regions=add_rates(sum_regions(fit)),
        entrances=add_rates(fit),
        leaks=compare_regions(fit),
        worth=read_worth(replies),
        unfit=int((answered.passed > answered.scans).sum()),
        without_region=int(fit.region.isna().sum()),
        limits=limits,
    )


def tell_hops(measured: Hops) -> Text:
    """The rate of each hop and its lowest region."""
    said = NOTHING
    for place, hop in enumerate(measured.hops.to_dict("records")):
        regions = measured.regions[(measured.regions.hop == hop["hop"]) & measured.regions.rate.notna()]
        lowest = NOTHING
        if len(regions) > 1:
            last = regions.iloc[0]
            lowest = words.LOWEST.fill(region=name_verbatim(shorten(last.region)), share=word_percent(last.rate))
        name = words.HOP_NAMES[hop["hop"]]
        one = words.ANSWER.fill(
            hop=name if place else begin(name),
            rate=word_percent(hop["rate"]),
            scans=word_number(hop["scans"]),
            lowest=lowest,
        )
        said = words.BOTH.fill(one=said, other=one) if place else one
    return words.SENTENCE.fill(said=said)


def note_hops(measured: Hops) -> tuple[Text, ...]:
    """Entrances that are left out."""
    said = []
    if measured.unfit:
        said.append(words.TOO_MANY.fill(count=word_number(measured.unfit)))
    if measured.without_region:
        said.append(words.NO_REGION.fill(count=word_number(measured.without_region)))
    return tuple(said)


def show_hops(measured: Hops) -> tuple[Exhibit, ...]:
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


def draw_hops(measured: Hops, language: Language) -> Figure:
    """The weakest hop by region with its interval, lowest first."""
    hop = measured.weakest
    rated = measured.regions[(measured.regions.hop == hop) & measured.regions.rate.notna()]
    if rated.empty:
        shown = measured.hops.assign(name=[words.HOP_NAMES[name].word(language) for name in measured.hops.hop])
    else:
        shown = rated.head(MOST_ROWS).assign(name=[shorten(region, 18) for region in rated.region.head(MOST_ROWS)])
    leaking = {
        leak.region
        for leak in measured.leaks
        if leak.hop == hop and is_leaking(leak, measured.limits["scans"], measured.limits["ratio"])
    }
    parts = [f"{word_percent(row['rate']).en}  n={word_number(row['scans']).en}" for row in shown.to_dict("records")]
    label = Text(
        zh="{hop}（线段为 95% 区间，n 为扫码次数）", en="{hop}, share of scans (line: 95% interval; n: scans)"
    ).fill(hop=begin(words.HOP_NAMES[hop]))
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


def begin(text: Text) -> Text:
    """The text as a sentence begins in English."""
    return Text(zh=text.zh, en=text.en[:1].upper() + text.en[1:])
