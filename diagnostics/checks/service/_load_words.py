"""What the question on load says."""

from diagnostics.model.wording import Text

QUESTION = Text(
    zh="有没有人手里的客户多到顾不过来，高价值客户有没有专人一对一照顾？",
    en="Does anybody hold more contacts than can be served, and do top customers have a person of their own?",
)
DEFINITION = Text(
    zh="在手客户 = 数据末日已添加、未流失的联系人，一位联系人被几位员工添加则各计一次。"
    "承接上限取需求表账号矩阵所填容量的中位数，未填则为企业微信成员初始客户上限 {capacity}。"
    "「过载」须两条同时成立：在手客户达到上限或达到同事中位数的 {times} 倍；"
    "且服务确实变差（首次回复明显更慢或当日回复占比明显更低：与全体中位数比，错误发现率 5%）。"
    "只有客户多而回复正常，不算过载；没有回复统计时，只有达到上限才提出。"
    "高价值客户 = 近一期消费最高的五分之一有身份买家；有专人 = 在某个员工账号手里（多人添加时取最后一位），"
    "与其他买家的差距用 95% 区间（Newcombe）。最近沟通 = 触达记录里最后一次触达距数据末日的天数："
    "30 天内算有照顾，90 天以上算失联。",
    en="Held = contacts added and not lost at the end of the data; a contact of several staff counts with each. "
    "Capacity is the median of the account matrix of the requirement sheet, else {capacity}, where WeCom starts to cap "
    "a member's contacts. Overload needs both: contacts at capacity, or {times} times the median colleague; and "
    "service that is worse (first replies clearly slower or fewer answered on the day than the median of all, false "
    "discovery rate 5%). Many contacts with normal replies are no overload; without statistics of replies only "
    "capacity counts. Top customers = the fifth of the current period's known buyers who spend most; a person of "
    "their own = held by a staff account (of several, the last to add them), the gap to other buyers with a 95% "
    "interval (Newcombe). Last talk = days from the last touch logged to the end of the data: within 30 days counts "
    "as looked after, over 90 as out of touch.",
)
NO_STAFF = Text(zh="联系人名单没有记录由哪位员工添加", en="the contact list does not tell which staff hold a contact")
UNLOCKED_BY = Text(zh="带员工列的企业微信客户列表", en="the WeCom contact list with the staff column")
ANSWER = Text(
    zh="{staff} 位员工持有 {held} 个客户关系，中位数 {middle}，最多 {most}；最多的一成员工持有 {share}",
    en="{staff} staff hold {held} contacts, {middle} at the median and {most} at most; the tenth that holds most "
    "has {share}",
)
OVER = Text(zh="；过载的有 {n} 位：{names}。", en="; overloaded: {n} ({names}).")
NONE_OVER = Text(zh="；没有人过载。", en="; nobody is overloaded.")
TITLE = Text(
    zh="{who}持有 {held} 个客户，为同事中位数的 {times} 倍，{worse}",
    en="{who} holds {held} contacts, {times} times the median colleague, and {worse}",
)
SLOWER = Text(
    zh="首次回复 {mine} 分钟（中位数 {middle}）", en="takes {mine} minutes to a first reply (median {middle})"
)
FEWER = Text(zh="当日只回复 {mine}（中位数 {middle}）", en="answers only {mine} on the day (median {middle})")
FULL = Text(zh="已到承接上限 {capacity}", en="is at the capacity of {capacity}")
CAUSE = Text(
    zh="在手客户 {held}，近 {days} 天每周单聊 {chats} 次，即每百位客户每周 {rate} "
    "次（全体 {all_rate} 次）。客户集中在一人，"
    "离职或停用即整批失联。",
    en="{held} contacts and {chats} chats a week in the last {days} days: {rate} a week for a hundred contacts "
    "({all_rate} "
    "over all). With so many on one person, leaving or a blocked account loses all of them at once.",
)
ACTION = Text(
    zh="暂停该账号的活码分配，把近 90 天未互动的客户按地区或门店转接给在手客户少的同事（分批、先告知客户），"
    "高价值客户留在原顾问；"
    "活码改为按在手数轮流分配。",
    en="Take the account out of the rotation of codes, hand contacts silent for 90 days to colleagues with few, by "
    "region "
    "or store, in batches and with a word to the customer; high-value customers stay. Let codes assign by contacts "
    "held.",
)
STOP = Text(
    zh="转接两批后，被转客户的删除率高于未转客户，则停止转接，改加人手。",
    en="If customers handed over delete more than those who stayed after two batches, stop and add people instead.",
)
NO_MONEY = Text(
    zh="谁的客户因顾不过来而少买，现有数据不能与其他原因分开，不折算金额",
    en="what customers buy less for want of attention can't be told from other reasons, so no money is stated",
)
SHARED = Text(
    zh="{shared} 位联系人同时由几位员工持有，{unheld} 位没有员工，未计入个人。",
    en="{shared} contacts are held by several staff; {unheld} by nobody and are in nobody's count.",
)
