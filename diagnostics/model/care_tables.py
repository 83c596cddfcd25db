"""Canonical tables of the work in the private domain: service, leads, tasks, members, audience, posts, live shifts."""

from __future__ import annotations

from diagnostics.model.canonical import CanonicalTable, describe_column
from diagnostics.model.wording import Text

SERVICE_PERIODS = CanonicalTable(
    name="service_periods",
    title=Text(zh="客服接待与会话质检", en="Customer service"),
    grain=Text(
        zh="一行是一位接待人员（空为全公司）的一天或一段时间；公司行与人员行不可相加",
        en="one servicer (empty: the whole company) in a day or a period; company rows are not added to servicers'",
    ),
    brought_by=Text(
        zh="微信客服统计、客服咨询统计、会话质检", en="WeChat service statistics, consultation statistics, chat checks"
    ),
    columns=(
        describe_column("starts_on", "date", "起始日（含）", "first day"),
        describe_column("ends_on", "date", "结束日（不含）", "day after the last"),
        describe_column("staff", "string", "接待人员（键控代号）", "servicer, a keyed code", personal="keyed"),
        describe_column("department", "string", "部门", "department"),
        describe_column("sessions", "int", "会话数", "sessions", "chat"),
        describe_column("customers", "int", "咨询客户数", "customers who asked", "person"),
        describe_column("customers_received", "int", "接待客户数", "customers received", "person"),
        describe_column("customers_answered", "int", "回复客户数", "customers answered", "person"),
        describe_column("messages", "int", "客户消息数", "messages of customers", "message"),
        describe_column("reply_share", "float", "回复率", "share answered", "share"),
        describe_column("reply_minutes", "float", "平均首次响应分钟", "minutes to the first reply", "minute"),
        describe_column("session_minutes", "float", "平均咨询分钟", "minutes a session", "minute"),
        describe_column("rating_requests", "int", "满意度评价邀请数", "requests to rate", "request"),
        describe_column("rated_share", "float", "参评率", "share rated", "share"),
        describe_column("satisfied_share", "float", "满意率", "share satisfied", "share"),
        describe_column("middling_share", "float", "一般率", "share middling", "share"),
        describe_column("dissatisfied_share", "float", "不满意率", "share dissatisfied", "share"),
        describe_column("upgraded", "int", "升级服务客户数", "customers handed to a named contact", "person"),
        describe_column("upgraded_to_staff", "int", "升级后加员工的客户数", "of these, added the contact", "person"),
        describe_column("upgraded_to_group", "int", "升级后入群的客户数", "of these, joined a group", "person"),
        describe_column("rejected", "int", "拒收消息客户数", "customers who rejected messages", "person"),
        describe_column("timeouts", "int", "超时次数", "replies too late", "chat"),
        describe_column("timeout_share", "float", "超时率", "share too late", "share"),
        describe_column("chat_timeout_share", "float", "客户会话超时率", "share of chats too late", "share"),
        describe_column("group_timeout_share", "float", "客群会话超时率", "share of group chats too late", "share"),
    ),
)

LEAD_PERIODS = CanonicalTable(
    name="lead_periods",
    title=Text(zh="线索跟进", en="Leads"),
    grain=Text(zh="一行是一位员工在一段时间（导出未写时为空）的线索", en="the leads of one staff member in a period"),
    brought_by=Text(zh="线索员工统计", en="the lead statistics by staff"),
    columns=(
        describe_column("starts_on", "date", "起始日（含）", "first day"),
        describe_column("ends_on", "date", "结束日（不含）", "day after the last"),
        describe_column("staff", "string", "员工（键控代号）", "staff, a keyed code", personal="keyed", required=True),
        describe_column("department", "string", "部门", "department"),
        describe_column("followed", "int", "跟进人次", "follow-ups", "time"),
        describe_column("added", "int", "添加客户数", "contacts added", "person"),
        describe_column("converted_share", "float", "线索转化率", "share converted", "share"),
        describe_column("returned_share", "float", "线索退回率", "share handed back", "share"),
    ),
)

STAFF_TASKS = CanonicalTable(
    name="staff_tasks",
    title=Text(zh="员工任务执行", en="Staff tasks"),
    grain=Text(zh="一行是一位员工对一个任务的执行", en="one staff member's part in one task"),
    brought_by=Text(zh="朋友圈任务执行明细、转发任务明细", en="the list of who carried out moments and sharing tasks"),
    columns=(
        describe_column("day", "date", "日期", "day"),
        describe_column("task", "string", "任务；导出未写时为空", "task; empty if the export has no name"),
        describe_column("kind", "string", "任务类型", "kind of task", required=True),
        describe_column("staff", "string", "员工（键控代号）", "staff, a keyed code", personal="keyed", required=True),
        describe_column("department", "string", "部门", "department"),
        describe_column("done", "bool", "是否执行", "whether it was done"),
        describe_column("reminders", "int", "提醒次数", "reminders", "time"),
        describe_column("results", "int", "带来的结果数", "what it brought", "person"),
        describe_column("reward", "money", "奖励", "reward", "currency"),
    ),
)

GROUP_MEMBERS = CanonicalTable(
    name="group_members",
    title=Text(zh="群成员", en="Group members"),
    grain=Text(
        zh="一行是一个群在一次导出时的一位成员；已退群的人不在名单里，留存靠前后两次导出比较",
        en="one member of one group when exported; who has left is not listed, so staying is told by two exports",
    ),
    brought_by=Text(
        zh="企业微信客户群详情（成员列表），每月存一份", en="WeCom group details with members, saved monthly"
    ),
    columns=(
        describe_column("group", "string", "群代号", "group code", required=True),
        describe_column("contact", "string", "联系人（键控假名）", "contact, a keyed pseudonym", personal="keyed"),
        describe_column("customer", "string", "对应客户（键控假名）", "the customer it is, keyed", personal="keyed"),
        describe_column(
            "staff", "string", "企业成员（键控代号）", "staff in the group, a keyed code", personal="keyed"
        ),
        describe_column("is_staff", "bool", "是否企业成员", "whether staff"),
        describe_column("joined_at", "timestamp", "入群时间", "time joined"),
        describe_column("left_at", "timestamp", "退群时间", "time left"),
        describe_column("way", "string", "入群方式", "way of joining"),
        describe_column(
            "inviter", "string", "邀请员工（键控代号）", "staff who invited, a keyed code", personal="keyed"
        ),
        describe_column("source", "string", "渠道码（state）", "source code (state)"),
        describe_column("owner", "string", "群主（键控代号）", "owner, a keyed code", personal="keyed"),
        describe_column("title", "string", "群名", "name of the group"),
        describe_column("group_created_at", "timestamp", "建群时间", "time the group was created"),
        describe_column("seen_on", "date", "导出日", "day of the export"),
    ),
)

GROUP_VOICES = CanonicalTable(
    name="group_voices",
    title=Text(zh="群内发言", en="Who speaks in groups"),
    grain=Text(
        zh="一行是一位成员一天在一个群里的发言条数；没有发言的日子没有行",
        en="messages of one member of one group on one day; a day without a message has no row",
    ),
    brought_by=Text(
        zh="会话内容存档按群、发言人、日的计数（不含聊天内容）",
        en="counts of the chat archive by group, sender and day, without what was said",
    ),
    columns=(
        describe_column("day", "date", "日期", "day", required=True),
        describe_column("group", "string", "群代号", "group code", required=True),
        describe_column(
            "contact", "string", "发言客户（键控假名）", "customer who spoke, a keyed pseudonym", personal="keyed"
        ),
        describe_column("staff", "string", "发言员工（键控代号）", "staff who spoke, a keyed code", personal="keyed"),
        describe_column("is_staff", "bool", "是否企业成员", "whether staff", required=True),
        describe_column("messages", "int", "消息数", "messages", "message", required=True),
    ),
)

AUDIENCE_DAYS = CanonicalTable(
    name="audience_days",
    title=Text(zh="公众号与账号粉丝", en="Followers"),
    grain=Text(zh="一行是一个账号一天、一个来源的粉丝增减", en="followers of one account on one day by one source"),
    brought_by=Text(zh="公众号用户分析（增减数据）", en="the follower statistics of the official account"),
    columns=(
        describe_column("day", "date", "日期", "day", required=True),
        describe_column("channel", "string", "渠道", "channel", required=True),
        describe_column("source", "string", "来源", "source"),
        describe_column("joined", "int", "新增关注", "new followers", "person"),
        describe_column("left", "int", "取消关注", "followers who left", "person"),
        describe_column("total", "int", "累计关注", "followers in all", "person"),
    ),
)

POSTS = CanonicalTable(
    name="posts",
    title=Text(zh="内容与推文", en="Posts"),
    grain=Text(
        zh="一行是一篇内容截至一天的累计数；同一篇取最后一天，不可跨天相加",
        en="one post with its counts up to one day; take its last day, never add days",
    ),
    brought_by=Text(zh="公众号图文分析", en="the article statistics of the official account"),
    columns=(
        describe_column("post", "string", "内容编号", "post id", required=True),
        describe_column("channel", "string", "渠道", "channel", required=True),
        describe_column("title", "string", "标题", "title"),
        describe_column("kind", "string", "内容类型", "kind of post"),
        describe_column("published_on", "date", "发布日", "day of publishing"),
        describe_column("day", "date", "统计截止日", "counted up to this day"),
        describe_column("reached", "int", "送达人数", "people it was sent to", "person"),
        describe_column("readers", "int", "阅读人数", "readers", "person"),
        describe_column("reads", "int", "阅读次数", "reads", "view"),
        describe_column("original_readers", "int", "原文阅读人数", "readers of the linked page", "person"),
        describe_column("original_reads", "int", "原文阅读次数", "reads of the linked page", "view"),
        describe_column("sharers", "int", "分享人数", "people who shared", "person"),
        describe_column("shares", "int", "分享次数", "shares", "time"),
        describe_column("savers", "int", "收藏人数", "people who saved", "person"),
        describe_column("saves", "int", "收藏次数", "saves", "time"),
        describe_column(
            "readers_session", "int", "来自会话的阅读人数", "readers from the account's own chat", "person"
        ),
        describe_column("readers_history", "int", "来自历史消息的阅读人数", "readers from earlier posts", "person"),
        describe_column("readers_feed", "int", "来自朋友圈的阅读人数", "readers from moments", "person"),
        describe_column("readers_friends", "int", "来自好友转发的阅读人数", "readers from friends' messages", "person"),
        describe_column("readers_other", "int", "来自其他的阅读人数", "readers from elsewhere", "person"),
    ),
)

LIVE_SHIFTS = CanonicalTable(
    name="live_shifts",
    title=Text(zh="直播排班", en="Live shifts"),
    grain=Text(
        zh="一行是一个时段的排班；按时间与直播场次对应", en="one shift on air; matched to live sessions by its time"
    ),
    brought_by=Text(zh="直播排班表", en="the roster of live sessions"),
    columns=(
        describe_column("starts_at", "timestamp", "上播时间", "start", required=True),
        describe_column("ends_at", "timestamp", "下播时间", "end"),
        describe_column("channel", "string", "渠道；排班表未写时为空", "channel; empty if the roster has none"),
        describe_column("anchor", "string", "主播（键控代号）", "anchor, a keyed code", personal="keyed"),
        describe_column("operator", "string", "场控（键控代号）", "floor operator, a keyed code", personal="keyed"),
        describe_column("cost", "money", "时段投放消耗", "spend in the shift", "currency"),
    ),
)

LIVE_VIEWERS = CanonicalTable(
    name="live_viewers",
    title=Text(zh="直播观众", en="Live viewers"),
    grain=Text(
        zh="一行是一场直播的一位观众；没有编号的观众不能跨场次对应",
        en="one viewer of one session; a viewer without an id can't be found again in another",
    ),
    brought_by=Text(zh="企业微信直播观看明细", en="the viewer list of a WeCom live session"),
    columns=(
        describe_column("session", "string", "场次", "session"),
        describe_column("channel", "string", "渠道", "channel"),
        describe_column("day", "date", "日期", "day"),
        describe_column("customer", "string", "客户（键控假名）", "customer, a keyed pseudonym", personal="keyed"),
        describe_column("contact", "string", "联系人（键控假名）", "contact, a keyed pseudonym", personal="keyed"),
        describe_column("is_contact", "bool", "是否企业客户", "whether a contact of the company"),
        describe_column("origin", "string", "所属（微信、企业或部门）", "where the viewer belongs"),
        describe_column("minutes", "float", "观看分钟", "minutes watched", "minute"),
        describe_column("commented", "bool", "是否评论", "whether the viewer commented"),
        describe_column("spoke", "bool", "是否连麦", "whether the viewer spoke"),
        describe_column(
            "inviter", "string", "邀请员工（键控代号）", "staff who invited, a keyed code", personal="keyed"
        ),
    ),
)

CARE_TABLES = (
    SERVICE_PERIODS,
    LEAD_PERIODS,
    STAFF_TASKS,
    GROUP_MEMBERS,
    GROUP_VOICES,
    AUDIENCE_DAYS,
    POSTS,
    LIVE_SHIFTS,
    LIVE_VIEWERS,
)
