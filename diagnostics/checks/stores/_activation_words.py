"""What the question on active staff, and on groups that join the brand's campaigns, says."""

from diagnostics.model.wording import Text

QUESTION = Text(
    zh="门店员工真的在线上服务客户吗，直营与经销有差别吗，品牌做活动时哪些店的社群参加？",
    en="Do the staff of stores serve customers online, do dealers differ from own stores, and whose groups join when "
    "the brand runs a campaign?",
)
DEFINITION = Text(
    zh="活跃员工 = 最近 {window} 天加过客户或有过单聊的员工 ÷ 有统计的员工（至少 {least} "
    "天有记录；刚入职或离职者不计）。"
    "当统计覆盖了档案中九成以上员工时，没有统计的员工按未开通计入分母，否则视为未知。少于 2 人的门店不判断。"
    "门店只有在其他门店普遍活跃时才点名。品牌活动以下发给群主的任务（转发、发朋友圈等）为准，本期内；群主按其社群所属"
    "门店归店。参与率 = 执行了任务的门店群主 ÷ 收到任务的门店群主（Wilson 95%）；不足 {asked} 人次的不写比率，"
    "没有任务记录的活动看不见。",
    en="Active = staff who added a contact or had a chat in the last {window} days, over staff with statistics (at "
    "least {least} days told, so that who just came or left is not counted). Where the statistics cover nine tenths of "
    "the staff in the master, those without count as inactive, else as unknown. Stores under 2 staff are not judged; a "
    "store is named only where the others are mostly active. Campaigns are tasks given to group owners (sharing, "
    "moments) in the period; an owner belongs to the store of the groups. Taking part = store owners who carried the "
    "task out over those who got it (Wilson, 95%); no rate under {asked} of them. Campaigns without a record of tasks "
    "can't be seen.",
)
NEITHER = Text(
    zh="没有能对应到门店的员工统计，也没有门店社群群主收到任务的记录",
    en="no statistics of staff who can be placed in a store, and no task of an owner of a store's group",
)
UNLOCKED_BY = Text(
    zh="带门店的企业微信联系客户统计，或联系人、订单中的员工与门店；朋友圈与转发任务的执行明细，与带门店的客户群列表",
    en="WeCom behaviour statistics with stores, or staff and store in contacts and orders; who carried out moments and "
    "sharing tasks, and the group list with stores",
)
NO_STAFF = Text(
    zh="没有能对应到门店的员工统计，员工是否活跃看不出；带门店的企业微信联系客户统计，或联系人、订单中的员工与门店可补。",
    en="No staff of the statistics can be placed in a store, so who is active can't be told; WeCom behaviour "
    "statistics with stores, or staff and store in contacts and orders, would show it.",
)
NO_TASKS = Text(
    zh="本期没有门店社群群主收到任务的记录，哪些店参加品牌活动看不出；朋友圈与转发任务的执行明细与带门店的客户群列表可补。",
    en="No owner of a store's group is known to have got a task in the period, so which stores join can't be told; who "
    "carried out moments and sharing tasks, and the group list with stores, would show it.",
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
LENT = Text(
    zh="{tasks} 次品牌任务里，门店社群的参与率 {share}（{low} 至 {high}）；{stores} 家店有社群，其中 {never} "
    "家一次也没参加。",
    en="In {tasks} tasks of the brand {share} of store group owners took part ({low} to {high}); of {stores} stores "
    "with groups {never} never did.",
)
LENT_AXIS = Text(zh="参与率（n 为收到任务的人次）", en="Share who took part (n: owners asked)")
UNNAMED = Text(zh="未命名", en="unnamed")
