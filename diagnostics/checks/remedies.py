"""What to do about a lever that fell: the finding's code, the action, when to stop, who owns it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from diagnostics.model.wording import Text


@dataclass(frozen=True, kw_only=True)
class Remedy:
    """What a falling lever is called among the findings, and what to do about it."""

    code: str
    action: Text
    stop: Text
    owner: str
    metric: str
    window_days: int


USERS = Remedy(
    code="lever.users_drop",
    action=Text(
        zh="按来源拆开访客，找出掉量最大的两个来源；先恢复已验证的来源，再用私域触达（群、企微、小程序）补回老客访问。",
        en="Split visitors by source and find the two that fell most; restore proven sources first, then bring known "
        "customers back by private-domain touches (groups, WeCom, mini-program).",
    ),
    stop=Text(
        zh="四周后该渠道访客未回升 3%，或新增访客的转化率低于现有水平的一半，则停止加投。",
        en="Stop adding spend if visitors are not up by 3% in four weeks, or if the added visitors convert at less "
        "than half of today's rate.",
    ),
    owner="acquisition",
    metric="users",
    window_days=60,
)
LEVER_REMEDIES: dict[str, Remedy] = {
    "users": USERS,
    "buyers": replace(USERS, owner="channel"),
    "conversion": Remedy(
        code="lever.conversion_drop",
        action=Text(
            zh="按来源和商品拆开转化率，定位掉幅最大的页面与商品；核对价格、评价、库存、客服响应与活动规则，"
            "先改掉幅最大的一处，用半数流量对照。",
            en="Split conversion by source and product and find where it fell most; check price, reviews, "
            "stock, service replies and promotion rules, mend the worst place first and keep half of the traffic for "
            "comparison.",
        ),
        stop=Text(
            zh="两轮修改、各两周后，转化率与对照无差异则停止，转查流量质量。",
            en="Stop after two changes of two weeks each without a difference from the comparison; then look at the "
            "quality of the traffic.",
        ),
        owner="channel",
        metric="conv",
        window_days=30,
    ),
    "frequency": Remedy(
        code="lever.frequency_drop",
        action=Text(
            zh="按品类复购周期建立到期提醒与会员日，优先触达买过两次及以上而近期未购的客户，并留对照组。",
            en="Set reminders at the category's repurchase time and a member day; reach customers with two or more "
            "purchases who went silent first, and keep a comparison group.",
        ),
        stop=Text(
            zh="60 天内被触达客户的人均订单数不高于对照组，则停止。",
            en="Stop if orders per customer reached are no higher than in the comparison group after 60 days.",
        ),
        owner="member",
        metric="opb",
        window_days=90,
    ),
    "basket": Remedy(
        code="lever.basket_drop",
        action=Text(
            zh="先看是件数变少还是价格变低：件数用搭配套装与满额门槛，价格则复核折扣深度与商品结构。",
            en="See first whether orders hold fewer units or cheaper ones: bundles and a threshold for units; discount "
            "depth and range for price.",
        ),
        stop=Text(
            zh="四周内笔单价回升而订单数下降更多，则取消门槛。",
            en="Drop the threshold if orders fall by more than spend per order rises within four weeks.",
        ),
        owner="product",
        metric="aov_order",
        window_days=30,
    ),
}
