"""What the question on the market says."""

from __future__ import annotations

from diagnostics.model.wording import Text

QUESTION = Text(
    zh="市场、竞品和购买逻辑，哪些有依据、哪些还是感觉，以前为什么没做成，那些原因今天还在吗？",
    en="What is known of market, competitors and the logic of buying, what is only felt, and why did earlier attempts "
    "fail: do the causes still stand?",
)
DEFINITION = Text(
    zh="五块调研各看三件事：依据来自哪里（数据、需求表、没有），说了什么，还缺什么。"
    "购买逻辑把需求表里客户自估的客单价、年购买频次、复购周期与订单对照：实测在自估的上下 {slack} 以内算相符。"
    "复购周期的实测取相邻两个购买日间隔的中位数，还没结束的间隔按生存分析计入（Kaplan-Meier，至多两年内回来的）；"
    "比数据更长的间隔看不到，有偏差也是偏短，只有实测更长时才算不符。"
    "竞品只列名单；价格高低要有竞品到手价才能比。"
    "过往尝试依需求表：原因按用词归为七类：数据没有打通、内容、人手、权益与价格、服务、系统工具、门店执行；"
    "一条可归入几类，归不进的留给面谈。每类原因只看需求表今天写明的一件事，判断它是否还在：数据看各渠道是否用手机号、"
    "unionid 等跨平台身份打通（平台用户号只在本平台内有效，不算）；内容、人手、服务看有没有专人；"
    "权益看有没有私域专享的权益；工具看 SCRM 或 CRM 是否已对接；门店看有没有导购激励。没有写明的按未知处理。",
    en="Five parts of research, each asked three things: where the evidence comes from (data, sheet, nowhere), what it "
    "says, what is missing. The logic of buying lays the client's own estimates of spend per order, purchases a year "
    "and the repeat cycle beside the orders: within {slack} of the estimate counts as agreeing. The measured cycle is "
    "the median gap between two purchase days, allowing for gaps that are still open (Kaplan-Meier, of those back "
    "within two years); gaps longer than the data are not seen, so it is short if anything and only a longer one "
    "disagrees. Competitors are listed only: comparing prices takes the prices at which they really sell. "
    "Earlier attempts are those of the sheet: causes are sorted by their words into seven kinds: data not bridged, "
    "content, people, benefits and price, service, tools, stores; a cause may be of several kinds, one of none is "
    "left for the talk. For each kind one thing that the sheet states today tells whether it still stands: data, "
    "whether channels are bridged by an identity that holds across platforms (a platform's own number doesn't); "
    "content, people and service, whether somebody is in charge; benefits, whether one holds in the private domain "
    "only; tools, whether an SCRM or CRM is connected; stores, whether guides have an incentive. What is not stated "
    "counts as not known.",
)
ANSWER = Text(
    zh="五块调研里 {held} 块有依据{missing}；{logic}。",
    en="{held} of five parts of research rest on evidence{missing}; {logic}.",
)
MISSING = Text(zh="，缺{names}", en="; lacking: {names}")
SALES = Text(
    zh="销售额 {gmv}，同比 {change}，最大渠道{channel}占 {share}。",
    en="Sales are {gmv} ({change} on the year before), {channel} leads with {share}.",
)
SALES_ALONE = Text(
    zh="销售额 {gmv}，没有可比的上期，最大渠道{channel}占 {share}。",
    en="Sales are {gmv}, without a comparable period before; {channel} leads with {share}.",
)
AGREES = Text(zh="客户自估与订单相符", en="the client's own estimates agree with the orders")
DISAGREES = Text(zh="自估与订单不符：{names}", en="the client's own estimates disagree with the orders: {names}")
ONE_OFF = Text(zh="{name}自估 {stated}、实测 {measured}", en="{name}, estimated {stated}, measured {measured}")
NO_CHECK = Text(zh="客户没有写自估，购买逻辑无法对照", en="the client gave no estimates to lay beside the orders")
NOT_STATED = Text(
    zh="需求表没有写竞品，市场、竞品与购买逻辑有没有依据不作判断；请填「竞品」。",
    en="The sheet names no competitors, so what market, competitors and the logic of buying rest on is not judged; "
    "fill in “competitors”.",
)
NOTHING_STATED = Text(
    zh="需求表没有回答「竞品」，也没有写明「过往尝试」",
    en="the requirement sheet leaves “competitors” open and states no “earlier attempts”",
)
UNLOCKED_BY = Text(zh="需求表：竞品、过往尝试", en="the requirement sheet: competitors, earlier attempts")

PARTS: dict[str, Text] = {
    "market": Text(zh="宏观市场", en="market"),
    "sales": Text(zh="销售盘点", en="sales"),
    "competitors": Text(zh="竞品", en="competitors"),
    "feedback": Text(zh="用户反馈", en="feedback"),
    "logic": Text(zh="购买逻辑", en="logic of buying"),
}
SOURCES = {
    "data": Text(zh="数据", en="data"),
    "sheet": Text(zh="需求表", en="sheet"),
    "both": Text(zh="需求表与数据", en="sheet and data"),
    "": Text(zh="没有", en="nowhere"),
}
SAYS_COMPETITORS = Text(zh="{n} 个：{names}", en="{n} named: {names}")
SAYS_PRICE = Text(
    zh="；本品件均实付中间一半在 {low} 至 {high}，中位 {middle}",
    en="; own units sell at {low} to {high} (middle half), median {middle}",
)
SAYS_FEEDBACK = Text(zh="{n} 条评价与答卷，内容见口碑一节", en="{n} reviews and answers, see the section on feedback")
SAYS_FILES = Text(zh="需求表列有：{names}", en="the sheet lists: {names}")
SAYS_LOGIC = Text(
    zh="选我们的首要理由：{reason}；再买的原因：{again}；试错成本：{trial}",
    en="first reason to choose: {reason}; reasons to buy again: {again}; cost of a first try: {trial}",
)
LACKS: dict[str, Text] = {
    "market": Text(
        zh="行业规模与增速、平台类目大盘（生意参谋市场洞察）", en="size and growth of the trade, category totals"
    ),
    "competitors": Text(
        zh="竞品单品、规格、到手价与月销", en="competitors' items, sizes, real prices and monthly sales"
    ),
    "feedback": Text(zh="评价导出或问卷答卷", en="review exports or survey answers"),
    "logic": Text(
        zh="定位、复购原因、自估客单与频次", en="position, reasons to buy again, estimates of spend and frequency"
    ),
}
REASONS = {
    "product": Text(zh="产品", en="product"),
    "price": Text(zh="价格", en="price"),
    "service": Text(zh="服务", en="service"),
    "none": Text(zh="都不突出", en="nothing stands out"),
}
AGAIN = {
    "consumption": Text(zh="消耗", en="used up"),
    "replacement": Text(zh="更换", en="replacement"),
    "collection": Text(zh="收集", en="collecting"),
    "gift": Text(zh="送礼", en="gifts"),
    "new_item": Text(zh="上新", en="new items"),
    "service": Text(zh="服务", en="service"),
}
TRIALS = {
    "low": Text(zh="低", en="low"),
    "medium": Text(zh="中", en="medium"),
    "high": Text(zh="高", en="high"),
}
FIGURES: dict[str, Text] = {
    "aov_stated": Text(zh="客单价", en="spend per order"),
    "purchase_frequency": Text(zh="年购买频次", en="purchases a year"),
    "repurchase_cycle_days": Text(zh="复购周期", en="repeat cycle"),
}
FITS, FITS_NOT = Text(zh="相符", en="agrees"), Text(zh="不符", en="disagrees")
AXIS = Text(zh="实测 ÷ 客户自估（1 为一致）", en="Measured over the client's own estimate (1: the same)")
EQUAL = Text(zh="一致", en="the same")
SLACK_REASON = Text(
    zh="自估凭经验，差两成以内不影响打法的选择",
    en="estimates are made from experience; a fifth makes no difference to the choice of a playbook",
)
LEAST_REASON = Text(zh="不足 30 次再购买不给周期", en="no cycle from fewer than 30 repeat purchases")
