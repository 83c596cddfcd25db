"""What the question on stages says, of the customers and of those who lapse in a wave."""

from __future__ import annotations

from diagnostics.model.wording import Text

TOO_FEW = Text(
    zh="只观察到 {n} 个购买间隔，不足以确定流失线",
    en="only {n} gaps between purchases were observed, too few for a line",
)
ANSWER = Text(
    zh="近 12 个月 {n} 位买家中，重要价值客户占 {share}、贡献 {gmv_share} 的消费；预流失与流失客户此间共消费 {risk}。",
    en="Of {n} buyers of the last 12 months, {share} are of key value and bring {gmv_share} of spend; those who drift "
    "or have lapsed spent {risk} in that time.",
)
SHORT = Text(
    zh="历史不足两条流失线（{line}），流失潮无法与上一期比较，未作判断。",
    en="The history is shorter than two lapse lines ({line}), so the wave cannot be compared and is not judged.",
)
WAVE = Text(
    zh="活跃复购客户的流失率为 {now}，上一期末为 {before}。",
    en="Of active repeat customers {now} have lapsed, against {before} at the end of the comparison period.",
)
TITLE = Text(
    zh="{segment}正在成批流失：流失率由 {before} 升至 {now}，按此速度每年约损失 {loss}",
    en="{segment} lapse in a wave: from {before} to {now}, at this pace about {loss} a year",
)
CAUSE = Text(
    zh="活跃的复购客户（n = {n}）中，{now} 在 {line} 内没有再买，上一期末为 {before}；"
    "多出 {gap}（95% 下限 {low}），相当于 {extra} 位客户，留下来的人同期人均消费 {each}。",
    en="Of active repeat customers (n = {n}) {now} did not buy again within {line}, {before} at the end of the "
    "comparison period: {gap} more (95% lower end {low}), or {extra} customers; those who stayed spent {each} each in "
    "that time.",
)
ACTION = Text(
    zh="把越过预警线、未到流失线的复购客户拉成名单，由导购按上次购买品类一对一回访；越过流失线的另设召回权益，两组分开"
    "核算。",
    en="List repeat customers between the warning line and the lapse line and have guides contact them about what they "
    "bought last; give those beyond the line a benefit of their own and account for both groups apart.",
)
STOP = Text(
    zh="两轮回访后，名单客户 60 天回购率不高于随机留出的未触达对照组，则停止并改查商品与价格。",
    en="Stop if after two rounds those contacted return within 60 days no more than a random group left out; look at "
    "products and prices instead.",
)
