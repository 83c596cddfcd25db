"""Words of the section on resources and the supply behind the business."""

from __future__ import annotations

from diagnostics.model.wording import Text

QUESTION = Text(
    zh="手里有什么资源，哪一项是关键，哪些闲着？支撑业务走远的供给够不够好、够不够深？",
    en="Which resources are there, which one is key, which lie idle, and is the supply that carries the business good "
    "and deep enough?",
)
DEFINITION = Text(
    zh="依需求表判断。关键资源三条标准：对业绩有直接影响、稀缺、难以替代，三项都达到限值才算；分量 = 影响 × 稀缺 × "
    "（6 − 可替代），最高 125。推进四步：发现 → 落地（已有）→ 撬动（有负责人或用在触点上）→ 满足需求。资源与需求按字面"
    "初配，供咨询会上确认，不是事实。供给侧 = 供应链、渠道、合作方，需求侧 = 流量、内容、品牌，其余两侧皆可。"
    "生态分 {n} 方，合作记录算作同客群的异业；一项也没写的一方是提问，不是事实。供给深度看本期在售商品："
    "退款后留存不明显低于整体（差距在该订单数的抽样误差内）、且有 {least} 个以上订单的为优质商品；"
    "看优质商品占 GMV 多少、最大一个占多少、几个商品做出一半 GMV。库存没有导出，深度只能看在售。",
    en="Judged from the sheet. A key resource acts directly on sales, is scarce and is hard to replace: it must "
    "reach all three limits; weight = impact × scarcity × (6 − replaceable), 125 at most. Four steps: known, secured "
    "(really there), in use (has an owner or stands at a touchpoint), serving a demand. Resources and demands are "
    "matched by their words as a proposal for the session, no fact. Supply side = supply, channel, partner; demand "
    "side = traffic, content, brand; the others serve both. The ecosystem has {n} sides; partners on record count as "
    "others with the same customers, and a side on which nothing is stated is a question, no fact. Supply is seen in "
    "the items sold this period: one of quality keeps no clearly smaller share of its sales after refunds than all do "
    "(within the noise of its orders), over {least} orders and more; shown are their share of GMV, the largest item's "
    "and how many make half of it. Stock is not exported.",
)
NO_RESOURCES = Text(zh="需求表没有列出资源", en="the requirement sheet lists no resource")
ANSWER_KEY = Text(
    zh="{n} 项资源里达到关键标准的是{keys}（{side}）{idle}{unserved}。",
    en="Of {n} resources these meet the criteria of a key resource: {keys} ({side}){idle}{unserved}.",
)
ANSWER_NONE = Text(
    zh="{n} 项资源没有一项达到关键标准，分量最大的是{first}{unserved}。",
    en="None of {n} resources meets the criteria of a key resource; the weightiest is {first}{unserved}.",
)
IDLE = Text(zh="，其中{names}还没有用起来", en="; not in use yet: {names}")
UNSERVED = Text(zh="；{n} 条需求没有对应的资源", en="; demands without a resource: {n}")
NAMED = Text(
    zh="客户自己写的关键资源是“{named}”，与打分结果不一致，请在会上核对。",
    en="The client names “{named}” as its key resource, which the scores do not bear out: discuss it in the session.",
)
TITLE = Text(zh="关键资源“{name}”还没有用起来：{stage}", en="The key resource “{name}” is not used: {stage}")
CAUSE = Text(
    zh="影响 {impact}、稀缺 {scarcity}、可替代 {replaceable}（需求表打分，1 至 5），达到关键标准；负责岗位：{owner}，"
    "对应需求：{demands}。",
    en="Impact {impact}, scarcity {scarcity}, replaceable {replaceable} (scores of the sheet, 1 to 5) meet the "
    "criteria; "
    "owner: {owner}; demands it would serve: {demands}.",
)
ACTION = Text(
    zh="两周内定负责人，选一条需求做最小试点（一个渠道、一个月、一个结果指标）；谈不成的写明换取条件，不再算作资源。",
    en="Name an owner within two weeks and try it on one demand: one channel, one month, one measure; if it can't be "
    "had, write down what it would take and stop counting it.",
)
STOP = Text(
    zh="一个月试点没有可量的结果，就降级为备用资源，把负责人时间还回去。",
    en="If the month brings nothing that can be measured, call it a reserve and give the owner's time back.",
)
NO_MONEY = Text(
    zh="资源的打分来自需求表，没有可核对的金额",
    en="scores come from the sheet and hold no amount that could be checked",
)
NO_DEMAND = Text(zh="未对上", en="none matched")
NO_ITEMS = Text(
    zh="本期没有一笔成交带商品编码，看不到供给：请让订单导出带上商品编码。",
    en="No sale of this period names its item, so the supply is not seen: have orders exported with the product code.",
)
NO_STOCK = Text(
    zh="库存深度与断货要看库存导出（商品、日期、可售数量）；没有它，只能看卖出去的。",
    en="Depth of stock and items sold out take the stock export (item, day, units for sale); without it only what "
    "was "
    "sold is seen.",
)
NOBODY = Text(zh="未写", en="nobody named")
YES = Text(zh="●", en="●")
NO_RESOURCE = Text(zh="还没有资源对上", en="no resource answers it yet")
FIND_ONE = Text(zh="先找到一项能对上的资源", en="first find a resource that answers it")
FIND_AMONG = Text(zh="先从想要的资源里谈成一项：{wanted}", en="first win one of those wanted: {wanted}")
