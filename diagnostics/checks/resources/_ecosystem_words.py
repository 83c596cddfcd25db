"""Words on the sides of the trade's ecosystem."""

from __future__ import annotations

from diagnostics.model.wording import Text

ANSWER = Text(
    zh="{n} 方生态里 {there} 方有已落实的资源，{hidden} 项还没用起来，{silent} 方一项也没写（{names}）。",
    en="Of {n} sides of the ecosystem {there} hold real resources; not in use: {hidden}; "
    "{silent} sides are blank ({names}).",
)
ANSWER_FULL = Text(
    zh="{n} 方生态里 {there} 方有已落实的资源，{hidden} 项还没用起来。",
    en="Of {n} sides of the ecosystem {there} hold real resources; not in use: {hidden}.",
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
