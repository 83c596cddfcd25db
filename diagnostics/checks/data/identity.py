"""How many people stand behind the customers, by which keys they are known, and how sure that is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.data import _identity_words as words
from diagnostics.checks.data._channel_pairs import Pair, compare_channels, describe_channels
from diagnostics.checks.data._identity_tables import draw_identity, tabulate_identity
from diagnostics.checks.known_people import BUYERS, ERROR, NO_COMMON_KEY, ask_identity, word_bounds
from diagnostics.metrics.identity import count_shared
from diagnostics.metrics.lines import value_lines, within
from diagnostics.model.basis import Basis
from diagnostics.model.finding import Evidence, Finding, Validation
from diagnostics.model.links import REASON_WORDS
from diagnostics.model.names import name_channel
from diagnostics.model.section import Exhibit, Need, NotComputable
from diagnostics.model.wording import Text, word_number, word_percent
from diagnostics.statistics.overlap_bounds import Base, bound_crossing, bound_people, read_base

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import ibis.expr.types as ir
    import pandas as pd
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
JOINED = "+"
LEAST_BUYERS = 100


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
        return NotComputable(reason=words.NO_BUYERS)
    return Identity(
        base=base,
        channels=describe_channels(kinds),
        pairs=compare_channels(kinds, replies["shared"]),
        links=replies.engagement.account.links,
    )


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
        title=words.TITLE.fill(first=first, second=second, range=word_bounds(pair.overlap)),
        cause=words.CAUSE.fill(
            share=word_percent(pair.overlap.computed_on),
            matched=word_number(pair.matched),
        ),
        action=words.ACTION,
        owner_role="member",
        validation=Validation(metric="overlap_bounds", direction="down", window_days=60),
        stop_rule=words.STOP,
        # The kinds of key are counted, not estimated.
        confidence=0.9,
        impact_reason=words.NO_MONEY,
        severity="low",
        evidence=(Evidence(table="pairs", n=pair.buyers, value=pair.overlap.width),),
    )


def tell(measured: Identity) -> Text:
    """People, those of several channels, and on whom it was computed."""
    base = measured.base
    people, crossing = bound_people(base, ERROR), bound_crossing(base, ERROR)
    said = words.ANSWER.fill(
        known=word_number(base.known),
        low=word_number(people.low),
        high=word_number(people.high),
        share=word_percent(base.comparable),
    )
    if len(base.channels) < 2:  # noqa: PLR2004 - one channel has nothing to overlap with
        return said
    if not base.comparable and not base.crossing:
        return said + words.NOT_CROSSING.fill(basis=Basis(share=0.0, of=BUYERS, why=NO_COMMON_KEY).word())
    return said + words.CROSSING.fill(low=word_number(crossing.low), high=word_number(crossing.high))


def caveats(measured: Identity) -> tuple[Text, ...]:
    """What was cut, and what carries no key."""
    cuts: Counter[str] = Counter()
    for link in measured.links:
        cuts[link.reason] += link.links
    said = [
        words.CUT.fill(links=word_number(cuts[reason]), reason=why)
        for reason, why in REASON_WORDS.items()
        if cuts[reason]
    ]
    if measured.base.hidden:
        said.append(words.HIDDEN.fill(n=word_number(measured.base.hidden)))
    return tuple(said)


def tabulate(measured: Identity) -> tuple[Exhibit, ...]:
    """Channels by who can be compared, pairs with their bounds, and the evidence."""
    return tabulate_identity(measured)


def draw(measured: Identity, language: Language) -> Figure:
    """The share of each channel's buyers whom other channels can recognise."""
    return draw_identity(measured, language)


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
