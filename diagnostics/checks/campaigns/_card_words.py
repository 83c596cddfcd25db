"""What the question on campaign cards says, the mechanics that it knows, and the rule that each must keep."""

from __future__ import annotations

from diagnostics.model.wording import Text

QUESTION = Text(
    zh="每场活动用了什么玩法、带来多少人、花了多少，被触达的人有多少响应、到店、下单？",
    en="Which mechanics did each campaign use, whom did it bring and what did it cost, and of those it reached, how "
    "many answered, came and bought?",
)
DEFINITION = Text(
    zh="一张卡 = 活动日历上一场不超过 {longest} 天的活动在一个渠道（没写渠道则全部渠道）的窗口：订单、买家、"
    "其中首次购买的新客、销售额、费用。玩法按类型和名称的用词归类，一场可归几类；费用率 = 费用 ÷ 窗口销售额，"
    "只算填了费用的活动；数据最初几个月里开始的活动分不清新老客，新客占比留空，也不计入玩法；合规提示是该玩法必须守的规"
    "矩，不是认定。触达 = 触达记录里写明该活动的客户（人数），响应取触达记录；到店 = 从首次触达到活动结束后 {after} 天"
    "内有到店、核销、签到事件，或在门店下过单；下单 = 同一时间内在任何渠道下单；到店与下单各自占触达人数，一个人可以不"
    "到店就下单。窗口里的总量、被触达的人走到哪一步都不是增量（没有被触达的人也会买）；有没有多卖，看活动净增一节。区间"
    "为 95%（Wilson），不足 {least} 人不给占比。",
    en="A card is one campaign of the calendar of at most {longest} days in one channel (all, if none is named): "
    "orders, buyers, those who bought for the first time, sales and cost of its window. Mechanics are told by the "
    "words of kind and name, a campaign may have several; cost share = cost over the window's sales, of campaigns with "
    "a cost; of campaigns that begin in the first months of the data newcomers can't be told from older customers, so "
    "their share is left empty, on the card and among mechanics; the note on compliance is what the mechanic must keep "
    "to, no verdict. Reached = customers whom the log of touches names for the campaign; answered as the log says; "
    "came = an event that names a visit, redemption or check-in, or an order in a store, from the first touch to "
    "{after} days after the campaign; bought = an order in any channel in the same days; each is a share of those "
    "reached, for one can buy without coming. Neither the window's totals nor how far people came is what the campaign "
    "added (others buy, too); for that see the section on lift. Intervals 95% (Wilson), none from fewer than {least} "
    "people.",
)
NONE = Text(
    zh="活动表里没有在数据期间开始、不超过 {longest} 天的活动",
    en="the calendar has no campaign of at most {longest} days that begins within the data",
)
NO_CARDS = Text(
    zh="活动表里没有不超过 {longest} 天、在数据期间开始的活动，玩法、带来的人和费用没有卡片；请补活动日历。",
    en="The calendar has no campaign of at most {longest} days that begins within the data, so there are no cards on "
    "mechanics, buyers and cost; complete the calendar.",
)
UNLOCK = Text(
    zh="活动日历：名称、类型、渠道、起止日、费用",
    en="the campaign calendar: name, kind, channel, first and last day, cost",
)
ANSWER = Text(
    zh="{n} 场活动，窗口内共 {orders} 单；用得最多的玩法是{most}（{times} 场）{new}{cost}。",
    en="Campaigns: {n}, with {orders} orders in their windows; the mechanic used most is {most} ({times}){new}{cost}.",
)
NEW = Text(zh="；新客占比最高的是「{name}」{share}", en="; “{name}” had the largest share of newcomers, {share}")
COST = Text(
    zh="；填了费用的玩法里费用率最低的是{low}（{low_share}），最高的是{high}（{high_share}）",
    en="; of mechanics with a cost {low} takes the smallest share of sales ({low_share}), {high} the largest "
    "({high_share})",
)
NO_COST = Text(
    zh="活动表没有费用，玩法之间无法比较划算与否；补填每场费用即可。",
    en="The calendar holds no cost, so mechanics can't be compared by what they cost; fill in each campaign's cost.",
)
OVERLAP = Text(
    zh="活动窗口有重叠时同一订单会算进几张卡，各卡不可相加。",
    en="Where windows overlap an order stands on several cards; cards are not to be added up.",
)
MECHANICS: dict[str, Text] = {
    "discount": Text(zh="折扣与满减", en="discounts"),
    "coupon": Text(zh="优惠券", en="coupons"),
    "gift": Text(zh="赠品与试用", en="gifts and trials"),
    "lottery": Text(zh="抽奖与游戏", en="draws and games"),
    "referral": Text(zh="裂变与拼团", en="referral and group buying"),
    "creator": Text(zh="达人与种草", en="creators and seeding"),
    "live": Text(zh="直播", en="live selling"),
    "member": Text(zh="会员日与积分", en="member days and points"),
    "joint": Text(zh="联名与联合开卡", en="joint campaigns"),
    "new_item": Text(zh="上新", en="new items"),
    "offline": Text(zh="线下活动", en="events on the spot"),
    "other": Text(zh="未能归类", en="of no kind"),
}
PATTERNS: dict[str, str] = {
    "discount": "折|满减|秒杀|特价|大促|promo|discount|sale|618|双11|双十一|双12",
    "coupon": "券|coupon|voucher",
    "gift": "赠|礼|试用|小样|体验装|gift|sample|trial",
    "lottery": "抽奖|盲盒|游戏|签到|转盘|lottery|draw|game",
    "referral": "裂变|拼团|老带新|邀请|助力|砍价|referral|invite|group buy",
    "creator": "达人|KOL|KOC|种草|博主|网红|influencer|creator",
    "live": "直播|live",
    "member": "会员|积分|VIP|member|points",
    "joint": "联名|联合|开卡|co.?brand|joint",
    "new_item": "上新|新品|首发|new.?item|launch",
    "offline": "线下|快闪|沙龙|市集|路演|到店|发布会|event|pop.?up|offline",
}
NOTES: dict[str, Text] = {
    "discount": Text(zh="原价须真实，不得先涨后降", en="the former price must be true; no rise before the cut"),
    "coupon": Text(zh="门槛与有效期要事先写清", en="say minimum spend and expiry beforehand"),
    "gift": Text(zh="写明品种、规格、数量与期限", en="state kind, size, number and period"),
    "lottery": Text(
        zh="公示奖项与概率，最高奖不超过 5 万元", en="publish prizes and odds; top prize at most CNY 50,000"
    ),
    "referral": Text(zh="奖励只到直接邀请一级，不按层级计酬", en="reward direct invitations only, never by levels"),
    "creator": Text(zh="商业合作要标明广告，不雇人刷评带节奏", en="mark paid posts as advertising; no bought reviews"),
    "live": Text(zh="价格与功效承诺须有依据并留存", en="claims on price and effect need proof, kept on file"),
    "member": Text(zh="规则变更提前公告，不清零已得权益", en="announce changes of rules; don't void what was earned"),
    "joint": Text(
        zh="双方共享会员信息要逐项告知并单独同意", en="sharing members' data with the partner needs notice and consent"
    ),
    "new_item": Text(zh="功效宣称须与备案一致", en="claims must match the product's registration"),
    "offline": Text(zh="现场收集信息要告知用途", en="say what data collected on the spot is for"),
    "other": Text(zh="补写类型后再核对", en="state the kind first"),
}
AXIS = Text(zh="窗口内新客占买家的比例（线段为 95% 区间）", en="Newcomers among the window's buyers (line: 95%)")
