"""What the question on how soon first buyers come back says."""

from __future__ import annotations

from diagnostics.model.wording import Text

TOO_FEW = Text(
    zh="可观察的新客只有 {n} 位，不足以画出回购曲线", en="only {n} new customers can be followed: too few for a curve"
)
ANSWER = Text(
    zh="新客（{n} 位）中，估计 {share} 会在首购后 {days}内再次购买。",
    en="Of new customers (n = {n}) an estimated {share} buy again within {days} of the first purchase.",
)
HALF = Text(zh="一半的人在 {days}内回来。", en="Half are back within {days}.")
BETWEEN = Text(
    zh="按首购渠道看，最高是{best}（{best_share}），最低是{worst}（{worst_share}）。",
    en="By first channel it is highest for {best} ({best_share}) and lowest for {worst} ({worst_share}).",
)
TITLE = Text(
    zh="{channel}的新客多为一次性买家：{days}内仅 {share} 再次购买，{best}为 {best_share}",
    en="{channel}: most new customers buy only once; {share} return within {days}, {best_share} at {best}",
)
CAUSE = Text(
    zh="{channel}的新客回头比客户自己做得最好的{best}低 {gap}（已计入观察时长；多重比较后区间为 {range}）；"
    "通常是首单靠低价或达人带来、首单后没有加粉和承接。",
    en="New customers of {channel} return {gap} less than those of {best}, the client's best (follow-up allowed for; "
    "interval after multiple comparison {range}). Usually the first order is won by price or by a creator, and "
    "nobody stays in touch after it.",
)
ACTION = Text(
    zh="在{channel}首单包裹与售后环节引导加企微，首购后第 7、21、45 天按品类做三次触达并给第二单专享权益；"
    "先做 20% 的新客，留同样大小的对照组。",
    en="Invite first buyers of {channel} to WeCom in the parcel and after-sales; contact them on days 7, 21 and 45 by "
    "category with an offer for the second order. Start with 20% of new customers and a comparison group as large.",
)
STOP = Text(
    zh="60 天内触达组的再购率未高于对照组 2 个百分点，则停止权益投入，转查首单商品。",
    en="Stop the offers if after 60 days the contacted group does not return 2 points more than the comparison group.",
)
NO_VALUE = Text(
    zh="该渠道的客户本期没有后续购买，算不出金额",
    en="customers of this channel bought nothing later in the period, so there is no base for money",
)
WHOLE = Text(zh="全部新客", en="All new customers")
NEXT = Text(
    zh="区间只说明已有的新客；{cohorts} 个季度之间还有差别，下一季新客 {days}内再购的比例大约在 {low} 至 {high} 之间"
    "（80% 区间）。",
    en="The bands speak of the new customers so far. Quarters differ beyond them ({cohorts} of them): of the next "
    "quarter's new customers {low} to {high} may buy again within {days} (80% range).",
)
COUNTS = Text(zh="首购后天数；上方数字为仍在观察中的人数", en="Days after the first purchase; numbers: still observed")
