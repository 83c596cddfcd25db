"""Whether each round of referral brings the next, how long the loop takes, and whether rewards are earned back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.referral import _chain_words as words
from diagnostics.checks.referral import _reward_words as reward_words
from diagnostics.checks.referral._low_k import judge_rounds
from diagnostics.checks.referral._reward_tables import draw_rewards, show_rewards
from diagnostics.checks.referral._rewards import (
    Reward,
    ask_rewards,
    judge_rewards,
    read_rewards,
    tell_rewards,
    warn_of_rewards,
)
from diagnostics.checks.referral._rounds import (
    LEAST,
    Chain,
    ask_rounds,
    draw_rounds,
    read_rounds,
    show_rounds,
    tell_rounds,
    track_rounds,
    warn_of_rounds,
)
from diagnostics.model.brief import Brief
from diagnostics.model.section import Exhibit, Need, NotComputable
from diagnostics.model.wording import NOTHING, Text, word_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.reading import Reading
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

# Answered by what customers brought, and by the cost of rewards.
ON_ROUNDS, ON_REWARDS = ("000-34", "002-36"), ("001-45", "001-44", "004-50")


@dataclass(frozen=True, kw_only=True)
class Referral:
    """What rounds bring (`None` from too few referrers), and what rewards cost (`None` where no cost is known)."""

    chain: Chain | None
    reward: Reward | None


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for what was brought and how soon, for rewards, and for what new contacts buy."""
    return {**ask_rounds(tables), **ask_rewards(tables)}


def measure(replies: Replies) -> Referral | NotComputable:
    """Read K and the cycle, and set rewards beside what newcomers are worth."""
    chain, reward = read_rounds(replies), read_rewards(replies)
    if chain is None and reward is None:
        count = word_number(float(replies["brought"].rows.sum()))
        return NotComputable(reason=words.TOO_FEW.fill(n=count), unlocked_by=words.UNLOCKED_BY)
    return Referral(chain=chain, reward=reward)


def track(measured: Referral) -> tuple[Reading, ...]:
    """How many a referrer brings, over all campaigns."""
    return () if measured.chain is None else track_rounds(measured.chain)


def judge(measured: Referral, limits: Limits) -> tuple[Finding, ...]:
    """Raise campaigns that bring too few for the next round, and those whose reward exceeds what it brings."""
    low = () if measured.chain is None else judge_rounds(measured.chain, limits)
    return low if measured.reward is None else (*low, *judge_rewards(measured.reward, limits))


def tell(measured: Referral) -> Text:
    """K and what it leads to, the cycle, and whether the reward is earned back."""
    said = NOTHING if measured.chain is None else tell_rounds(measured.chain)
    return said if measured.reward is None else said + tell_rewards(measured.reward)


def caveats(measured: Referral) -> tuple[Text, ...]:
    """Campaigns still open or without days, no margin, and others who stand for the referred."""
    said = () if measured.chain is None else warn_of_rounds(measured.chain)
    return said if measured.reward is None else (*said, *warn_of_rewards(measured.reward))


def lacks(measured: Referral) -> Mapping[str, Text]:
    """What only enough referrers, or only the cost of rewards, tell."""
    rounds = {} if measured.chain else dict.fromkeys(ON_ROUNDS, words.UNTOLD.fill(least=word_number(LEAST)))
    return rounds if measured.reward else rounds | dict.fromkeys(ON_REWARDS, reward_words.NO_COST)


def tabulate(measured: Referral) -> tuple[Exhibit, ...]:
    """A campaign a row: what it brought, and its reward beside the worth of a newcomer."""
    rounds = () if measured.chain is None else (show_rounds(measured.chain),)
    return rounds if measured.reward is None else (*rounds, show_rewards(measured.reward))


def draw(measured: Referral, language: Language) -> Figure:
    """K of the largest campaigns against 1; where K is not told, rewards and the worth of a newcomer."""
    if measured.chain is None and measured.reward is not None:
        return draw_rewards(measured.reward, language)
    return draw_rounds(() if measured.chain is None else measured.chain.campaigns, language)


LIMITS = (
    Limit(
        name="referrers",
        value=LEAST,
        reason=Text(zh="不足 30 位老客的活动不判断", en="campaigns of fewer than 30 customers are not judged"),
    ),
    Limit(
        name="alone",
        value=0.5,
        reason=Text(
            zh="K 低于 0.5 时，后面所有轮次合计的人数还不如第一轮的老客数：K ÷ (1 − K) < 1",
            en="under 0.5 all later rounds together are smaller than the first: K / (1 - K) < 1",
        ),
    ),
    Limit(
        name="sustains",
        value=1.0,
        reason=Text(zh="K 到 1 就能自转，不算低", en="from 1 on the loop turns by itself, which is not low"),
    ),
    Limit(
        name="behind",
        value=0.7,
        reason=Text(
            zh="与自己其他场次之比，连区间上限也不到七成",
            en="against the client's other campaigns even the upper end of the ratio is under 70%",
        ),
    ),
    Limit(
        name="feasible_low",
        value=0.25,
        reason=Text(zh="补到四分之一是保守值", en="a quarter of the gap is the careful end"),
    ),
    Limit(
        name="feasible_mid",
        value=0.5,
        reason=Text(zh="按补回一半估计", en="half of the gap is taken as likely"),
    ),
    Limit(
        name="newcomers",
        value=30,
        reason=Text(zh="不足 30 位新客的活动不判断", en="campaigns of fewer than 30 newcomers are not judged"),
    ),
    Limit(
        name="later",
        value=0.2,
        reason=Text(
            zh="观察期之后还会再买，价值上限再宽两成",
            en="they may buy after the window closes: the upper end is widened by a fifth",
        ),
    ),
)

EARLY = 6
# In summer 60 customers bring 60 (every other one brings two), in autumn 60 bring 6: K is 1 and 0.1, together 0.55.
# A newcomer costs 50 in summer; of 40 referred contacts half buy for 40 the day they are added: 20 of sales, at a
# margin of 50 % ten each.
EXAMPLE_REFERRALS = "\n".join(
    [
        "campaign referrer completed day joined reward_cost",
        *(
            f"summer r{i} {'true' if i % 2 else 'false'} 2024-07-{1 + i % 20:02} {2 * (i % 2)} {100 * (i % 2)}"
            for i in range(60)
        ),
        *(
            f"autumn s{i} {'true' if i < EARLY else 'false'} 2024-10-{1 + i % 20:02} {int(i < EARLY)} {5 * (i < EARLY)}"
            for i in range(60)
        ),
    ]
)
EXAMPLE_CONTACTS = "\n".join(
    ["contact customer added_at source", *(f"k{i} c{i} 2024-07-10 fission_summer" for i in range(40))]
)
EXAMPLE_LINES = "\n".join(
    [
        "customer ordered_at paid_amount",
        *(f"c{i} 2024-07-10T12:00 40" for i in range(20)),
        "old 2024-01-01 40",
        "old 2024-12-31 40",
    ]
)

CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION,
    answers=(*ON_ROUNDS, *ON_REWARDS),
    finds=("fission.low_k", "fission.reward_above_value"),
    needs=(Need(table="referrals", columns=("joined",)),),
    limits=LIMITS,
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    track=track,
    draw=draw,
    caveats=caveats,
    lacks=lacks,
    example=Example(
        tables={"referrals": EXAMPLE_REFERRALS, "contacts": EXAMPLE_CONTACTS, "order_lines": EXAMPLE_LINES},
        says="K = 0.55（区间 0.41 至 0.73）；任务完成率 30.0%；照此每位老客最终共带来 1.2 人，链条会断；"
        "老带新占本期新增好友的 100.0%。每带来一位新客花奖励 45.91元（66 位）；被推荐的新客在 90 天内带来毛利 10.00元"
        "（区间 6.76元 至 13.24元，40 位），奖励赚不回来",
        finds=(
            ("fission.low_k", {"campaign": "autumn"}),
            ("fission.reward_above_value", {"campaign": "summer"}),
        ),
        brief=Brief(answers={"gross_margin": 0.5}),
    ),
    place=10,
)
