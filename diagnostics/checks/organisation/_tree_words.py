"""Words of the section on the tree of the organisation and its private pools."""

from __future__ import annotations

from diagnostics.model.wording import Text

QUESTION = Text(
    zh="总部、区域、经销商和门店的私域是一盘棋吗？有多少客户被重复添加？",
    en="Do headquarters, regions, dealers and stores work one private domain, and how many customers are held twice?",
)
DEFINITION = Text(
    zh="层级依需求表的渠道层级，没有写就按门店档案的大区与城市；各级 = 下属门店之和。新增好友与 GMV 为本期；"
    "联系人为未流失的添加关系；会员按入会门店。私域池按账号归属分：总部账号（没有门店）与各归属的门店账号；同一客户"
    "在两位及"
    "以上员工名下为重复添加，在两个池里为跨池。重复添加不一定是坏事，没有归属规则才是。",
    en="The tree is the sheet's, else region and city of the store master; a node is the sum of its stores. Adds and "
    "GMV are of the current period, contacts those not lost, members by store of joining. Pools go by the account: "
    "headquarters' accounts (no store) and stores by owner; a customer held by two staff and more is held twice, in "
    "two pools across pools. That is no harm as such; lacking a rule of whose the customer is would be.",
)
ANSWER = Text(
    zh="{stores} 家门店汇成 {nodes} 个上级节点；门店本期 GMV {gmv}、新增好友 {added}，最大的{level}是{name}（占 GMV "
    "{share}）。",
    en="{stores} stores roll up to {nodes} nodes; they sold {gmv} and added {added} contacts this period, most of "
    "all "
    "{name} ({share} of GMV).",
)
POOLS = Text(
    zh="私域里的 {people} 人中，{several} 人（{share}）被两位及以上员工添加，{cross} 人同时在两个池里。",
    en="Of {people} people in the private domain {several} ({share}) are held by two staff and more, {cross} of them "
    "are in two pools.",
)
NO_STORES = Text(zh="订单与联系人都没有写明门店", en="neither orders nor contacts name a store")
EXPORT = Text(
    zh="带门店的订单与企业微信客户导出，需求表的渠道层级",
    en="orders and WeCom contacts with their store, and the sheet's organisation tree",
)
DESK, OF_STORES = Text(zh="总部账号", en="Headquarters' accounts"), Text(zh="门店账号", en="Stores' accounts")
OWNERS: dict[str, Text] = {
    "直营": Text(zh="直营门店", en="Own stores"),
    "加盟": Text(zh="加盟门店", en="Franchise stores"),
    "经销": Text(zh="经销门店", en="Dealer stores"),
}
NO_TREE = Text(
    zh="需求表没有写渠道层级，按门店档案的大区与城市汇总；经销商一级因此看不到。",
    en="The sheet states no tree: regions and cities of the store master are used, so dealers are not seen as a level.",
)
OUTSIDE = Text(
    zh="{share} 的 GMV 不在任何门店下（线上渠道），没有计入这棵树。",
    en="{share} of GMV was sold outside stores and is not in this tree.",
)
ALL = Text(zh="全部门店", en="All stores")
SAME = Text(zh="同一个池", en="within one pool")
PAIR = Text(zh="{first} + {last}", en="{first} + {last}")
