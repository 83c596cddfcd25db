"""What the question on card-opening campaigns and pushes of new items says."""

from __future__ import annotations

from diagnostics.model.section import Field
from diagnostics.model.wording import Text

QUESTION = Text(
    zh="联合开卡等活动期间，入会的人多了多少、入会后买没买？推过新品的客户，买新品的是不是更多？",
    en="Do more people join while a campaign (joint card opening, say) runs, and do they go on to buy? Do those told "
    "of new items buy more of them?",
)
DEFINITION = Text(
    zh="入会：不超过 {longest} 天的活动，窗口内日均入会 ÷ 前后各 {around} 天里没有其他活动的日子的日均入会"
    "（至少 {quiet} 天）；区间为 95%，并按平日入会的起伏放宽。首购 = 入会前没有买过的人里，入会后 {first} 天内"
    "首次购买的占比，活动与平日对照。新品：触达记录的活动或类型写明上新、新品、首发的那一天为一次推送；"
    "新品 = 推送前 {new} 天内上市的商品；当天被推的客户与此后 {follow} 天内没被推的客户，各有多少在 {follow} 天内"
    "买了新品，按最早一次推送前消费最高的五分之一与其余客户分开比，95% 区间（Newcombe）。不足 {least} 人不判断。"
    "都只是关联：活动挑了日子，推送挑了人。",
    en="Joining: for campaigns of at most {longest} days, joins a day in the window over joins a day on those of the "
    "{around} days before and after on which no other campaign ran (at least {quiet}); 95% interval, widened by how "
    "unevenly people join otherwise. First purchase = of those who had not bought before joining, who did within "
    "{first} days, campaign against ordinary days. New items: a push is a day with touches whose campaign or kind "
    "names new items; new is what was launched in the {new} days before it; those told that day against those not told "
    "in {follow} days, by how many bought a new item in these {follow} days, apart for the fifth that had spent most "
    "and for the rest, 95% interval (Newcombe). Fewer than {least} people are not judged. Association only: a campaign "
    "chooses its days, a push its people.",
)
NONE = Text(
    zh="没有能与平日对照的活动入会，也没有能对照的新品推送",
    en="no campaign's joins can be set against ordinary days, and no push of new items against those not told",
)
JOIN_EXPORT = Text(zh="营销日历与带入会日的会员名单", en="the campaign calendar and a member list with days of joining")
PUSH_EXPORT = Text(
    zh="写明上新的触达记录与带上市日的商品档案",
    en="a log of touches that names new items and an item master with launch days",
)
UNLOCK = Text(zh="{joins}；{pushes}", en="{joins}; {pushes}").fill(joins=JOIN_EXPORT, pushes=PUSH_EXPORT)
ANSWER = Text(zh="{joins}{pushes}", en="{joins}{pushes}")
JOINS = Text(
    zh="{n} 场活动可比，{more} 场入会明显多于平日；{kind}「{name}」日均入会是平日的 {ratio} 倍（{low}–{high}），"
    "{joins} 人入会{first}",
    en="Campaigns that can be compared: {n}, {more} with clearly more joins than ordinary days; {kind} “{name}” had "
    "{ratio} times as many a day ({low} to {high}), {joins} joined{first}",
)
JOINT = Text(zh="联合开卡", en="the joint campaign")
OTHER = Text(zh="没有写明联合开卡的活动，最多的", en="none is named as joint; most of all")
FIRST = Text(
    zh="，其中没买过的 {n} 人里 {share} 在 {days} 天内首购（平日 {usual}）",
    en=", and of {n} who had not bought {share} did within {days} days (otherwise {usual})",
)
NO_JOINS = Text(
    zh="活动入会没有数据可比：补{export}", en="Joins in campaigns can't be compared: {export} would bring it"
)
PUSHES = Text(
    zh="；{n} 组新品推送里 {more} 组被推的客户买新品明显更多，最近一组（{day}，{group}）{told} 对 {rest}，相差 {gap}"
    "（{range}）。",
    en="; of {n} groups told of new items {more} bought clearly more of them, the latest ({day}, {group}) {told} "
    "against {rest}, {gap} ({range}).",
)
NO_PUSHES = Text(zh="；新品推送没有数据可比：补{export}。", en="; pushes of new items can't be compared: {export}.")
GROUPS = {
    True: Text(zh="高价值客户", en="high-value customers"),
    False: Text(zh="其余客户", en="other customers"),
}
ASSOCIATED = Text(
    zh="只是关联：同期投放、节日和挑选推送对象都会拉开差距；要知道增量，得留一组随机不推的人。",
    en="Association only: media, holidays and the choice of whom to tell widen gaps, too; a random group that is not "
    "told would show what is added.",
)
AXIS_JOINS = Text(zh="窗口日均入会 ÷ 平日（线段为 95% 区间）", en="Joins a day over ordinary days (line: 95%)")
AXIS_PUSHES = Text(
    zh="买新品占比：被推减没被推，百分点（线段为 95% 区间）",
    en="Bought new items, told less not told, points (line: 95%)",
)
JOINS_TITLE = Text(zh="活动期间的入会与首购", en="Joins and first purchases in campaigns")
PUSHES_TITLE = Text(zh="新品推送：被推与没被推", en="Pushes of new items: told and not told")
YES = Text(zh="是", en="yes")
JOIN_FIELDS = (
    Field(name="name", label=Text(zh="活动", en="Campaign")),
    Field(name="joint", label=Text(zh="联合开卡", en="Joint")),
    Field(name="start", label=Text(zh="开始", en="Begins"), unit="date"),
    Field(name="days", label=Text(zh="天数", en="Days"), unit="count"),
    Field(name="joins", label=Text(zh="入会", en="Joined"), unit="count"),
    Field(name="before", label=Text(zh="之前日均", en="A day before"), unit="number", digits=1),
    Field(name="after", label=Text(zh="之后日均", en="A day after"), unit="number", digits=1),
    Field(name="ratio", label=Text(zh="倍数", en="Times"), unit="number", digits=1),
    Field(name="low", label=Text(zh="下限", en="Low"), unit="number", digits=1),
    Field(name="high", label=Text(zh="上限", en="High"), unit="number", digits=1),
    Field(name="new", label=Text(zh="入会前没买过", en="Not bought before"), unit="count"),
    Field(name="first", label=Text(zh="首购", en="First purchase"), unit="share"),
    Field(name="usual", label=Text(zh="平日首购", en="Otherwise"), unit="share"),
    Field(name="gap_low", label=Text(zh="相差下限", en="Gap, low"), unit="share"),
    Field(name="gap_high", label=Text(zh="相差上限", en="Gap, high"), unit="share"),
)
PUSH_FIELDS = (
    Field(name="push", label=Text(zh="推送日", en="Push"), unit="date"),
    Field(name="group", label=Text(zh="客群", en="Group")),
    Field(name="told", label=Text(zh="被推", en="Told"), unit="count"),
    Field(name="told_share", label=Text(zh="买新品", en="Bought new"), unit="share"),
    Field(name="rest", label=Text(zh="没被推", en="Not told"), unit="count"),
    Field(name="rest_share", label=Text(zh="买新品（没被推）", en="Bought new, not told"), unit="share"),
    Field(name="low", label=Text(zh="相差下限", en="Gap, low"), unit="share"),
    Field(name="high", label=Text(zh="相差上限", en="Gap, high"), unit="share"),
)
