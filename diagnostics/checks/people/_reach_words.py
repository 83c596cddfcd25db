"""What the question on buyers within reach says."""

from __future__ import annotations

from diagnostics.model.wording import Text

TOO_FEW = Text(zh="近 12 个月没有一个渠道有 {n} 位以上有身份的买家", en="no channel has {n} known buyers in 12 months")
ANSWER = Text(
    zh="近 12 个月的买家中 {share} 可在私域触达（{reached} / {buyers}）。",
    en="{share} of the buyers of the last 12 months can be reached in private ({reached} of {buyers}).",
)
EXTREMES = Text(
    zh="{best}最高（{high}），{worst}最低（{low}）。", en="Highest: {best} ({high}); lowest: {worst} ({low})."
)
TITLE = Text(
    zh="{channel}只有 {share} 的买家进了私域，{best}为 {best_share}：少触达 {count} 人，每年{worth}",
    en="Only {share} of {channel} buyers are in the private domain, {best} has {best_share}: {count} buyers fewer "
    "reached, worth {worth} a year",
)
CAUSE = Text(
    zh="差距 {gap} 个百分点（95% 下限 {low}）。同渠道、同首购月份的买家每年复购消费，已触达者 {reached}，未触达者 "
    "{unreached}；{sizing}",
    en="The gap is {gap} points (95% lower end {low}). Buyers of the channel and the same months of first "
    "purchase spend {reached} a year again if reached, {unreached} if not; {sizing}",
)
WORTH_ABOUT = Text(zh="约值 {money}", en="about {money}")
WORTH_AT_MOST = Text(zh="至多值 {money}", en="at most {money}")
SIZED_BY_GAP = Text(
    zh="金额按这一差额的 25% 至 100% 估算：这是相关而非因果，爱买的人本就更愿意添加。",
    en="the money takes 25% to 100% of that difference: an association, for keen buyers are also keener to be added.",
)
SIZED_BY_CASE = Text(
    zh="两者差异不显著，自有数据无法定价，因此区间从 0 起，上限取未触达者复购消费的 {lift}（公开案例的自述增幅）。",
    en="the two do not differ clearly, so the client's own data cannot size it: the range starts at 0 and ends at "
    "{lift} of what unreached buyers spend again (the rise that a public case claims).",
)
ACTION = Text(
    zh="给该渠道补齐加粉触点：包裹卡专属活码、发货与签收短信、客服收尾话术，以首次复购权益为钩子；先在一周订单上测试，"
    "按渠道码统计添加率。",
    en="Wire the channel's touchpoints: a code of its own on the parcel card, messages at dispatch and delivery, a "
    "closing line of the service desk, with a benefit on the second order as the hook. Test it on a week of orders "
    "and count adds by source code.",
)
STOP = Text(
    zh="四周后新单添加率仍未超过当前触达率，或已添加者 60 天复购不高于同期未添加者，则停止加码并改查钩子与话术。",
    en="Stop if after four weeks new orders are added no more often than today, or if those added return within 60 "
    "days no more than those not added.",
)
PARTLY_KNOWN = Text(
    zh="{channels}：不足 80% 的订单有客户身份，触达率只代表有身份的买家。",
    en="{channels}: under 80% of orders have a known customer; reach speaks only of those.",
)
NONE_FOUND = Text(
    zh="{channels}：没有一位买家能与联系人对上，更可能是识别键不全，不作判断。",
    en="{channels}: no buyer matches any contact, which points to keys that are not filled in; not judged.",
)
NO_MATCH = Text(
    zh="{channels}：触达率无法计算，买家与联系人没有可互相比对的识别键（手机号、unionid、账号对应表）。",
    en="{channels}: reach is not computable, buyers and contacts hold no key in common (phone, unionid or a list of "
    "accounts).",
)
PARTLY_MATCHED = Text(
    zh="{contacts} 位联系人中 {share} 能对应到买家；其余尚未购买，或缺少共同的识别键，若属后者则触达率偏低。",
    en="{share} of {contacts} contacts can be matched to a customer; the others have not bought yet or lack a "
    "common key, and as far as they lack it reach is understated.",
)
BOTH = Text(zh="买家或联系人（取较低者）", en="buyers or contacts, the lower")
