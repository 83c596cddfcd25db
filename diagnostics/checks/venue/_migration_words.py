"""What the question on hops says."""

from __future__ import annotations

from diagnostics.model.wording import Text

HOP_NAMES = {
    "scan_to_add": Text(zh="扫码→加好友", en="scan to contact"),
    "scan_to_group": Text(zh="扫码→入群", en="scan to group"),
}
QUESTION = Text(
    zh="从扫码、下单到加好友、入群，每一步少多少人，能追回多少？",
    en="From a scan or an order to a contact and a group: how many are lost at each step, and how many could be won "
    "back?",
)
DEFINITION = Text(
    zh="扫码：加好友率 = 新增好友 ÷ 扫码次数，入群率 = 入群人数 ÷ 扫码次数，取本期各入口之和；两者来自不同的码（导购"
    "码、群码），各用自己的扫码数。扫码按次计，一人可扫多次，因此比率偏低，只用于地区间比较。买家：按渠道跟同一批人：本期"
    "有身份的买家 → 下单后被触达过 → 加过好友 → 进过群；没有触达记录或群成员名单的步骤不写，不当作零，认不出的客户"
    "算作没加。可追回 = 按本品牌做得最好的渠道在这一步的比率下限（不少于 30 人）能多留的人数，只与添加不比它更容易的"
    "渠道比；这是参照，不是承诺。邀请方式分三类：主动进来（扫码、链接、视频号）、熟人带入（群聊、名片、会议）、企业"
    "去加（搜手机号、通讯录、分配）；接受率 = 新增好友 ÷ 发出的申请，含客户自己加进来的，因此只是上限。"
    "区间：Wilson 95%。",
    en="Scans: rates are contacts added, and group joins, over scans, summed over the entrances in the current "
    "period. Guide codes and group codes are different codes, each with scans of its own. Scans are visits: "
    "somebody may scan twice, so the rates read low and serve to compare regions. Buyers: the same people "
    "followed by channel: known buyers of the period, spoken to after the order, ever added, ever seen in a "
    "group. A step without a log of touches or a list of members is left out, not taken for zero; who is not "
    "recognised counts as not added. Could be won back = how many more would come through at the low end (30 "
    "people and more) of the client's own best channel of those where adding is no easier; a yardstick and no "
    "promise. Entries are of three kinds: people come by themselves (scan, link, video), through others (group "
    "chat, card, meeting), or are asked by the company (phone search, phone book, assigned). Acceptance = "
    "contacts added over requests sent; those who came by themselves are in it, so it is an upper end. Intervals: "
    "Wilson, 95%.",
)
NO_HOPS = Text(
    zh="本期没有同时记录地区、扫码数和结果（加好友或入群）的入口，看不出扫码之后在哪里流失：请导出门店导购与门店群日统计。",
    en="No entrance reports its region and scans together with contacts added or groups joined in the period, so where "
    "scans lead nowhere is open: export the store guide and store group statistics by day.",
)
NOTHING_TOLD = Text(
    zh="没有能与买家对上的联系人名单，本期也没有同时记录扫码数和结果（加好友或入群）的入口",
    en="no contact list can be matched to known buyers, and no entrance reports scans together with contacts added or "
    "groups joined in the period",
)
UNLOCKED_BY = Text(
    zh="门店导购与门店群日统计；带客户标识的订单明细与企业微信客户列表",
    en="store guide and store group statistics by day; order lines with customers and the WeCom contact list",
)
ANSWER = Text(zh="{hop} {rate}（{scans} 次扫码）{lowest}", en="{hop}: {rate} of {scans} scans{lowest}")
LOWEST = Text(zh="，最低的地区是{region}，{share}", en=", lowest in {region} ({share})")
BOTH = Text(zh="{one}；{other}", en="{one}; {other}")
SENTENCE = Text(zh="{said}。", en="{said}.")
TITLE = Text(
    zh="{region}{hop}只有 {rate}，其他地区为 {others}：一年少得 {missed} 人",
    en="{region}, {hop}: only {rate}, other regions {others}; {missed} people a year are missed",
)
WORTH = Text(zh="，约值 {money}", en=", worth about {money}")
WORTH_AT_MOST = Text(zh="，至多值 {money}", en=", worth at most {money}")
CAUSE = Text(
    zh="{scans} 次扫码，比率 {rate}（按地区数校正后的 95% 上限 {high}）；{below} / {entrances} "
    "个入口低于其他地区的平均。"
    "先查扫码之后的一步：码是否有效、跳转几步、导购是否通过。",
    en="{scans} scans at {rate} (upper end of the 95% interval, adjusted for the number of regions, {high}); {below} "
    "of {entrances} entrances lie below the average of other "
    "regions. Look first at the step after the scan: whether codes work, how many steps, whether guides accept.",
)
MANY_SCANS = Text(
    zh="每个入口 {mine} 次扫码，其他地区为 {others} 次：可能是扫不成而重扫，少得的人数因此可能低至 {least}。",
    en="An entrance has {mine} scans here and {others} elsewhere: people may scan again where it fails, so as few as "
    "{least} may be missed.",
)
SIZED_BY_GAP = Text(
    zh="已添加买家每年复购消费比未添加买家多 {difference}，按其 25% 至 100% 计价（相关而非因果）；"
    "联系人中 {share} 是本期买家。",
    en="Buyers who are contacts spend {difference} a year more on repeat purchases than others; 25% to 100% of that "
    "is counted (an association, not an effect). {share} of the contacts matched bought in the period.",
)
SIZED_BY_CASE = Text(
    zh="自有数据看不出联系人多花钱，金额从 0 起，上限取未添加买家复购消费的 {lift}（公开案例的自述增幅）；"
    "联系人中 {share} 是本期买家。",
    en="The client's data do not show contacts spending more, so the range starts at 0 and ends at {lift} of what "
    "other buyers spend again (the rise a public case claims). {share} of the contacts matched bought in the period.",
)
ACTION = Text(
    zh="到店实扫该地区每个码：查码是否失效或满员、是否跳转多步、导购是否及时通过；"
    "换成自动通过的活码并重写首句话术与到店权益，先在两家店改，其余店对照。",
    en="Scan every code of the region in the store: is it dead or full, does it take several steps, do guides accept "
    "in time? Change to codes that accept by themselves, rewrite the opening line and the in-store benefit, in "
    "two stores first with the others as comparison.",
)
STOP = Text(
    zh="两周后试点入口的比率仍不高于对照入口，则停止换码，改查扫码人群与权益本身。",
    en="Stop if after two weeks the pilot entrances do no better than the others; look at who scans and the benefit.",
)
NO_CONTACTS = Text(
    zh="没有能与买家对应的联系人名单，无法为少得的联系人定价",
    en="no contact list that can be matched to buyers, so a missed contact can't be valued",
)
NO_GROUP_VALUE = Text(
    zh="没有群成员的消费记录，无法为少入群的人定价",
    en="spend of group members is not known, so a missed member can't be valued",
)
TOO_MANY = Text(
    zh="{count} 个入口的结果多于扫码数（有人不经扫码进入），未计入。",
    en="{count} entrances report more people than scans (some came without a scan) and are left out.",
)
NO_REGION = Text(
    zh="{count} 个入口没有地区，未计入地区比较。", en="{count} entrances have no region and are in no comparison."
)
