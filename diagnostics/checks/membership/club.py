"""Whether the private domain is a club of the best members, and what its points, benefits and bridges look like."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_share
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.checks.membership import _club_words as say
from diagnostics.metrics.club import count_club, total_points
from diagnostics.metrics.lines import value_lines, within
from diagnostics.metrics.reach import count_assets, list_reachable
from diagnostics.model.brief import Brief
from diagnostics.model.names import name_channel
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import (
    NOTHING,
    Text,
    name_verbatim,
    shorten,
    word_money,
    word_number,
    word_percent,
)
from diagnostics.statistics.proportions import wilson

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.brief import Row
    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

FIFTH = 0.2
LEAST = 30
MOST_ROWS = 15
LONGEST = 18
BURN = re.compile(r"(\d+(?:\.\d+)?)\s*(?:积分|分|points)\D{0,6}?(\d+(?:\.\d+)?)\s*(?:元|yuan|cny)", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Club:
    """Top customers in the pool, members in it, points by channel, and what the sheet says of benefits and bridges."""

    reached: int
    top: int
    reached_top: int
    members: int | None
    members_reached: int | None
    points: pd.DataFrame
    rates: Mapping[str, float]
    benefits: tuple[Row, ...]
    bridges: tuple[Row, ...]
    rule: str
    currency: str

    @property
    def interval(self) -> tuple[float, float]:
        """The interval of the share of top customers in the pool."""
        low, high = wilson(self.reached_top, self.reached)
        return float(low), float(high)

    @property
    def verdict(self) -> str:
        """Against the fifth that an open door would bring."""
        low, high = self.interval
        return "reserved" if low > FIFTH else "diluted" if high < FIFTH else "open"

    @property
    def worth(self) -> float | None:
        """What the points held are worth where every channel's rule can be read."""
        if self.points.empty or not set(self.points.channel) <= set(self.rates):
            return None
        return sum(points * self.rates[channel] for channel, points in zip(*self._held, strict=True))

    @property
    def _held(self) -> tuple[list[str], list[float]]:
        return [str(channel) for channel in self.points.channel], [float(points) for points in self.points.points]


def read_rate(rule: str) -> float | None:
    """What a point is worth by a burning rule; `None` where it does not say so many points for so much money.

    >>> read_rate("100分抵1元"), read_rate("兑换礼品")
    (0.01, None)
    """
    found = BURN.search(rule)
    return float(found[2]) / float(found[1]) if found and float(found[1]) else None


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for top customers in the pool, members in it, and points."""
    engagement = tables.engagement
    lines = within(value_lines(tables["order_lines"], engagement.gmv_basis), engagement.horizon.current)
    reachable = tables.share(list_reachable(tables["contacts"], engagement.horizon.as_of))
    asked = {"assets": count_assets(lines, reachable)}
    if tables.has("customers", "customer", "is_member"):
        asked["club"] = count_club(tables["customers"], reachable)
    if tables.has("customers", "points"):
        asked["points"] = total_points(tables["customers"])
    return asked


def measure(replies: Replies) -> Club | NotComputable:
    """Put the pool beside the best customers and read the sheet."""
    assets, brief = replies["assets"].iloc[0].fillna(0), replies.engagement.brief
    if assets.reached < LEAST:
        return NotComputable(reason=say.TOO_FEW.fill(n=word_number(LEAST)))
    club = replies["club"].iloc[0].fillna(0) if "club" in replies else None
    points = replies.frames.get("points", pd.DataFrame(columns=["channel", "known", "holders", "points"]))
    rules = {str(row.get("channel")): read_rate(str(row.get("burn") or "")) for row in brief.rows("points_rules")}
    return Club(
        reached=int(assets.reached),
        top=int(assets.top),
        reached_top=int(assets.reached_top),
        members=None if club is None else int(club.members),
        members_reached=None if club is None else int(club.reached),
        points=points[points.holders > 0].sort_values("points", ascending=False, ignore_index=True),
        rates={channel: rate for channel, rate in rules.items() if rate is not None},
        benefits=brief.rows("benefits"),
        bridges=brief.rows("bridge_status"),
        rule=(brief.text("high_value_rule") or "").strip(),
        currency=replies.engagement.currency,
    )


def judge(_measured: Club, _limits: Limits) -> tuple[Finding, ...]:
    """Nothing: an open private domain is a choice, which the positioning settles."""
    return ()


def tell(measured: Club) -> Text:
    """How many of the best are in the pool, and what points are held."""
    said = say.ANSWER.fill(
        share=word_percent(measured.reached_top / measured.reached),
        reached_top=word_number(measured.reached_top),
        reached=word_number(measured.reached),
        cover=word_percent(measured.reached_top / measured.top if measured.top else None),
    )
    said += say.VERDICTS[measured.verdict]
    if measured.points.empty:
        return said
    worth = say.WORTH.fill(money=word_money(measured.worth, measured.currency)) if measured.worth else NOTHING
    return said + say.POINTS.fill(
        holders=word_number(measured.points.holders.sum()),
        points=word_number(measured.points.points.sum()),
        worth=worth,
    )


def caveats(measured: Club) -> tuple[Text, ...]:
    """The client's own rule, and the logs that would tell what points and gifts do."""
    rule = (say.RULE.fill(rule=name_verbatim(shorten(measured.rule))),) if measured.rule else ()
    return (*rule, say.NO_LEDGER, say.NO_USE)


def tabulate(measured: Club) -> tuple[Exhibit, ...]:
    """Who is in; points by channel; benefits of the club; bridges by brand."""
    shown = [_show_pool(measured)]
    if not measured.points.empty:
        shown.append(_show_points(measured))
    if measured.benefits:
        shown.append(_show_benefits(measured))
    if measured.bridges:
        shown.append(_show_bridges(measured))
    return tuple(shown)


def _show_pool(measured: Club) -> Exhibit:
    low, high = measured.interval
    rows: list[dict[str, object]] = [
        {
            "group": Text(zh="私域买家中的高价值客户", en="Top customers among buyers in the pool"),
            "n": measured.reached,
            "inside": measured.reached_top,
            "share": measured.reached_top / measured.reached,
            "low": low,
            "high": high,
        }
    ]
    pairs = (
        (Text(zh="高价值客户中已进私域", en="Top customers who are in"), measured.top, measured.reached_top),
        (Text(zh="会员中已进私域", en="Members who are in"), measured.members, measured.members_reached),
    )
    for name, n, inside in pairs:
        if n and inside is not None:
            low, high = (float(end) for end in wilson(inside, n))
            rows.append({"group": name, "n": n, "inside": inside, "share": inside / n, "low": low, "high": high})
    fields = (
        Field(name="group", label=Text(zh="看谁", en="Who")),
        Field(name="n", label=Text(zh="人数", en="People"), unit="count"),
        Field(name="inside", label=Text(zh="其中", en="Of these"), unit="count"),
        Field(name="share", label=Text(zh="占比", en="Share"), unit="share"),
        Field(name="low", label=Text(zh="区间下限", en="Interval, low"), unit="share"),
        Field(name="high", label=Text(zh="区间上限", en="Interval, high"), unit="share"),
    )
    title = Text(zh="私域的门槛：谁在里面", en="The threshold: who is in the private domain")
    return Exhibit(name="pool", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))


def _show_points(measured: Club) -> Exhibit:
    worth = [
        points * measured.rates[channel] if channel in measured.rates else None
        for channel, points in zip(measured.points.channel, measured.points.points, strict=True)
    ]
    frame = measured.points.assign(worth=pd.Series(worth, dtype=object))
    fields = (
        Field(name="channel", label=Text(zh="渠道", en="Channel"), unit="channel"),
        Field(name="known", label=Text(zh="有积分账户", en="With an account"), unit="count"),
        Field(name="holders", label=Text(zh="持有积分", en="Holding points"), unit="count"),
        Field(name="points", label=Text(zh="积分余额", en="Points held"), unit="count"),
        Field(name="worth", label=Text(zh="按规则折合", en="Worth by the rule"), unit="money"),
    )
    title = Text(zh="未使用的积分", en="Points not used yet")
    return Exhibit(name="points", title=title, fields=fields, frame=frame)


def _find_kind(benefit: str) -> Text:
    lowered = benefit.lower()
    return next(
        (name for name, words in say.KINDS.values() if any(word in lowered for word in words)), say.KINDS["other"][0]
    )


def _show_benefits(measured: Club) -> Exhibit:
    rows = [
        {
            "benefit": name_verbatim(shorten(str(row.get("benefit") or ""), LONGEST)),
            "kind": _find_kind(str(row.get("benefit") or "")),
            "channel": str(row.get("channel") or ""),
            "open": say.PRIVATE if row.get("private_only") is True else say.ALL,
            "cost": row.get("cost"),
        }
        for row in sorted(measured.benefits, key=lambda row: row.get("private_only") is not True)[:MOST_ROWS]
    ]
    fields = (
        Field(name="benefit", label=Text(zh="权益", en="Benefit")),
        Field(name="kind", label=Text(zh="类型", en="Kind")),
        Field(name="channel", label=Text(zh="渠道", en="Channel"), unit="channel"),
        Field(name="open", label=Text(zh="给谁", en="Open to")),
        Field(name="cost", label=Text(zh="单人成本", en="Cost a member"), unit="price"),
    )
    title = Text(zh="俱乐部的权益（私域专享在前）", en="Benefits of the club, private ones first")
    return Exhibit(name="benefits", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))


def _show_bridges(measured: Club) -> Exhibit:
    rows = [
        {
            "brand": name_verbatim(shorten(str(row.get("brand") or ""), LONGEST))
            if row.get("brand")
            else say.NOT_STATED,
            "channel": name_channel(str(row.get("channel") or "")),
            "status": say.STATUS.get(str(row.get("status")), say.NOT_STATED),
        }
        for row in sorted(measured.bridges, key=lambda row: str(row.get("brand") or ""))[:MOST_ROWS]
    ]
    fields = (
        Field(name="brand", label=Text(zh="品牌", en="Brand")),
        Field(name="channel", label=Text(zh="渠道", en="Channel")),
        Field(name="status", label=Text(zh="会员打通", en="Bridge of members")),
    )
    title = Text(zh="各品牌的会员打通", en="Bridges of members by brand")
    return Exhibit(name="bridges", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))


def draw(measured: Club, language: Language) -> Figure:
    """The share of top customers in the pool beside an open door."""
    low, high = measured.interval
    share = measured.reached_top / measured.reached
    cover = measured.reached_top / measured.top if measured.top else 0.0
    low_cover, high_cover = (float(end) for end in wilson(measured.reached_top, measured.top or 1))
    names = (
        Text(zh="私域里的高价值占比", en="Top share of the pool"),
        Text(zh="高价值客户入私域", en="Top customers in"),
    )
    figure = draw_bars(
        [name.word(language) for name in names],
        [share, cover],
        [word_percent(value).word(language) for value in (share, cover)],
        low=[low, low_cover],
        high=[high, high_cover],
        axis_label=Text(zh="占比（95% 区间）", en="Share (95% interval)").word(language),
        reference=FIFTH,
        reference_label=Text(zh="不设门槛", en="an open door").word(language),
    )
    scale_share(figure.axes[0].xaxis)
    return figure


# 200 buyers, the first 40 of whom spend 500 and the others 100; the 40 and 20 others are contacts: 40 of 60 are top
# customers (66.7%, interval from 54%). 1,000 points at 100 for 1 are worth 10.
CHECK = Check(
    question=say.QUESTION,
    definition=say.DEFINITION,
    answers=("001-61", "002-25", "002-26", "002-47", "002-49"),
    finds=(),
    needs=(Need(table="order_lines", columns=("customer",)), Need(table="contacts", columns=("customer",))),
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
            "order_lines": "\n".join(
                [
                    "customer ordered_at paid_amount",
                    "z 2024-01-01 1",
                    *(f"c{i:03d} 2024-02-{1 + i % 28:02d} {500 if i < 40 else 100}" for i in range(200)),  # noqa: PLR2004 - the fifth
                ]
            ),
            "contacts": "\n".join(["contact customer added_at", *(f"k{i} c{i:03d} 2024-01-15" for i in range(60))]),
            "customers": (
                "customer channel is_member points\nc001 tmall true 600\nc002 tmall true 400\nc199 tmall true 0"
            ),
        },
        says="66.7% 是高价值客户（40 / 60，不设门槛时约 20%）；高价值客户有 100.0% 进了私域。私域确实更集中高价值客户。"
        "2 人手里有 1,000 积分未用，按规则约值 10元",
        brief=Brief(answers={"points_rules": ({"channel": "tmall", "earn": "1元1分", "burn": "100分抵1元"},)}),
    ),
    place=60,
)
