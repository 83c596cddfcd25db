"""Words of the section on escalation, satisfaction and what satisfaction brings."""

from __future__ import annotations

from diagnostics.model.wording import Text

QUESTION = Text(
    zh="客服解决不了的客户有人接吗？满意的客户会带人来吗？",
    en="Is somebody there for customers whom the desk can't help, and do satisfied ones bring others?",
)
DEFINITION = Text(
    zh="升级覆盖 = 客服转给专人的客户里，最终加上员工或进群的占比（两者可重叠，因此给出下限与上限）。满意 = 评分在 "
    "{good} 分及以上"
    "（5 分制）的客户，少于 {least} 位不判断。转介绍联系 = 满意与不满意的客户里，本期带来新客的各占多少，两者之差带 "
    "95% 区间"
    "（Newcombe）：是相关，不是因果。服务价值 = 每一套服务评价的参评、满意与人数，原样列出，不打总分。",
    en="Cover of escalation = customers whom the desk handed to a named contact who then added that contact or "
    "joined a "
    "group (both may be, so low and high are given). Satisfied = customers scoring {good} and more of 5; fewer than "
    "{least} are not judged. Link = the share of satisfied and of dissatisfied customers who brought somebody, and "
    "their difference with a 95% interval (Newcombe): an association, no cause. What a service is worth is shown as "
    "rated, satisfied and asked, with no score of ours.",
)
ESCALATED = Text(
    zh="客服把 {handed} 位客户转给了专人，其中 {low} 至 {high} 加上了员工或进了群。",
    en="The desk handed {handed} customers to a named contact; {low} to {high} of them added the contact or joined a "
    "group.",
)
NOT_HANDED = Text(
    zh="客服没有转给专人的记录：平台上解决不了的客户没有第二条路。",
    en="No customer was handed to a named contact: those the platform can't help have no second way.",
)
SATISFIED = Text(
    zh="{people} 位评分客户里 {share} 满意。", en="Of {people} customers who gave a score {share} are satisfied."
)
LINK = Text(
    zh="满意客户有 {satisfied} 带来新客，其余为 {others}，相差 {gap} 个百分点（95% 区间 {low} 至 {high}）。",
    en="{satisfied} of the satisfied and {others} of the others brought somebody, {gap} points apart (95% interval "
    "{low} to {high}).",
)
NO_LINK = Text(
    zh="满意与转介绍的联系算不了：要带客户身份的评分与老带新明细，每组至少 {least} 位。",
    en="The link of satisfaction and referral can't be told: it takes scores and referrals by customer, {least} in "
    "each "
    "group.",
)
NOTHING_TOLD = Text(
    zh="没有客服接待统计，也没有带评分的反馈",
    en="there are no statistics of the service desk and no feedback with scores",
)
EXPORT = Text(
    zh="微信客服接待统计（含升级服务）、满意度或评估问卷（客户、日期、评分）、老带新明细",
    en="statistics of the WeChat service desk with upgrades, satisfaction or evaluation forms (customer, day, "
    "score), "
    "and the list of referrals",
)
SOURCES: dict[str, Text] = {
    "desk": Text(zh="客服接待（全公司）", en="Service desk, whole company"),
    "staff": Text(zh="客服接待（逐人相加）", en="Service desk, summed over servicers"),
}
GROUPS: dict[str, Text] = {
    "satisfied": Text(zh="满意", en="Satisfied"),
    "others": Text(zh="一般或不满意", en="Middling or dissatisfied"),
}
GOOD_REASON = Text(zh="5 分制里 4 分及以上通常算满意", en="4 and more of 5 is what is commonly called satisfied")
LEAST_REASON = Text(zh="少于 30 位的比率不判断", en="shares of fewer than 30 are not judged")
