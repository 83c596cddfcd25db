"""What is known of market, competitors and the logic of buying, what is only felt, and why earlier attempts failed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.limits import find_limits
from diagnostics.checks.research import _attempt_words as attempt_words
from diagnostics.checks.research import _market_words as words
from diagnostics.checks.research._attempts import Attempts, draw_causes, read_attempts, show_attempts, tell_attempts
from diagnostics.checks.research._evidence import Evidence, ask_evidence, tell_evidence, weigh_evidence
from diagnostics.checks.research._evidence_tables import draw_estimates, show_evidence
from diagnostics.model.brief import Brief
from diagnostics.model.section import Exhibit, NotComputable
from diagnostics.model.wording import NOTHING, Text, word_percent

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

NAME = "research.market"


@dataclass(frozen=True, kw_only=True)
class Research:
    """What is known and on what it rests, and the earlier attempts; `None` where the sheet says nothing of them."""

    evidence: Evidence | None
    attempts: Attempts | None


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for what stands beside the client's picture, where there is one."""
    return ask_evidence(tables) if tables.engagement.brief.choices("competitors") else {}


def measure(replies: Replies) -> Research | NotComputable:
    """Lay the client's picture beside what the orders say, and sort the causes of earlier failures."""
    engagement = replies.engagement
    attempts = read_attempts(engagement.brief)
    if "now" not in replies and attempts is None:
        return NotComputable(reason=words.NOTHING_STATED, unlocked_by=words.UNLOCKED_BY)
    limits = find_limits(NAME, LIMITS, engagement)
    return Research(evidence=weigh_evidence(replies, limits) if "now" in replies else None, attempts=attempts)


def judge(_measured: Research, _limits: Limits) -> tuple[Finding, ...]:
    """Nothing: missing research is work to do, and a cause that stands is raised where its own question is asked."""
    return ()


def tell(measured: Research) -> Text:
    """How much rests on evidence, which estimates the orders contradict, and which causes still stand."""
    said = NOTHING if measured.evidence is None else tell_evidence(measured.evidence)
    return said if measured.attempts is None else said + tell_attempts(measured.attempts)


def lacks(measured: Research) -> Mapping[str, Text]:
    """What the sheet leaves open."""
    held = {
        "003-13": (measured.evidence, words.NOT_STATED),
        "002-57": (measured.attempts, attempt_words.NOT_STATED),
    }
    return {capability: reason for capability, (half, reason) in held.items() if half is None}


def tabulate(measured: Research) -> tuple[Exhibit, ...]:
    """The five parts, the estimates beside the orders, the attempts and their causes."""
    known = () if measured.evidence is None else show_evidence(measured.evidence)
    return known if measured.attempts is None else (*known, *show_attempts(measured.attempts))


def draw(measured: Research, language: Language) -> Figure:
    """Measured over estimated, a bar a figure; without estimates the causes of earlier failures."""
    evidence, attempts = measured.evidence, measured.attempts
    if evidence is not None and (evidence.estimates or attempts is None):
        return draw_estimates(evidence, language)
    return draw_causes(() if attempts is None else attempts.named, language)


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
    answers=("003-13", "002-57"),
    finds=(),
    needs=(),
    limits=LIMITS,
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    lacks=lacks,
    example=Example(
        tables={"order_lines": EXAMPLE_LINES},
        # One of two channels is bridged by a platform's own number only; nobody is there for content.
        says="客单价自估 200.00元、实测 100.00元。销售额 7,500元，没有可比的上期，最大渠道官网占 100.0%。"
        "写明 3 次尝试，2 次写了原因；归出 3 类原因，"
        "今天仍在的是数据没有打通、缺内容，已消除的是缺人手",
        brief=Brief(
            answers={
                "competitors": ("A", "B"),
                "positioning": "product",
                "aov_stated": 200.0,
                "repurchase_cycle_days": 60,
                "past_attempts": (
                    {"what": "建群", "result": "死群", "reason": "数据没打通，没有内容"},
                    {"what": "加企微", "reason": "没人跟进"},
                    {"what": "直播"},
                ),
                "bridge_status": (
                    {"channel": "youzan", "status": "live", "id_type": "phone"},
                    {"channel": "tmall", "status": "live", "id_type": "platform_id"},
                ),
                "headcount": ({"role": "account", "fte": 2.0},),
            }
        ),
    ),
    place=10,
)
