"""The retention plan: the base steps that keep a contact, how each stands today, and what each segment gets."""

from __future__ import annotations

from dataclasses import dataclass

from diagnostics.model.plan_section import PlanSection
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text, join_texts, word_number
from diagnostics.plan.material import Material
from diagnostics.plan.phrases import list_ranks, word_ranks
from diagnostics.plan.roadmap import Roadmap
from diagnostics.plan.section_tables import FINDING, NO_DATA, build, drop_empty, judge_status, list_actions


@dataclass(frozen=True, kw_only=True)
class BaseStep:
    """One step that keeps people: its name, the section that measured it, its findings, and the missing export.

    `bound` is the exhibit that stands where the section tells only the least.
    """

    name: Text
    check: str
    codes: tuple[str, ...]
    export: Text
    bound: str = ""

    def is_known(self, material: Material) -> bool:
        """Whether the check tells a value, not only the least that it can be."""
        is_bound = bool(self.bound) and material.find(self.check, self.bound) is not None
        return material.answer(self.check) is not None and not is_bound


STAFF = Text(zh="企微员工行为数据", en="WeCom staff behaviour")
GROUPS = Text(zh="客户群与群成员统计", en="group and group-member statistics")
STEPS = (
    BaseStep(
        name=Text(zh="接待：新好友当天有人说话", en="Reception: a new contact is spoken to on the day"),
        check="service.adds",
        codes=("service.unattended_adds",),
        export=STAFF,
        bound="whole",
    ),
    BaseStep(
        name=Text(
            zh="回复：客户不久等，也没有因打扰而流失",
            en="Replies: nobody waits long, nobody leaves for being disturbed",
        ),
        check="service.replies",
        codes=("service.slow_reply", "service.block_surge", "campaign.push_fatigue"),
        export=STAFF,
    ),
    BaseStep(
        name=Text(zh="负荷：一人管得过来", en="Load: one person can serve what one holds"),
        check="service.load",
        codes=("service.overload",),
        export=STAFF,
    ),
    BaseStep(
        name=Text(zh="群活：群里有客户说话", en="Groups alive: customers speak in them"),
        check="community.health",
        codes=("community.dead_groups", "community.monologue", "community.single_talker"),
        export=GROUPS,
    ),
    BaseStep(
        name=Text(zh="群留：进的比出的多", en="Groups keep: more join than leave"),
        check="community.members",
        codes=("community.member_bleed",),
        export=GROUPS,
    ),
)
QUESTION = Text(
    zh="加进来的人怎样留住，各人群分别怎么经营？", en="How are contacts kept, and what does each segment get?"
)
ANSWER = Text(
    zh="留住人的 {all} 个基础步里，{known} 个有数据，{bad}；{rest}。",
    en="Of {all} base steps that keep people {known} are measured, {bad}; {rest}.",
)
ALL_KNOWN = Text(
    zh="留住人的 {all} 个基础步都有数据，{bad}；{rest}。",
    en="All {all} base steps that keep people are measured, {bad}; {rest}.",
)
NONE_KNOWN = Text(
    zh="留住人的 {all} 个基础步都没有数据，{bad}；{rest}。",
    en="None of the {all} base steps that keep people is measured, {bad}; {rest}.",
)
TROUBLED = Text(zh="有问题的先处理 {ranks}", en="those in trouble come first ({ranks})")
UNKNOWN = Text(zh="还看不出哪一步有问题", en="so none can be judged yet")
SOUND = Text(zh="没有发现问题", en="and no trouble was found")
SEGMENTS = Text(zh="{n} 个人群各有打法", en="each of {n} segments has a treatment of its own")
NO_SEGMENTS = Text(zh="人群还分不出来", en="segments can't be told apart yet")
ONLY_BOUND = Text(zh="只知道下限，判断不了", en="only the least is known: not judged")
TROUBLE_FREE = Text(zh="没有发现问题", en="no trouble found")


def plan_retention(material: Material, roadmap: Roadmap) -> PlanSection:
    """Base steps with their state, segments with their treatment, and the actions."""
    findings = material.list_findings(*(code for step in STEPS for code in step.codes))
    known = [step for step in STEPS if step.is_known(material)]
    segments = material.rows("people.stages", "segments")
    ranks, clear = word_ranks(findings), SOUND if known else UNKNOWN
    answer = (ALL_KNOWN if len(known) == len(STEPS) else ANSWER if known else NONE_KNOWN).fill(
        all=word_number(len(STEPS)),
        known=word_number(len(known)),
        bad=TROUBLED.fill(ranks=ranks) if ranks is not None else clear,
        rest=SEGMENTS.fill(n=word_number(len(segments))) if segments else NO_SEGMENTS,
    )
    reason = NO_DATA.fill(export=join_texts(dict.fromkeys(step.export for step in STEPS)))
    return PlanSection(
        name="plan.retention",
        chapter="11",
        question=QUESTION,
        answer=answer if known or segments else reason,
        status=judge_status(measured=bool(known or segments), stated=False),
        reason=reason,
        exhibits=drop_empty([_draw_steps(material), _draw_segments(material), list_actions(findings, roadmap)]),
        ranks=list_ranks(findings),
        capabilities=("003-19", "000-13"),
    )


def _draw_steps(material: Material) -> Exhibit:
    fields = (
        Field(name="step", label=Text(zh="基础步", en="Base step")),
        Field(name="today", label=Text(zh="现状", en="Today")),
        FINDING,
    )
    rows: list[dict[str, object]] = []
    for step in STEPS:
        answer = material.answer(step.check)
        findings = material.list_findings(*step.codes)
        clear = TROUBLE_FREE if step.is_known(material) else None if answer is None else ONLY_BOUND
        rows.append(
            {
                "step": step.name,
                "today": answer or NO_DATA.fill(export=step.export),
                "finding": word_ranks(findings) or clear,
            }
        )
    return build("base_steps", Text(zh="留住人的基础步", en="Base steps that keep people"), fields, rows)


def _draw_segments(material: Material) -> Exhibit:
    fields = (
        Field(name="name", label=Text(zh="人群", en="Segment")),
        Field(name="customers", label=Text(zh="人数", en="Customers"), unit="count"),
        Field(name="customer_share", label=Text(zh="人数占比", en="Share of customers"), unit="share"),
        Field(name="gmv_share", label=Text(zh="GMV 占比", en="Share of GMV"), unit="share"),
        Field(name="action", label=Text(zh="打法", en="Treatment")),
    )
    title = Text(zh="各人群的打法", en="Treatment by segment")
    return build("segments", title, fields, material.rows("people.stages", "segments"))
