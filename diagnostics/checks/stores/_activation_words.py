"""What the question on active staff says."""

from diagnostics.model.wording import Text

QUESTION = Text(
    zh="门店员工真的在线上服务客户吗，直营与经销有差别吗？",
    en="Do the staff of stores serve customers online, and do dealers differ from own stores?",
)
DEFINITION = Text(
    zh="活跃员工 = 最近 {window} 天加过客户或有过单聊的员工 ÷ 有统计的员工（至少 {least} "
    "天有记录；刚入职或离职者不计）。"
    "当统计覆盖了档案中九成以上员工时，没有统计的员工按未开通计入分母，否则视为未知。少于 2 人的门店不判断。"
    "门店只有在其他门店普遍活跃时才点名。",
    en="Active = staff who added a contact or had a chat in the last {window} days, over staff with statistics (at "
    "least "
    "{least} days told, so that who just came or left is not counted). Where the statistics cover nine tenths of the "
    "staff in the master, those without count as inactive, else as unknown. Stores under 2 staff are not judged; a "
    "store "
    "is named only where the others are mostly active.",
)
NOTHING = Text(zh="员工统计没有对应到门店的员工", en="no staff of the statistics can be placed in a store")
UNLOCKED_BY = Text(
    zh="带门店的企业微信联系客户统计，或联系人、订单中的员工与门店",
    en="WeCom behaviour statistics with stores, or staff and store in contacts and orders",
)
ANSWER = Text(
    zh="{stores} 家门店的 {staff} 位员工中 {share} 活跃（最近 {window} 天）",
    en="{share} of {staff} staff in {stores} stores are active (last {window} days)",
)
IDLE = Text(zh="；{n} 家门店多数员工未行动：{names}。", en="; stores where most of them do nothing: {n} ({names}).")
ALL_ACTIVE = Text(zh="；没有一家门店有过半员工没有动作。", en="; in no store are most of them idle.")
TITLE = Text(
    zh="{who}的 {staff} 位员工里 {idle} 位没有加粉也没有单聊，其他门店活跃率中位数 {middle}",
    en="{who}: {idle} of {staff} staff add and serve nobody, other stores have {middle} active (median)",
)
TITLE_CITY = Text(
    zh="{who}的 {stores} 家门店里 {idle} 家多数员工没有行动",
    en="{who}: in {idle} of {stores} stores most staff do nothing",
)
TITLE_WHOLE = Text(zh="门店员工只有 {share} 活跃", en="Only {share} of the staff in stores are active")
CITY = Text(zh="{name}", en="{name}")
CAUSE = Text(
    zh="最近 {window} 天新增客户 {added} 位、单聊 {chats} "
    "次。{unseen}先查账号是否开通并绑定手机、店长是否布置、提成是否算到人、"
    "经销门店是否愿意。",
    en="{added} contacts added and {chats} chats in the last {window} days. {unseen}Look first at whether accounts "
    "are open "
    "and on a phone, whether the manager asks for it, whether commission reaches the person, and whether a dealer "
    "wants it.",
)
UNSEEN = Text(zh="其中 {n} 位没有账号统计。", en="{n} of them have no account in the statistics. ")
ACTION = Text(
    zh="一周内逐店开通账号、加好第一批 20 位熟客；每天一条可照抄的话术任务，店长日报只看“有来有回”的客户数；"
    "经销门店先谈绑定归属与"
    "分佣再要求动作。",
    en="Within a week open the accounts store by store and add the first 20 regulars; send one ready-made task a "
    "day and let "
    "the manager's report count customers who answered; with dealers agree on whose the customer is and on "
    "commission first.",
)
STOP = Text(
    zh="四周后活跃员工仍不到一半，则停止催办，改查利益分配或由总部客服代管该店客户。",
    en="If after four weeks fewer than half are active, stop pressing; look at commission or let head office serve "
    "the customers.",
)
NO_MONEY = Text(
    zh="员工不行动少卖多少，与商圈和客流分不开，不折算金额",
    en="what idle staff cost can't be told from area and footfall, so no money is stated",
)
UNKNOWN = Text(
    zh="{stores} 家门店没有员工统计，未作判断。", en="{stores} stores have no staff statistics and are not judged."
)
