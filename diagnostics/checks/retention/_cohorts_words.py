"""What the question on newer and older cohorts says."""

from __future__ import annotations

from diagnostics.model.wording import Text

TOO_SHORT = Text(
    zh="能观察满 90 天的新客同期群只有 {n} 个月，不足以比较新旧",
    en="only {n} monthly cohorts of new customers were followed for 90 days: too few to compare newer with older",
)
ANSWER = Text(
    zh="{newer_span} 首购的新客 90 天内再次购买的占 {newer}（{newer_n} 人），"
    "{older_span} 首购的为 {older}（{older_n} 人），相差 {gap}（95% 区间 {range}）。",
    en="Of customers first buying in {newer_span}, {newer} bought again within 90 days (n = {newer_n}); of those of "
    "{older_span}, {older} did (n = {older_n}): {gap} (95% interval {range}).",
)
TITLE = Text(
    zh="新客质量在下降：90 天复购率从 {older} 降到 {newer}，自 {since} 的同期群起",
    en="Newer customers come back less: {newer} within 90 days after {older} before, from the cohort of {since} on",
)
CAUSE = Text(
    zh="在相同的客户年龄上比较，{since} 及以后首购的客户回头明显更少（相差 {gap}，区间不含 {least}）；"
    "常见原因是拉新方式变了（低价引流、达人直播），或首单后没有承接。",
    en="At the same age, customers who first bought in {since} or later return clearly less ({gap}; the interval lies "
    "beyond {least}). Usual causes: new customers are won in another way (low-price offers, creators), or nothing "
    "follows the first order.",
)
ACTION = Text(
    zh="按首单渠道与首单商品拆开 {since} 前后的同期群，找出变差的来源；"
    "首购后第 7、30、60 天设三次承接触达，留 10% 不触达作对照。",
    en="Split the cohorts before and after {since} by first channel and first product to find the source; write to new "
    "buyers on days 7, 30 and 60, and keep 10% untouched for comparison.",
)
STOP = Text(
    zh="连续两个月的新客群 90 天复购率与对照组无差别，则停止触达，转查首单商品与拉新渠道。",
    en="Stop the messages if two monthly cohorts in a row return no more often than the comparison group; look into "
    "first products and channels instead.",
)
SEASON_CAVEAT = Text(
    zh="数据不足两年，新旧两半处在不同季节，差异中可能含季节因素。",
    en="With less than two years of data the two halves lie in different seasons; part of a difference may be season.",
)
PARTIAL_CAVEAT = Text(zh="最后一个月不完整，图中以斜线标出。", en="The last month is not complete; it is hatched.")
OLDER = Text(zh="早于数据的客户", en="older than the data")
