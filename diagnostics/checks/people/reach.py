"""How many of the buyers can be reached in the private domain, channel by channel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.contact_worth import LIFT
from diagnostics.checks.domains import EASE
from diagnostics.checks.limits import find_limits
from diagnostics.checks.people import _reach_words as words
from diagnostics.checks.people._reach_findings import state_gap
from diagnostics.checks.people._reach_tables import draw_reach, tabulate_reach
from diagnostics.checks.tracking import track_value
from diagnostics.metrics.identity import count_reach_kinds
from diagnostics.metrics.lines import value_lines, within
from diagnostics.metrics.reach import count_assets, count_matched, count_reached, list_reachable
from diagnostics.model.names import name_channel
from diagnostics.model.period import Period
from diagnostics.model.reading import Reading
from diagnostics.model.section import Exhibit, Need, NotComputable
from diagnostics.model.wording import Text, join_texts, word_number, word_percent
from diagnostics.statistics.proportions import wilson
from diagnostics.statistics.reach_bounds import bound_reach
from diagnostics.statistics.reach_gaps import LEAST_JUDGED, Gap, compare_channels

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    import pandas as pd
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(zh="各渠道的买家有多少能在私域触达？", en="How many buyers of each channel can be reached in private?")
DEFINITION = Text(
    zh="触达率 = 近 12 个月在该渠道购买、且截至数据末日仍是私域联系人（已添加、未流失）的客户 ÷ 该渠道近 12 个月的"
    "有身份买家；括号内为 95% 区间（Wilson）。只与添加不比它更容易的渠道相比：平台店与平台店比，门店再加上平台店，"
    "自有商城与全部渠道比。复购消费 = 近 12 个月内、首次观察到的购买日之后在该渠道的消费；已触达与未触达者按首"
    "购月份对齐，资历长短不造成差异。",
    en="Reach = buyers of the last 12 months in a channel who are private-domain contacts at the end of the data "
    "(added, not lost), divided by the channel's known buyers of those 12 months; interval 95% (Wilson). A channel is "
    "compared only with channels where adding is no easier: platforms with platforms, stores also with platforms, own "
    "shops with all. Repeat spend = spend in the channel in those 12 months after the buyer's first observed day; "
    "both kinds are compared within the same months of first purchase, so tenure makes no difference.",
)
NAME = "people.reach"
WINDOW_DAYS = 365
LEAST_SHOWN = 30
WELL_KNOWN = 0.8


@dataclass(frozen=True, kw_only=True)
class Reach:
    """Reach by channel with intervals, gaps to the best peer, and how much of the contacts is matched."""

    channels: pd.DataFrame
    silent: tuple[str, ...]
    gaps: tuple[Gap, ...]
    assets: pd.DataFrame
    contacts: int
    matched: int
    yearly: float
    currency: str
    limits: Limits


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for buyers and reached buyers by channel over the last 12 months."""
    history = tables.engagement.horizon.history
    window = Period(start=max(history.start, history.end - timedelta(days=WINDOW_DAYS)), end=history.end)
    lines = within(value_lines(tables["order_lines"], tables.engagement.gmv_basis), history)
    reachable = list_reachable(tables["contacts"], history.end)
    return {
        "channels": count_reached(lines, reachable, window),
        "assets": count_assets(within(lines, window), reachable),
        "matched": count_matched(tables["contacts"]),
        "kinds": count_reach_kinds(within(lines, window), tables["contacts"], reachable),
    }


def measure(replies: Replies) -> Reach | NotComputable:
    """Add intervals and compare each channel with its best fair peer."""
    answered = replies["channels"]
    shown = answered[answered.buyers.fillna(0) >= LEAST_SHOWN].sort_values("buyers", ascending=False, ignore_index=True)
    if shown.empty:
        return NotComputable(reason=words.TOO_FEW.fill(n=word_number(LEAST_SHOWN)))
    low, high = wilson(shown.reached, shown.buyers)
    shown = shown.assign(
        share=shown.reached / shown.buyers, low=low, high=high, known_share=shown.orders_known / shown.orders
    )
    shown = shown.merge(bound_reach(replies["kinds"]), on="channel", how="left")
    silent = shown[shown.computed_on == 0]
    shown = shown[shown.computed_on > 0].reset_index(drop=True)
    if shown.empty:
        return NotComputable(reason=words.NO_MATCH.fill(channels=_name(silent)))
    matched = replies["matched"].iloc[0]
    days = min(WINDOW_DAYS, replies.engagement.horizon.history.days)
    return Reach(
        channels=shown,
        silent=tuple(silent.channel),
        gaps=compare_channels(shown, EASE),
        assets=replies["assets"],
        contacts=int(matched.contacts),
        matched=int(matched.matched),
        yearly=WINDOW_DAYS / days,
        currency=replies.engagement.currency,
        limits=find_limits(NAME, LIMITS, replies.engagement),
    )


def track(measured: Reach) -> tuple[Reading, ...]:
    """The share of each channel's buyers that can be reached."""
    return tuple(
        reading
        for row in measured.channels.to_dict("records")
        for reading in track_value(
            "add_rate", row["share"], row["low"], row["high"], n=row["buyers"], scope={"channel": str(row["channel"])}
        )
    )


def judge(measured: Reach, limits: Limits) -> tuple[Finding, ...]:
    """Raise a channel whose reach lies clearly below its best peer's."""
    return tuple(state_gap(measured, gap, limits) for gap in measured.gaps if gap.low > limits["gap"])


def tell(measured: Reach) -> Text:
    """Reach over all channels, and the two ends."""
    total = measured.assets.iloc[0]
    said = words.ANSWER.fill(
        share=word_percent(total.reached / total.buyers),
        reached=word_number(total.reached),
        buyers=word_number(total.buyers),
    )
    ranked = measured.channels.sort_values("share")
    if len(ranked) == 1:
        return said
    worst, best = ranked.iloc[0], ranked.iloc[-1]
    return said + words.EXTREMES.fill(
        best=name_channel(best.channel),
        high=word_percent(best.share),
        worst=name_channel(worst.channel),
        low=word_percent(worst.share),
    )


def caveat(measured: Reach) -> tuple[Text, ...]:
    """Where reach is only a lower limit, or is not judged."""
    channels, said = measured.channels, []
    if not channels[channels.known_share < WELL_KNOWN].empty:
        said.append(words.PARTLY_KNOWN.fill(channels=_name(channels[channels.known_share < WELL_KNOWN])))
    unfound = channels[(channels.reached == 0) & (channels.buyers >= LEAST_JUDGED)]
    if not unfound.empty:
        said.append(words.NONE_FOUND.fill(channels=_name(unfound)))
    if measured.silent:
        said.append(words.NO_MATCH.fill(channels=join_texts(name_channel(channel) for channel in measured.silent)))
    if measured.matched < measured.contacts:
        share = word_percent(measured.matched / measured.contacts)
        said.append(words.PARTLY_MATCHED.fill(contacts=word_number(measured.contacts), share=share))
    return tuple(said)


def tabulate(measured: Reach) -> tuple[Exhibit, ...]:
    """Reach by channel, and the statement of reachable assets."""
    return tabulate_reach(measured)


def draw(measured: Reach, language: Language) -> Figure:
    """Reach by channel with its interval."""
    behind = {gap.channel for gap in measured.gaps if gap.low > measured.limits["gap"]}
    return draw_reach(measured.channels, behind, language)


def _name(channels: pd.DataFrame) -> Text:
    return join_texts(name_channel(channel) for channel in channels.channel)


# 120 buyers a channel, who each buy twice for 100: 60 of Tmall's and 12 of JD's are contacts, 50 % and 10 %.
EXAMPLE_LINES = "\n".join(
    [
        "customer channel ordered_at paid_amount",
        *(
            f"{channel}{i} {channel} {day} 100"
            for channel in ("tmall", "jd")
            for i in range(120)
            for day in ("2024-01-01", "2024-02-29")
        ),
    ]
)
EXAMPLE_CONTACTS = "\n".join(
    [
        "contact customer added_at lost_at",
        *(f"c{i} tmall{i} 2024-01-05 -" for i in range(60)),
        *(f"d{i} jd{i} 2024-01-05 -" for i in range(12)),
        *(f"e{i} jd{i} 2024-01-05 2024-01-20" for i in range(12, 50)),
    ]
)

LIMITS = (
    Limit(
        name="gap",
        value=0.15,
        reason=Text(
            zh="差距的下限超过 15 个百分点才提出：渠道间 10 个百分点左右的差异在正常经营中也会出现",
            en="raised only if even the lower end of the gap exceeds 15 points: healthy channels differ by some 10",
        ),
    ),
    LIFT,
)

CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("001-02",),
    finds=("people.low_reach",),
    needs=(Need(table="order_lines", columns=("customer",)), Need(table="contacts", columns=("customer",))),
    limits=LIMITS,
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    track=track,
    draw=draw,
    caveats=caveat,
    example=Example(
        tables={"order_lines": EXAMPLE_LINES, "contacts": EXAMPLE_CONTACTS},
        says="30.0%",
        finds=(("people.low_reach", {"channel": "jd"}),),
    ),
    place=20,
)
