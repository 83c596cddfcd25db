"""Words of the section on the trade's ecosystem, hidden resources and supply."""

from __future__ import annotations

from diagnostics.model.wording import Text

QUESTION = Text(
    zh="行业生态里还有哪些看不见的资源？支撑业务走远的供给够不够好、够不够深？",
    en="Which resources of the trade lie out of sight, and is the supply that carries the business good and deep "
    "enough?",
)
DEFINITION = Text(
    zh="生态分 {n} 方：每一方列出需求表写明的已有、待落实与想要的资源，以及合作记录。隐藏资源 = 待落实的、没有负责人"
    "的，"
    "或需求表一项也没写的生态方；后者是提问，不是事实。供给深度看本期在售商品：退款后留存不明显低于整体（差距在该订"
    "单数的抽样误差内）、且有 {least} 个以"
    "上订单的为"
    "优质商品；看优质商品占 GMV 多少、最大一个占多少、几个商品做出一半 GMV。库存没有导出，深度只能看在售。组织变通只"
    "列关键资源"
    "当下的负责岗位与建议动作。",
    en="The ecosystem has {n} sides; each lists what the sheet says is there, to come and wanted, and partners on "
    "record. "
    "Hidden = to come, without an owner, or a side on which the sheet states nothing; the last is a question, no "
    "fact. "
    "Supply is seen in the items sold this period: one of quality keeps no clearly smaller share than all do "
    "(within the noise of its orders) of its sales "
    "after "
    "refunds over {least} orders and more; shown are their share of GMV, the largest item's and how many make half "
    "of "
    "it. Stock is not exported. Changes to the organisation name the key resource's owner and a step.",
)
NO_RESOURCES = Text(zh="需求表没有列出资源", en="the requirement sheet lists no resource")
ANSWER = Text(
    zh="{n} 方生态里 {there} 方有已落实的资源，{hidden} 项资源还没用起来，{silent} 方一项也没写（{names}）。",
    en="Of {n} sides of the ecosystem {there} hold real resources; not in use: {hidden}; "
    "{silent} sides are blank ({names}).",
)
ANSWER_FULL = Text(
    zh="{n} 方生态里 {there} 方有已落实的资源，{hidden} 项资源还没用起来。",
    en="Of {n} sides of the ecosystem {there} hold real resources; not in use: {hidden}.",
)
SUPPLY = Text(
    zh="在售 {items} 个商品，{good} 个优质商品撑起 {share} 的 GMV；{half} 个商品做出一半，最大的一个占 {largest}。",
    en="Of {items} items sold {good} are of quality and carry {share} of GMV; {half} items make half of it, the "
    "largest "
    "{largest}.",
)
NO_STOCK = Text(
    zh="库存深度与断货要看库存导出（商品、日期、可售数量）；没有它，只能看卖出去的。",
    en="Depth of stock and items sold out take the stock export (item, day, units for sale); without it only what "
    "was "
    "sold is seen.",
)
SIDES: dict[str, tuple[Text, Text]] = {
    "supply": (
        Text(zh="上游：供应与研发", en="Upstream: supply and research"),
        Text(zh="谁能给独家或优先的货？", en="Who could give exclusive or early goods?"),
    ),
    "channel": (
        Text(zh="渠道：门店与经销商", en="Channels: stores and dealers"),
        Text(zh="谁手里有现成的客流？", en="Who has customers coming already?"),
    ),
    "partner": (
        Text(zh="同客群的异业", en="Others with the same customers"),
        Text(zh="客户买之前和之后还找谁？", en="Whom do customers see before and after?"),
    ),
    "people": (
        Text(zh="员工与专家", en="Staff and experts"),
        Text(zh="谁的专业客户愿意听？", en="Whose advice do customers take?"),
    ),
    "brand": (
        Text(zh="品牌与口碑", en="Brand and reputation"),
        Text(zh="有什么荣誉、专利、故事没讲？", en="Which awards, patents or stories are untold?"),
    ),
    "traffic": (
        Text(zh="平台与流量", en="Platforms and traffic"),
        Text(zh="哪个平台给扶持或免费流量？", en="Which platform gives support or free traffic?"),
    ),
    "content": (
        Text(zh="内容与达人", en="Content and creators"),
        Text(zh="哪些客户已经在自发分享？", en="Which customers share on their own?"),
    ),
    "data": (Text(zh="数据与系统", en="Data and systems"), Text(zh="哪份数据攒着没用？", en="Which data lie unused?")),
    "money": (
        Text(zh="资金与政策", en="Money and policy"),
        Text(zh="有没有补贴、账期、联合投放？", en="Are there grants, credit or shared spend?"),
    ),
}
CHANGE_OWNER = Text(
    zh="先定一位能跨部门调人的负责人，再动流程", en="name an owner who may call on departments, then change procedures"
)
CHANGE_LANDED = Text(
    zh="让{owner}直接向决策层汇报这项资源的用法，每两周一次",
    en="let {owner} report its use to the management every two weeks",
)
CHANGE_SERVING = Text(
    zh="把结果写进{owner}的考核，其他部门按需求取用",
    en="put its result into {owner}'s indicators; others draw on it by need",
)
NOBODY = Text(zh="未写", en="nobody named")
ALL_REAL = Text(zh="已用起来", en="in use")
