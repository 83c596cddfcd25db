"""The referral plan: whether to begin, and what must pass first."""

from __future__ import annotations

from diagnostics.model.plan_section import PlanSection
from diagnostics.model.section import Field
from diagnostics.model.wording import Text, join_clauses, join_texts
from diagnostics.plan.actions import GATES
from diagnostics.plan.material import Material
from diagnostics.plan.phrases import list_ranks, word_ranks
from diagnostics.plan.preconditions import read_gates
from diagnostics.plan.roadmap import Roadmap
from diagnostics.plan.section_tables import NO_DATA, build, drop_empty, judge_status, list_actions

CAMPAIGN, REWARD = "fission.low_k", "fission.reward_above_value"
QUESTION = Text(zh="现在要不要做裂变，先补哪一步？", en="Is it time for referral, and which step is mended first?")
NOT_YET = Text(zh="先不做裂变：{why}。", en="No referral campaign yet; {why}.")
TRIAL = Text(zh="基础步已过，可以小范围试一次。", en="The base steps have passed: a small trial may start.")
SHUT = Text(zh="{names}未达标", en="not passed: {names}")
UNKNOWN = Text(zh="{names}还没有数据", en="not known yet whether {names}")
OPEN = Text(zh="{ranks} 还没有处理", en="still open: {ranks}")
STATES = {
    "open": Text(zh="已过", en="passed"),
    "shut": Text(zh="未过", en="not passed"),
    "unknown": NO_DATA.fill(export=Text(zh="企微联系人、触达与订单", en="WeCom contacts, touches and orders")),
}


def plan_referral(material: Material, roadmap: Roadmap) -> PlanSection:
    """The verdict, the base steps that must pass, and the actions; campaigns and poster stand in their own sections."""
    findings = material.list_findings("fission.")
    gates = read_gates(material.find("referral.readiness", "gates"))
    base = material.list_findings(*(code for code in material.actions[CAMPAIGN].after if code != REWARD))
    reasons = [
        words.fill(names=join_texts(GATES[name] for name in names))
        for state, words in (("shut", SHUT), ("unknown", UNKNOWN))
        if (names := [name for name, found in gates.items() if found == state])
    ]
    ranks = word_ranks(base)
    if ranks is not None:
        reasons.append(OPEN.fill(ranks=ranks))
    steps = build(
        "base_steps",
        Text(zh="裂变前要过的基础步", en="Base steps before referral"),
        (
            Field(name="step", label=Text(zh="基础步", en="Base step")),
            Field(name="state", label=Text(zh="现状", en="State")),
        ),
        [{"step": GATES[name], "state": STATES[state]} for name, state in gates.items()]
        + [{"step": one.title, "state": OPEN.fill(ranks=word_ranks([one]) or one.title)} for one in base],
    )
    return PlanSection(
        name="plan.referral",
        chapter="11",
        question=QUESTION,
        answer=NOT_YET.fill(why=join_clauses(reasons)) if reasons else TRIAL,
        status=judge_status(measured=set(gates.values()) != {"unknown"}, stated=bool(base)),
        reason=STATES["unknown"],
        exhibits=drop_empty([steps, list_actions(findings, roadmap)]),
        ranks=list_ranks([*findings, *base]),
        capabilities=("003-19", "004-49"),
    )
