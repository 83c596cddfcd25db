"""The map of venues: the part each has, how domains balance, who is handed on, and what is planned on each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_share
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.domains import CHANNELS, find_domain
from diagnostics.checks.limits import find_limits
from diagnostics.checks.venue import _role_words as words
from diagnostics.checks.venue._combinations import CONTENT, Combination, choose_combinations
from diagnostics.checks.venue._plays import NO_EVENTS, Plays, read_plays, tabulate_plays, tell_plays
from diagnostics.checks.venue._role_tables import list_domains, name_venue, tabulate_roles
from diagnostics.metrics.lines import value_lines
from diagnostics.metrics.traffic import total_months
from diagnostics.metrics.venues import count_handoffs, list_venue_orders, total_venue_days, total_venues
from diagnostics.model.brief import Brief
from diagnostics.model.section import Exhibit, Need, NotComputable
from diagnostics.model.wording import NOTHING, Text, join_texts, word_number, word_percent
from diagnostics.statistics.venue_roles import find_role, measure_bursts

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

MOST_ROWS = 15
UNEVEN = 1.0
PLANNED = "002-27"


@dataclass(frozen=True, kw_only=True)
class Roles:
    """Venues with their part, people handed on (`None` without contacts), visitors by channel, and combinations.

    `plays` are the activities of the sheet's calendar; `None` where it states none.
    """

    venues: pd.DataFrame
    handoffs: pd.DataFrame | None
    visitors: Mapping[str, float]
    combinations: tuple[Combination, ...]
    plays: Plays | None
    has_rule: bool
    uneven: float


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for orders by venue and day, visitors, and who went from a channel to a contact and back."""
    horizon = tables.engagement.horizon
    lines = value_lines(tables["order_lines"], tables.engagement.gmv_basis)
    orders = tables.share(list_venue_orders(lines, horizon.current))
    asked = {"venues": total_venues(orders), "days": total_venue_days(orders)}
    if tables.has("traffic"):
        asked["traffic"] = total_months(tables["traffic"])
    if tables.has("contacts", "customer", "added_at"):
        asked["handoffs"] = count_handoffs(lines, tables["contacts"], horizon.current)
    for name in ("groups", "group_days", "live_sessions", "contacts"):
        if tables.has(name):
            asked[f"has_{name}"] = tables[name].agg(n=tables[name].count())
    return asked


def measure(replies: Replies) -> Roles | NotComputable:
    """Find each venue's part and the combinations that can be played."""
    if replies["venues"].orders.sum() <= 0 or replies["venues"].gmv.sum() <= 0:
        return NotComputable(reason=words.NO_SALES)
    uneven = find_limits("venue.roles", LIMITS, replies.engagement)["uneven"]
    venues = _find_roles(replies["venues"], replies["days"], replies.engagement.horizon.current.days, uneven)
    return Roles(
        venues=venues,
        handoffs=replies.frames.get("handoffs"),
        visitors=_sum_visitors(replies),
        combinations=choose_combinations(
            _list_parts(replies, venues),
            zip(venues.channel, venues.is_live, venues.gmv / venues.gmv.sum(), strict=True),
        ),
        plays=read_plays(replies.engagement.brief),
        has_rule=(replies.engagement.brief.text("attribution_rule") or "none") != "none",
        uneven=uneven,
    )


def _find_roles(totals: pd.DataFrame, days: pd.DataFrame, length: int, uneven: float) -> pd.DataFrame:
    venues = totals.merge(days.drop(columns="orders"), on=["channel", "is_live"], how="left")
    venues = venues.sort_values(["gmv", "channel"], ascending=[False, True], ignore_index=True)
    known, again = float(venues.known.sum()), float(venues.repeat.sum())
    rows = venues.to_dict("records")
    bursts = [measure_bursts(float(row["orders"]), float(row["squares"]), length) for row in rows]
    roles = [
        find_role(
            burst,
            (float(row["repeat"]), float(row["known"])),
            (again - float(row["repeat"]), known - float(row["known"])),
            uneven=uneven,
            looked_at=len(rows),
        )
        for burst, row in zip(bursts, rows, strict=True)
    ]
    return venues.assign(
        burst=bursts,
        role=roles,
        rate=(venues.repeat / venues.known).where(venues.known > 0),
        domain=[find_domain(channel) for channel in venues.channel],
    )


def _sum_visitors(replies: Replies) -> dict[str, float]:
    if "traffic" not in replies:
        return {}
    period = replies.engagement.horizon.current
    months = replies["traffic"]
    inside = months[(months.month >= pd.Timestamp(period.start)) & (months.month < pd.Timestamp(period.end))]
    return {str(channel): float(sum_) for channel, sum_ in inside.groupby("channel").visitors.sum().items()}


def _list_parts(replies: Replies, venues: pd.DataFrame) -> dict[str, bool]:
    """Which parts of a combination are there, by tables, channels sold in, and containers of the sheet."""
    sold = set(venues.channel[venues.gmv > 0])
    containers = _list_containers(replies.engagement.brief)

    def holds(*names: str) -> bool:
        return any(f"has_{name}" in replies and int(replies[f"has_{name}"].n.iloc[0]) > 0 for name in names)

    return {
        "live": bool(venues.is_live.any()) or holds("live_sessions"),
        "group": holds("groups", "group_days") or "group" in containers,
        "mini": bool(sold & (CHANNELS["own"] - {"wecom", "official_account"})),
        "contact": holds("contacts") or "wecom" in containers,
        "store": bool(sold & CHANNELS["store"]),
        "content": bool(sold & CONTENT),
    }


def _list_containers(brief: Brief) -> frozenset[str]:
    return frozenset(str(row.get("type") or "") for row in brief.rows("containers"))


def judge(_measured: Roles, _limits: Limits) -> tuple[Finding, ...]:
    """Nothing: a part is a reading of facts, no trouble."""
    return ()


def tell(measured: Roles) -> Text:
    """The balance of domains, who is for what and the combination to play; then what is planned."""
    said = _tell_venues(measured)
    return said if measured.plays is None else said + tell_plays(measured.plays)


def _tell_venues(measured: Roles) -> Text:
    domains = list_domains(measured.venues, measured.visitors)
    venues = measured.venues
    chat = float(venues.chat.sum() / venues.orders.sum())
    structured = words.STRUCTURED.fill(share=word_percent(1 - chat))
    role = _tell_roles(venues)
    if (venues.domain == "unknown").all():
        return words.ANSWER_UNPLACED.fill(n=word_number(len(venues)), role=role, structured=structured)
    public = domains[domains.domain == "public"]
    private = venues.private_gmv.sum() if measured.has_rule else venues.gmv[venues.domain == "own"].sum()
    said = words.ANSWER.fill(
        public=word_percent(public.gmv.sum() / venues.gmv.sum()),
        first=word_percent(public["first"].sum() / max(domains["first"].sum(), 1)),
        private=word_percent(private / venues.gmv.sum()),
        role=role,
        structured=structured,
    )
    best = measured.combinations[0]
    if best.lacking:
        return said + words.INCOMPLETE.fill(
            name=best.name, lacking=join_texts(words.PARTS[part] for part in best.lacking)
        )
    return said + words.COMBINATION.fill(name=best.name, share=word_percent(best.share))


def _tell_roles(venues: pd.DataFrame) -> Text:
    tail = venues[venues.role == "long_tail"].sort_values("rate", ascending=False)
    events = venues[venues.role.isin(["event", "event_entrance"])].sort_values("burst", ascending=False)
    names = {
        "tail": name_venue(tail.channel.iloc[0], is_live=bool(tail.is_live.iloc[0])) if len(tail) else NOTHING,
        "event": name_venue(events.channel.iloc[0], is_live=bool(events.is_live.iloc[0])) if len(events) else NOTHING,
    }
    if len(tail) and len(events):
        return words.ROLE_BOTH.fill(**names)
    if len(tail):
        return words.ROLE_BEST.fill(name=names["tail"])
    return words.ROLE_EVENT.fill(name=names["event"]) if len(events) else words.ROLE_NONE


def caveats(measured: Roles) -> tuple[Text, ...]:
    """That no rule decides what is private, or that contacts are missing."""
    said = [] if measured.has_rule else [words.NO_RULE]
    if measured.handoffs is None:
        said.append(words.NO_CONTACTS)
    return tuple(said)


def lacks(measured: Roles) -> Mapping[str, Text]:
    """The plays, where the calendar of events states none."""
    return {} if measured.plays else {PLANNED: NO_EVENTS}


def tabulate(measured: Roles) -> tuple[Exhibit, ...]:
    """Venues, domains, people handed on, combinations, and platforms by plays."""
    shown = tabulate_roles(measured.venues, measured.visitors, measured.handoffs, measured.combinations)
    return (*shown, tabulate_plays(measured.plays)) if measured.plays else shown


def draw(measured: Roles, language: Language) -> Figure:
    """The share of repeat orders by venue, and how bursty its days are; venues for events stand out."""
    shown = measured.venues[measured.venues.rate.notna()].head(MOST_ROWS).to_dict("records")
    figure = draw_bars(
        [name_venue(row["channel"], is_live=bool(row["is_live"])).word(language) for row in shown],
        [float(row["rate"]) for row in shown],
        [
            words.BURST.fill(share=word_percent(row["rate"]), burst=word_number(row["burst"], 2)).word(language)
            for row in shown
        ],
        axis_label=words.AXIS.word(language),
        marked=[place for place, row in enumerate(shown) if row["role"] in {"event", "event_entrance"}],
    )
    scale_share(figure.axes[0].xaxis)
    figure.axes[0].margins(x=0.35)
    return figure


LIMITS = (
    Limit(
        name="uneven",
        value=UNEVEN,
        reason=Text(
            zh="系数 1 表示日间起落与均值一样大：一半以上的订单靠少数日子",
            en="at 1 the ups and downs between days are as large as the mean: few days carry most orders",
        ),
    ),
)

# 29 days of February: every day the mini-program sells 10 orders to the same 10 customers, who bought in January;
# Douyin's live show sells 290 orders to new customers, all of them on the 10th. 10 x 29 of 580 are repeat orders.
# Planned: one promotion at Tmall and one at JD, a live show at Douyin; the store sells and holds nothing.
EXAMPLE_LINES = "\n".join(
    [
        "channel customer source ordered_at paid_amount",
        *(f"miniprogram m{i} - 2024-01-01 10" for i in range(10)),
        *(f"miniprogram m{i} - 2024-02-{day:02d} 10" for day in range(1, 30) for i in range(10)),
        *(f"douyin d{i} 直播 2024-02-10 10" for i in range(290)),
    ]
)

CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION.fill(uneven=word_number(UNEVEN, 1)),
    answers=("000-01", "001-39", "001-49", "001-50", "004-01", PLANNED),
    judges=(PLANNED,),
    finds=(),
    needs=(Need(table="order_lines"),),
    limits=LIMITS,
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    lacks=lacks,
    example=Example(
        tables={"order_lines": EXAMPLE_LINES},
        brief=Brief(
            answers={
                "events_calendar": (
                    {"event": "618", "type": "promo", "channel": "tmall"},
                    {"event": "618", "type": "promo", "channel": "jd"},
                    {"event": "周末直播", "type": "live", "channel": "douyin"},
                ),
                "main_channels": ({"channel": "tmall"}, {"channel": "store"}),
            }
        ),
        says="长尾靠小程序，活动靠抖音（直播）；有序订单占 100.0%。建议组合：内容种草 + 企业微信 + 小程序，"
        "还差企业微信好友。计划的 3 次活动分布在 3 个平台、2 种玩法上；玩法相同的平台有京东、天猫；"
        "有销售却一次没排的是线下门店",
    ),
    place=15,
)
