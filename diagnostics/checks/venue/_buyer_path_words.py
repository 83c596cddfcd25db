"""What the question on the way to contact and group says of buyers."""

from __future__ import annotations

from diagnostics.model.wording import Text

NO_PATH = Text(
    zh="没有有身份的买家，或没有能与客户对上的联系人名单，看不出买家在哪一步流失：请给带客户标识的订单明细与企业微信客户列表。",
    en="Known buyers or a contact list that can be matched to customers are not there, so where buyers are lost is "
    "open: order lines with customers and the WeCom contact list would show it.",
)
ANSWER = Text(
    zh="本期 {buyers} 位买家里（跨渠道重复计）{added} 位加过好友（{share}）；流失最多的一步是{channel}的“{step}”，"
    "少了 {lost} 人，比照最好的渠道可追回约 {back} 人。",
    en="Of {buyers} buyers of the period (counted in each channel) {added} were ever added ({share}); the step that "
    "loses most is “{step}” of {channel}: {lost} people, of whom some {back} could be won back by the best channel's "
    "rate.",
)
ANSWER_ALONE = Text(
    zh="本期 {buyers} 位买家里（跨渠道重复计）{added} 位加过好友（{share}），少了 {lost} 人；没有第二个渠道可比。",
    en="Of {buyers} buyers of the period (counted in each channel) {added} were ever added ({share}), {lost} were not; "
    "there is no second channel to compare with.",
)
WARM = Text(
    zh="新增好友里 {sought} 自己加进来，{social} 由熟人带入，{pushed} 是企业去加的。",
    en="Of the contacts added {sought} came by themselves, {social} through others, {pushed} were asked by the "
    "company.",
)
ALL_SOUGHT = Text(
    zh="新增好友都是自己加进来的，没有由熟人带入或企业去加的。",
    en="All contacts added came by themselves; none came through others or were asked by the company.",
)
NO_TOUCHES = Text(
    zh="没有触达记录，看不出“通知到”这一步少了谁；群发、短信或外呼记录可补。",
    en="No log of touches: who was never spoken to can't be told; records of mass messages, SMS or calls would show "
    "it.",
)
NO_MEMBERS = Text(
    zh="没有能与客户对上的群成员名单，“入群”只有总数；企业微信客户群详情可补。",
    en="No member list that can be matched to customers: joining groups is known in total only; WeCom's group details "
    "would show it.",
)
NO_LOST = Text(
    zh="名单没有流失时间，7 天内流失空着。",
    en="The list has no time of leaving, so leaving within 7 days stays empty.",
)
STEPS = {
    "contacted": Text(zh="下单 → 触达", en="Order to touch"),
    "added": Text(zh="触达 → 加好友", en="Touch to contact"),
    "added_all": Text(zh="下单 → 加好友", en="Order to contact"),
    "grouped": Text(zh="加好友 → 入群", en="Contact to group"),
}
KINDS = {
    "sought": Text(zh="主动进来", en="By themselves"),
    "social": Text(zh="熟人带入", en="Through others"),
    "pushed": Text(zh="企业去加", en="Asked by the company"),
    "unknown": Text(zh="方式未写", en="Not stated"),
}
WAYS = {
    "sought": frozenset(["扫码", "获客链接", "视频号", "微信好友申请", "智慧硬件", "第三方客服", "上门服务"]),
    "social": frozenset(["群聊", "名片分享", "微信联系人", "日程", "会议"]),
    "pushed": frozenset(["搜索手机号", "手机通讯录", "搜索邮箱", "微信好友匹配", "内部分享", "管理员分配"]),
}
VOLUMES = {
    "requests": Text(zh="员工发出的好友申请", en="Requests sent by staff"),
    "added": Text(zh="新增好友（同期）", en="Contacts added in those days"),
    "scans": Text(zh="门店码扫码次数", en="Scans of store codes"),
    "scanned_adds": Text(zh="扫码后加上", en="Added after a scan"),
    "joined": Text(zh="入群人次", en="Joins of groups"),
}
VOLUME_BASES = {
    "requests": Text(zh="员工日统计", en="statistics of staff by day"),
    "added": Text(zh="员工日统计", en="statistics of staff by day"),
    "scans": Text(zh="门店导购统计", en="statistics of store codes"),
    "scanned_adds": Text(zh="门店导购统计", en="statistics of store codes"),
    "joined": Text(zh="群聊统计", en="group statistics"),
}
NOTE_VOLUMES = Text(
    zh="各统计的天数和人群不同，只看量级，行与行不可相除；接受率只在同一份统计里算。",
    en="Each statistic has its own days and people: read them for size; rates are told within one statistic only.",
)
AXIS = Text(
    zh="通过这一步的比例（线段为 95% 区间，n 为进入人数）",
    en="Share who come through (line: 95% interval; n: people before)",
)
