"""What the question on creators and promoters says."""

from __future__ import annotations

from diagnostics.model.section import Field
from diagnostics.model.wording import Text

QUESTION = Text(
    zh="达人、分销员带来了什么客户，有没有自己的群，分享任务和素材有没有人用？",
    en="What do creators and promoters bring, have they a group of their own, and are share tasks and material used?",
)
DEFINITION = Text(
    zh="近一期订单行上写有带货者的为推广订单，其余为同渠道自然成交。起始客户 = 本期在有带货者的渠道第一次购买时由该"
    "带货者成交的客户；新客 = 此前在任何渠道都没有购买记录；复购 = 此后 {days} 天内在任何渠道另一天再次购买，只看已观察"
    "满 {days} 天的客户。区间为 95%，不足 {least} 人不给比率。达人群 = 名称或类型写明达人、主播、团长等的群，或带货者"
    "任群主、以企业成员身份在内的群。两边客户并非随机分配，差距不等于达人的功劳。",
    en="Promoted orders of the current period are those whose lines name a promoter; the rest of the same channels "
    "is what sells without. Customers begin with the promoter of their first purchase of the period in these "
    "channels; new = no earlier purchase in any channel; repeat = bought on another day within {days} days, in any "
    "channel, of customers observed that long. 95% intervals; no rate from fewer than {least} customers. A group of "
    "promoters is one whose name or kind says so, or one that a promoter owns or sits in as a company account. "
    "Customers are not assigned by chance, so a gap is not proof of what promoters do.",
)
NONE = Text(zh="近一期的订单没有写明达人或分销员", en="no order of the current period names a creator or promoter")
UNLOCK = Text(
    zh="带达人 ID 的订单报表（抖店订单、精选联盟或有赞分销员订单明细）",
    en="order reports with the promoter's id (Douyin shop or alliance orders, reseller orders of Youzan)",
)
ANSWER = Text(
    zh="近一期 {promoters} 位达人或分销员带来 {orders} 单（买家数：{buyers}），占 GMV 的 {share}；带货最多的一位占推广 "
    "GMV 的 {top}。",
    en="In the period {promoters} creators or promoters bring {orders} orders (buyers: {buyers}), {share} of GMV; the "
    "largest of them brings {top} of promoted GMV.",
)
NEW = Text(
    zh="由他们开始的 {n} 位客户里新客占 {share}（95% 区间 {low} 至 {high}）。",
    en="Of {n} customers who begin with them {share} are new (95% interval {low} to {high}).",
)
REPEAT = Text(
    zh="{days} 天复购率 {mine}，同渠道自然成交的客户 {others}：{verdict}。",
    en="Within {days} days {mine} buy again, of other customers of these channels {others}: {verdict}.",
)
HIGHER = Text(zh="明显更高", en="clearly more")
LOWER = Text(zh="明显更低", en="clearly fewer")
UNCLEAR = Text(zh="差距在误差之内", en="within chance")
GROUPS = Text(
    zh="写明为达人或分销的群 {groups} 个，{seated} 位带货者任群主或在群内。",
    en="Groups named as theirs: {groups}; promoters who own a group or sit in one: {seated}.",
)
TASKS = Text(
    zh="分享与转发任务 {given} 人次，已知结果的完成率 {share}。",
    en="Share tasks given: {given}; done, where this is told: {share}.",
)
SHORT = Text(
    zh="本期之前只有 {days} 天的订单，更早的老客会被算作新客：新客占比是上限。",
    en="Orders reach back only {days} days before the period, so older customers may pass as new: the share of new "
    "customers is an upper bound.",
)
NO_BEFORE = Text(
    zh="没有本期之前的订单，分不出新客与老客。", en="No orders before the period: new customers can't be told from old."
)
NO_GROUPS = Text(
    zh="没有群列表，不知道达人是否有自己的群：企业微信客户群列表与群成员名单可补上。",
    en="Without a list of groups it is not known whether promoters have one: the WeCom group list and members "
    "bring it.",
)
OUTSIDE = Text(
    zh="达人在群里是外部联系人，其编号与订单上的达人 ID 不同，逐人对应需要一份达人名单（达人 ID、联系人、身份：设计师、"
    "客户或达人）。",
    en="In groups creators are outside contacts whose ids differ from those of orders; a list of creators (promoter "
    "id, contact, whether designer, customer or influencer) would match them.",
)
NO_TASKS = Text(
    zh="没有分享任务记录，看不出谁在执行：转发任务明细与任务裂变导出可补上。",
    en="Without records of share tasks it is not known who carries them out: the sharing-task and referral-task "
    "exports bring them.",
)
MATERIAL = Text(
    zh="教程、话术等内部素材的浏览与使用不在订单和推文里：素材库使用统计（素材、员工、浏览、发送）可补上，此处只列对外内容。",
    en="Views of internal material (tutorials, scripts) are in none of these data: the usage statistics of the "
    "material library (item, staff, views, sends) bring them; only published posts are listed here.",
)
CUSTOMERS = Text(zh="老客分享任务", en="Customers' share tasks")
AXIS = Text(zh="GMV（百分比为占推广 GMV）", en="GMV (percent: of promoted GMV)")
PROMOTERS = Text(zh="达人与分销员贡献（GMV 前 15 位）", en="What promoters bring (the first 15 by GMV)")
PROMOTER_FIELDS = (
    Field(name="promoter", label=Text(zh="达人或分销员（代号）", en="Promoter (code)")),
    Field(name="gmv", label=Text(zh="GMV", en="GMV"), unit="money"),
    Field(name="orders", label=Text(zh="订单", en="Orders"), unit="count"),
    Field(name="buyers", label=Text(zh="买家", en="Buyers"), unit="count"),
    Field(name="started", label=Text(zh="起始客户", en="Begin here"), unit="count"),
    Field(name="new_share", label=Text(zh="新客占比", en="New"), unit="share"),
    Field(name="new_low", label=Text(zh="95% 下限", en="95% low"), unit="share"),
    Field(name="new_high", label=Text(zh="95% 上限", en="95% high"), unit="share"),
    Field(name="followed", label=Text(zh="满 90 天客户", en="Observed 90 days"), unit="count"),
    Field(name="again_share", label=Text(zh="90 天复购", en="Buy again"), unit="share"),
    Field(name="again_low", label=Text(zh="95% 下限", en="95% low"), unit="share"),
    Field(name="again_high", label=Text(zh="95% 上限", en="95% high"), unit="share"),
    Field(name="group", label=Text(zh="在群内", en="In a group")),
)
SHARE_TASKS = Text(zh="分享任务执行", en="Share tasks")
TASK_FIELDS = (
    Field(name="name", label=Text(zh="任务", en="Task")),
    Field(name="people", label=Text(zh="参与人数", en="People"), unit="count"),
    Field(name="given", label=Text(zh="任务人次", en="Given"), unit="count"),
    Field(name="done", label=Text(zh="完成", en="Done"), unit="count"),
    Field(name="share", label=Text(zh="完成率", en="Share done"), unit="share"),
    Field(name="results", label=Text(zh="带来人数", en="People brought"), unit="count"),
)
PUBLISHED = Text(zh="阅读最多的对外内容", en="Published material read most")
MATERIAL_FIELDS = (
    Field(name="title", label=Text(zh="标题", en="Title")),
    Field(name="readers", label=Text(zh="阅读人数", en="Readers"), unit="count"),
    Field(name="sharers", label=Text(zh="分享人数", en="Shared by"), unit="count"),
)
