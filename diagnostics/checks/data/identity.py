"""How many people stand behind the customers, by which keys they are known, and how sure that is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_share
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.known_people import BUYERS, ERROR, NO_COMMON_KEY, ask_identity, word_bounds
from diagnostics.metrics.identity import count_shared
from diagnostics.metrics.lines import value_lines, within
from diagnostics.model.basis import Basis
from diagnostics.model.finding import Evidence, Finding, Validation
from diagnostics.model.identity import meets
from diagnostics.model.links import EVIDENCE_NAMES, REASON_WORDS
from diagnostics.model.names import name_channel
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import Text, word_number, word_percent
from diagnostics.statistics.overlap_bounds import (
    Base,
    Bounds,
    bound_crossing,
    bound_overlap,
    bound_people,
    read_base,
    read_kinds,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.account import LinkCount
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(
    zh="这些客户背后有多少人？凭什么认定，有多确定？",
    en="How many people stand behind these customers, and how sure is it?",
)
DEFINITION = Text(
    zh="同一人 = 由手机号、unionid、统一会员号或客户提供的账号对应表相连的键（键控哈希）；连得过多的键（门店电话、"
    "员工手机、送礼收件人）已剪断。可比对 = 持有可跨渠道识别的键。下限 = 已认出者；上限 = 再加上所有键无法比对、"
    "因而不能排除是同一人的配对（Fréchet 型）；两端各留 5% 给错连与漏连。"
    "计算依据 = 两侧可比对份额中较低者。估计值假定无法比对者的重合与可比对者相同。",
    en="One person = keys (keyed hashes) tied by phone, unionid, shared member id or the client's list of accounts; "
    "keys that tie too many (a store's or clerk's phone, recipients of presents) are cut. Comparable = known by a key "
    "that other channels can recognise. Lower bound = those recognised; upper = these and every pair whose keys can't "
    "be compared, so that they may be one person (Fréchet type); both leave 5% for wrong and missed links. Basis = the "
    "lower of both sides' comparable shares. The "
    "estimate assumes that those who can't be compared overlap as often as those who can.",
)
NO_BUYERS = Text(zh="没有能识别客户的订单", en="no order has a known customer")
ANSWER = Text(
    zh="本期 {known} 位已识别买家背后有 {low} 至 {high} 人；{share} 的买家持有可跨渠道比对的键。",
    en="Between {low} and {high} people stand behind the {known} known buyers of the period; {share} of the buyers are "
    "known by a key that channels can compare.",
)
CROSSING = Text(
    zh="在两个及以上渠道购买的至少 {low} 人，至多 {high} 人。",
    en="At least {low} and at most {high} of them bought in two channels or more.",
)
NOT_CROSSING = Text(zh="跨渠道重合{basis}。", en="Overlap of channels is {basis}.")
TITLE = Text(
    zh="{first}与{second}的买家重合只知道在 {range} 之间",
    en="The overlap of {first} and {second} buyers is known only to lie within {range}",
)
CAUSE = Text(
    zh="两个渠道的买家里，较少的一方只有 {share} 持有能与对方比对的键（已认出 {matched} 人）；"
    "跨渠道的客户价值、复购和迁移因此都只有区间。",
    en="Of one of the two only {share} of buyers are known by a key that the other can compare ({matched} recognised), "
    "so that customer value, repeat buying and migration across the two are known within bounds only.",
)
ACTION = Text(
    zh="打通两端会员：申请平台会员通，或在包裹卡、会员注册时以权益换取手机号与微信授权（unionid）；由客户侧带密钥哈希后提供，"
    "按周看可比对份额。",
    en="Bridge the two memberships: the platform's member link, or a benefit for phone and WeChat consent (unionid) on "
    "the parcel card and at sign-up; let the client hash with a key before hand-over and follow the comparable share "
    "by week.",
)
STOP = Text(
    zh="两个月后可比对份额未提高 10 个百分点，则停止该入口，改换权益或触点。",
    en="Stop this entrance if the comparable share is not up by 10 points after two months; change the benefit or the "
    "touchpoint.",
)
NO_MONEY = Text(
    zh="认不出人本身没有金额，它决定其他结论能有多准",
    en="not knowing has no size in money; it limits what others can say",
)
CUT = Text(zh="剪断 {links} 条连接：{reason}。", en="Links cut: {links} ({reason}).")
HIDDEN = Text(
    zh="另有 {n} 个订单没有任何客户标识，未计入人数。",
    en="Besides, {n} orders carry no customer key and are not counted.",
)
BOTH_BUYERS = Text(zh="买家（取两侧较低者）", en="buyers (the lower of both sides)")
KEPT = Text(zh="保留", en="kept")
JOINED = "+"
MOST_ROWS = 15
LEAST_BUYERS = 100


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two channels, the smaller one first, and the share of its buyers who also bought in the other."""

    first: str
    second: str
    buyers: int
    matched: int
    overlap: Bounds

    @property
    def basis(self) -> Basis:
        """On which of the smaller channel's buyers the overlap was computed."""
        return Basis(share=self.overlap.computed_on, of=BOTH_BUYERS, why=NO_COMMON_KEY)


@dataclass(frozen=True, kw_only=True)
class Identity:
    """Kinds of key by channel, bounds over all and for each pair, and the evidence as intake counted it."""

    base: Base
    channels: pd.DataFrame
    pairs: Sequence[Pair]
    links: Sequence[LinkCount]


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask by which kinds of key the buyers of the current period are known, and whom channels share."""
    lines = within(value_lines(tables["order_lines"], tables.engagement.gmv_basis), tables.engagement.horizon.current)
    return {"kinds": ask_identity(lines), "shared": count_shared(lines)}


def measure(replies: Replies) -> Identity | NotComputable:
    """Bound the number of people, those of several channels, and the overlap of each pair."""
    kinds = replies["kinds"]
    base = read_base(kinds)
    if not base.known:
        return NotComputable(reason=NO_BUYERS)
    return Identity(
        base=base,
        channels=_describe_channels(kinds),
        pairs=_compare(kinds, replies["shared"]),
        links=replies.engagement.account.links,
    )


def _describe_channels(kinds: pd.DataFrame) -> pd.DataFrame:
    """One row a channel, most buyers first: buyers, comparable, share, hidden."""
    known = kinds[kinds.part == "channel"]
    comparable = known[[meets(kind) for kind in known.kind]]
    frame = pd.DataFrame(
        {
            "buyers": known.groupby("channel").n.sum(),
            "comparable": comparable.groupby("channel").n.sum(),
            "hidden": kinds[kinds.part == "hidden"].groupby("channel").n.sum(),
        }
    )
    frame = frame.fillna(0).rename_axis("channel").reset_index()
    frame["share"] = frame.comparable / frame.buyers.where(frame.buyers > 0)
    return frame.sort_values(["buyers", "channel"], ascending=[False, True], ignore_index=True)


def _compare(kinds: pd.DataFrame, shared: pd.DataFrame) -> tuple[Pair, ...]:
    known = {str(at): read_kinds(of) for at, of in kinds[kinds.part == "channel"].groupby("channel")}
    both = {pair: read_kinds(of) for pair, of in shared.groupby(["first", "second"])}
    pairs = []
    for names in combinations(sorted(known), 2):
        first, second = sorted(names, key=lambda name: (sum(known[name].values()), name))
        matched = both.get(names, {})
        buyers = sum(known[first].values())
        overlap = bound_overlap(known[first], known[second], matched, error=ERROR).over(buyers)
        pairs.append(Pair(first=first, second=second, buyers=buyers, matched=sum(matched.values()), overlap=overlap))
    return tuple(sorted(pairs, key=lambda pair: (-pair.buyers, pair.first, pair.second)))


def judge(measured: Identity, limits: Limits) -> tuple[Finding, ...]:
    """Raise the largest pairs of which most can't be compared and little is known."""
    vague = [
        pair
        for pair in measured.pairs
        if pair.buyers >= LEAST_BUYERS
        and pair.overlap.computed_on < limits["comparable"]
        and pair.overlap.width > limits["width"]
    ]
    return tuple(_find(pair) for pair in vague[: int(limits["most_pairs"])])


def _find(pair: Pair) -> Finding:
    first, second = name_channel(pair.first), name_channel(pair.second)
    return Finding(
        code="people.unbridged_members",
        scope={"channel": JOINED.join(sorted((pair.first, pair.second)))},
        title=TITLE.fill(first=first, second=second, range=word_bounds(pair.overlap)),
        cause=CAUSE.fill(
            share=word_percent(pair.overlap.computed_on),
            matched=word_number(pair.matched),
        ),
        action=ACTION,
        owner_role="member",
        validation=Validation(metric="overlap_bounds", direction="down", window_days=60),
        stop_rule=STOP,
        # The kinds of key are counted, not estimated.
        confidence=0.9,
        impact_reason=NO_MONEY,
        severity="low",
        evidence=(Evidence(table="pairs", n=pair.buyers, value=pair.overlap.width),),
    )


def tell(measured: Identity) -> Text:
    """People, those of several channels, and on whom it was computed."""
    base = measured.base
    people, crossing = bound_people(base, ERROR), bound_crossing(base, ERROR)
    said = ANSWER.fill(
        known=word_number(base.known),
        low=word_number(people.low),
        high=word_number(people.high),
        share=word_percent(base.comparable),
    )
    if len(base.channels) < 2:  # noqa: PLR2004 - one channel has nothing to overlap with
        return said
    if not base.comparable and not base.crossing:
        return said + NOT_CROSSING.fill(basis=Basis(share=0.0, of=BUYERS, why=NO_COMMON_KEY).word())
    return said + CROSSING.fill(low=word_number(crossing.low), high=word_number(crossing.high))


def caveats(measured: Identity) -> tuple[Text, ...]:
    """What was cut, and what carries no key."""
    cuts: Counter[str] = Counter()
    for link in measured.links:
        cuts[link.reason] += link.links
    said = [
        CUT.fill(links=word_number(cuts[reason]), reason=words)
        for reason, words in REASON_WORDS.items()
        if cuts[reason]
    ]
    if measured.base.hidden:
        said.append(HIDDEN.fill(n=word_number(measured.base.hidden)))
    return tuple(said)


def tabulate(measured: Identity) -> tuple[Exhibit, ...]:
    """Channels by who can be compared, pairs with their bounds, and the evidence."""
    exhibits = [_show_channels(measured.channels)]
    if measured.pairs:
        exhibits.append(_show_pairs(measured.pairs[:MOST_ROWS]))
    if measured.links:
        exhibits.append(_show_evidence(measured.links))
    return tuple(exhibits)


def _show_channels(channels: pd.DataFrame) -> Exhibit:
    fields = (
        Field(name="channel", label=Text(zh="渠道", en="Channel"), unit="channel"),
        Field(name="buyers", label=Text(zh="已识别买家", en="Known buyers"), unit="count"),
        Field(name="comparable", label=Text(zh="可跨渠道比对", en="Comparable"), unit="count"),
        Field(name="share", label=Text(zh="占买家", en="Share"), unit="share"),
        Field(name="hidden", label=Text(zh="无标识订单", en="Orders without a key"), unit="count"),
    )
    title = Text(zh="各渠道的买家能否跨渠道认出", en="Buyers whom other channels can recognise")
    return Exhibit(name="channels", title=title, fields=fields, frame=channels)


def _show_pairs(pairs: Sequence[Pair]) -> Exhibit:
    rows = [
        {
            "first": pair.first,
            "second": pair.second,
            "buyers": pair.buyers,
            "matched": pair.matched,
            "low": pair.overlap.low,
            "point": pair.overlap.point,
            "high": pair.overlap.high,
            "basis": pair.basis.word(),
        }
        for pair in pairs
    ]
    fields = (
        Field(name="first", label=Text(zh="渠道（较小）", en="Channel (smaller)"), unit="channel"),
        Field(name="second", label=Text(zh="另一渠道", en="Other channel"), unit="channel"),
        Field(name="buyers", label=Text(zh="前者买家", en="Buyers of the first"), unit="count"),
        Field(name="matched", label=Text(zh="已认出", en="Recognised"), unit="count"),
        Field(name="low", label=Text(zh="重合下限", en="Overlap, at least"), unit="share"),
        Field(name="point", label=Text(zh="估计", en="Estimate"), unit="share"),
        Field(name="high", label=Text(zh="重合上限", en="Overlap, at most"), unit="share"),
        Field(name="basis", label=Text(zh="计算依据", en="Basis")),
    )
    title = Text(zh="渠道两两重合（占较小渠道买家）", en="Overlap of channels, of the smaller one's buyers")
    return Exhibit(name="pairs", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))


def _show_evidence(links: Sequence[LinkCount]) -> Exhibit:
    rows = [
        {
            "kind": EVIDENCE_NAMES[link.kind],
            "fate": REASON_WORDS[link.reason] if link.reason else KEPT,
            "links": link.links,
            "rows": link.rows,
        }
        for link in links
    ]
    fields = (
        Field(name="kind", label=Text(zh="依据", en="Evidence")),
        Field(name="fate", label=Text(zh="保留，或剪断原因", en="Kept, or why it was cut")),
        Field(name="links", label=Text(zh="连接数", en="Links"), unit="count"),
        Field(name="rows", label=Text(zh="订单或行数", en="Orders or rows"), unit="count"),
    )
    title = Text(zh="连接的依据与剪断", en="Evidence of the links, and what was cut")
    return Exhibit(name="evidence", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))


def draw(measured: Identity, language: Language) -> Figure:
    """The share of each channel's buyers whom other channels can recognise."""
    shown = measured.channels[measured.channels.buyers > 0].head(MOST_ROWS)
    words = [
        f"{word_percent(share).en}  n={word_number(buyers).en}"
        for share, buyers in zip(shown.share.tolist(), shown.buyers.tolist(), strict=True)
    ]
    figure = draw_bars(
        [name_channel(str(channel)).word(language) for channel in shown.channel],
        shown.share.tolist(),
        words,
        axis_label=Text(
            zh="持有可跨渠道比对之键的买家占比", en="Share of buyers known by a key that channels can compare"
        ).word(language),
        marked=[place for place, share in enumerate(shown.share) if share == 0],
    )
    axes = figure.axes[0]
    axes.set_xlim(0, 1.35)
    scale_share(axes.xaxis)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1])
    return figure


# 120 buyers a channel; all of youzan's and 20 of tmall's are known by phone, and these 20 are the same people. Tmall's
# other 100 may be any of youzan's other 100: 19 (20 less 5 %) to 120 of 120. At least 114 people: youzan's, less 5 %.
EXAMPLE_LINES = "\n".join(
    [
        "customer channel ordered_at paid_amount",
        *(f"P-{i} youzan 2024-01-{day} 100" for i in range(120) for day in ("02", "28")),
        *(f"P-{i} tmall 2024-01-28 100" for i in range(20)),
        *(f"A-{i} tmall 2024-01-28 100" for i in range(100)),
    ]
)

CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("002-08", "004-26"),
    finds=("people.unbridged_members",),
    needs=(Need(table="order_lines", columns=("customer",)),),
    limits=(
        Limit(
            name="comparable",
            value=0.5,
            reason=Text(
                zh="过半买家无法比对时，跨渠道的数字更多是推测",
                en="with more than half not comparable, figures across channels are more guess than count",
            ),
        ),
        Limit(
            name="width",
            value=0.3,
            reason=Text(
                zh="上下限相差 30 个百分点以上，已分不清“很少重合”与“多数重合”",
                en="bounds 30 points apart no longer tell little overlap from much",
            ),
        ),
        Limit(
            name="most_pairs",
            value=1,
            reason=Text(
                zh="打通一次通常解决多个渠道组合，只提最大的一个，其余见表",
                en="one bridge usually mends several pairs: the largest is raised, the table has the others",
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
        tables={"order_lines": EXAMPLE_LINES},
        says="114 至 221",
        finds=(("people.unbridged_members", {"channel": "tmall+youzan"}),),
    ),
    place=40,
)
