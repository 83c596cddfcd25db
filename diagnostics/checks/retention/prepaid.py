"""Whether customers pay ahead, by deposits and by stored value, and whether those who did buy more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.checks.retention._deposits import (
    NO_DEPOSITS,
    NO_TOUCHES,
    Deposits,
    ask_deposits,
    draw_deposits,
    read_deposits,
    tabulate_deposits,
    tell_deposits,
)
from diagnostics.checks.retention._stored_value import (
    CONTRADICTION,
    NO_BALANCES,
    NOT_ANSWERED,
    Stored,
    ask_stored,
    draw_stored,
    read_stored,
    tabulate_stored,
    tell_stored,
)
from diagnostics.metrics.deposits import FOLLOWED_DAYS, LANDMARK_DAYS
from diagnostics.model.brief import Brief
from diagnostics.model.section import Exhibit, Need, NotComputable
from diagnostics.model.wording import NOTHING, Text, word_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

DEPOSITS, STORED = "004-37", "000-49"
QUESTION = Text(
    zh="客户愿意先付钱吗：付了定金的有多少成交，存了钱的来得更勤、买得更多吗？",
    en="Do customers pay ahead: how many deposits become orders, and do those who leave money in advance come more "
    "often and buy more?",
)
DEFINITION = Text(
    zh="定金 = 行为日志里写着定金、订金、预约金或预售的第一次记录；成交 = 之后 {days} 天内下过单，只算已满 {days} "
    "天的定金。跟进 = 付定金后 {landmark} 天内有过触达，只在那时还没下单的人之间比较（很快下单的人来不及被跟进；"
    "差别的区间：Newcombe 95%）。"
    "储值先看需求表有没有，再看会员名单的余额：到店次数 = 本期有购买的天数；与余额为零的会员比，两边都只在名单里、"
    "都算本期没来的人。名单只有导出当天的余额：充值次数、金额和到期要充值流水才看得见。"
    "跟进谁不是随机的，爱来的人也更愿意存钱：两种差别都只是相关。",
    en="A deposit is the customer's first action in the log that speaks of one; it converts with an order within "
    "{days} days, and only deposits {days} days old count. Followed up = touched within {landmark} days of the "
    "deposit, compared among those who had not ordered by then (who orders at once leaves no time to be followed "
    "up); the difference has a Newcombe interval, 95%. Stored value: first whether the sheet states it, then the "
    "balances of the member list. Visits = days with a purchase in the period, beside members without a balance; "
    "both sides count those who did not come. The list holds the balance on the day of the export only; recharges, "
    "their size and expiry need the log of recharges. Who is followed up is not drawn by lot, and keen customers "
    "are keener to leave money: both differences are associations.",
)
NEITHER = Text(
    zh="没有已满 {days} 天的定金记录；储值方面，需求表没有回答，或说有储值而会员名单没有余额",
    en="no deposit that is {days} days old is on record; on stored value the sheet is silent, or states it while no "
    "member holds a balance",
)
UNLOCK = Text(
    zh="定金或预约记录（客户、时间、种类），作为行为日志交付；需求表的「储值/充值」；会员储值余额与充值流水（会员、时间、金额）",
    en="deposits or bookings by customer, time and kind, delivered as a log of actions; the sheet's “Stored value”; "
    "balances of members and the log of recharges",
)


@dataclass(frozen=True, kw_only=True)
class Prepaid:
    """What became of deposits, and who holds stored value; one may be unknown. `is_stated` is the sheet's answer."""

    deposits: Deposits | None
    stored: Stored | None
    is_stated: bool | None


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for deposits by whether they were followed up, and for balances and visits of members."""
    return ask_deposits(tables) | ask_stored(tables)


def measure(replies: Replies) -> Prepaid | NotComputable:
    """Read deposits, and lay members with a balance beside the others; either may be missing, not both."""
    is_stated = replies.engagement.brief.flag("stored_value")
    deposits, stored = read_deposits(replies), read_stored(replies, is_stated=is_stated)
    if deposits is None and stored is None:
        return NotComputable(reason=NEITHER.fill(days=word_number(FOLLOWED_DAYS)), unlocked_by=UNLOCK)
    return Prepaid(deposits=deposits, stored=stored, is_stated=is_stated)


def judge(_measured: Prepaid, _limits: Limits) -> tuple[Finding, ...]:
    """Nothing: no other deposit of the client could be compared with, and not offering stored value is no trouble."""
    return ()


def tell(measured: Prepaid) -> Text:
    """The share of deposits that converts and what goes with a follow-up, then how holders of stored value buy."""
    deposits = NOTHING if measured.deposits is None else tell_deposits(measured.deposits)
    return deposits if measured.stored is None else deposits + tell_stored(measured.stored)


def caveats(measured: Prepaid) -> tuple[Text, ...]:
    """That following up can't be told, and that sheet and list contradict each other."""
    said = [NO_TOUCHES] if measured.deposits is not None and not measured.deposits.sides else []
    disagree = measured.stored is not None and measured.stored.has_balances and not measured.is_stated
    return (*said, CONTRADICTION) if disagree else tuple(said)


def lacks(measured: Prepaid) -> Mapping[str, Text]:
    """Deposits without a log of them; stored value without the sheet's answer, or without the balances it speaks of."""
    deposits = {DEPOSITS: NO_DEPOSITS} if measured.deposits is None else {}
    stored = NO_BALANCES if measured.is_stated else NOT_ANSWERED
    return deposits | {STORED: stored} if measured.stored is None else deposits


def tabulate(measured: Prepaid) -> tuple[Exhibit, ...]:
    """From deposit to order; members with and without a balance."""
    deposits = () if measured.deposits is None else (tabulate_deposits(measured.deposits),)
    return deposits if measured.stored is None else (*deposits, tabulate_stored(measured.stored))


def draw(measured: Prepaid, language: Language) -> Figure:
    """The share of deposits that converts; without deposits, days with a purchase by stored value."""
    return next(_draw_known(measured, language))


def _draw_known(measured: Prepaid, language: Language) -> Iterator[Figure]:
    if measured.deposits is not None:
        yield draw_deposits(measured.deposits, language)
    if measured.stored is not None:
        yield draw_stored(measured.stored, language)


# Four deposits on 1 January; a and b, who were called on the 3rd, order on the 11th, ten days later; c and d do not.
# In the period, from 16 February on, e holds 200 and buys on two days for 300 in all; f holds nothing and buys once for
# 100, g holds nothing and does not come.
CHECK = Check(
    question=QUESTION,
    definition=DEFINITION.fill(days=word_number(FOLLOWED_DAYS), landmark=word_number(LANDMARK_DAYS)),
    answers=(DEPOSITS, STORED),
    judges=(STORED,),
    finds=(),
    needs=(Need(table="order_lines"),),
    uses=("events",),
    limits=(),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    lacks=lacks,
    example=Example(
        tables={
            "order_lines": "customer ordered_at paid_amount\n- 2024-01-01 5\na 2024-01-11 90\nb 2024-01-11 90\n"
            "e 2024-03-03 100\ne 2024-03-09 200\nf 2024-03-10 100\n- 2024-03-31 5",
            "events": "customer happened_at kind\n" + "\n".join(f"{who} 2024-01-01 付定金" for who in "abcd"),
            "touches": "customer touched_at kind\na 2024-01-03 电话\nb 2024-01-03 电话",
            "customers": "customer channel stored_value\ne store 200\nf store 0\ng store 0",
        },
        brief=Brief(answers={"stored_value": True}),
        says="Of 4 deposits 50.0% become orders within 60 days (15.0% to 85.0%), after 10.0 days on average. 1 members "
        "hold CNY 200, 33.3% of the list; in the period they came on 2.0 days and spent CNY 300.00 each, other members "
        "0.5 days and CNY 50.00.",
    ),
    place=78,
)
