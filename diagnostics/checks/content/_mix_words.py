"""What the question on content says: of what is posted, and of what is pushed to whom."""

from __future__ import annotations

from diagnostics.model.wording import Text

QUESTION = Text(
    zh="发的内容比例对吗，发多少条合适，推给哪类人有人回应、会不会流失？",
    en="Is the mix of posts right, how many a day are enough, and which content do which customers answer without "
    "leaving?",
)
DEFINITION = Text(
    zh="发布：近一期的内容按标题与类型里的用词归为九类（第一个相符的为准），归不进的列为“其他”，不猜；每篇取最后一天的"
    "累计数。互动率 = （分享人数 + 收藏人数）÷ 阅读人数，合计口径，同时分享和收藏的人算两次；打开率 = 阅读 ÷ 送达。一"
    "天 {daily} 条以内是行业经验；看自己的数据里多发的日子互动是否更低。内容好不好看由顾问评分。推送：触达记录里写明类"
    "型的每次触达，按类型看回应率与触达后 14 天内的流失（联系人名单有流失时间才能算），再按客户来源（客户表的来源，没"
    "有则按添加方式）和兴趣（买得最多的品类）交叉；每行里最高的一类与本行其余内容的差距超出误差（按格数校正）才算"
    "“对路”。数据最初 30 天只作历史；这是相关：谁被推什么不是随机的。区间为 95%，误差按篇（频次按天，推送按客户）计；"
    "不足 {posts} 篇、{readers} 位读者或 {customers} 位客户不给比率。",
    en="Posts of the current period are sorted into nine kinds by the words of title and type (the first that fits); "
    "what fits none is “other” and not guessed at; each counts with its last day. Engagement = people who shared plus "
    "people who saved over readers, in total, so who did both counts twice; open rate = readers over people sent to. "
    "Up to {daily} posts a day is a rule of the trade; one's own data tell whether busy days are taken up less. "
    "Whether posts are well made is rated by the consultant. Pushed: every touch whose kind the log names, by share "
    "answered and lost within 14 days (needs contacts with the time lost), then crossed with where customers came "
    "from (the member table's source, else the way of adding) and with the category they bought most often; the best "
    "kind of a row matches only if its lead over the row's others is more than chance (corrected for the number of "
    "cells). The first 30 days serve as history; an association: who is sent what is not drawn by lot. Intervals are "
    "95% with posts (cadence: days; touches: customers) as draws; no rate from fewer than {posts} posts, {readers} "
    "readers or {customers} customers.",
)
NEITHER = Text(
    zh="近一期没有带发布日的内容，也没有一类写明类型的触达到达 {n} 位客户",
    en="no dated post was published in the current period, and no kind of touch reached {n} customers",
)
UNLOCK = Text(
    zh="公众号图文分析或带发布日、类型、阅读与互动的朋友圈、推文清单；写明内容类型与是否回应的触达记录",
    en="article statistics of the official account or a list of moments and posts with day, kind, readers and "
    "reactions; a log of touches with the kind of content and whether it was answered",
)
NO_POSTS = Text(
    zh="近一期没有带发布日与阅读的内容，发布的比例、频次与互动看不出；公众号图文分析，或带发布日、类型、阅读与互动的朋"
    "友圈、推文清单可补。",
    en="No post with its day and readers is known of the current period, so mix, cadence and engagement can't be "
    "told; article statistics of the official account, or a list of moments and posts with day, kind, readers and "
    "reactions, would show them.",
)
ANSWER = Text(
    zh="近一期 {n} 篇内容，最多的是{most}（{share}），上新与优惠合计 {selling}，{stories}；有发布的日子平均每天 "
    "{daily} 篇，{busy} 的日子超过 {limit} 篇{cadence}。",
    en="Posts in the period: {n}, most of them {most} ({share}), {selling} new items and offers, {stories}; {daily} "
    "on a day with posts, and over {limit} on {busy} of these days{cadence}.",
)
BEST = Text(
    zh="互动率最高的是{best}（{high}），最低的是{worst}（{low}）：{verdict}。",
    en="Taken up most: {best} ({high}); least: {worst} ({low}): {verdict}.",
)
CLEAR = Text(zh="差距超出误差", en="more than chance")
UNCLEAR = Text(zh="差距在误差之内", en="within chance")
CADENCE = Text(
    zh="（这些日子互动率 {busy}，其余 {calm}：{verdict}）", en=" ({busy} engaged on these, {calm} on others: {verdict})"
)
NO_STORY = Text(zh="没有一篇人设故事", en="none a persona's story")
STORIES = Text(zh="人设故事 {n} 篇（覆盖 {months} 个月）", en="{n} of them persona stories (in {months} months)")
MANY_OTHER = Text(
    zh="{share} 的内容归不进任何一类：清单里写上内容类型，比例才准。",
    en="{share} of the posts fit no kind: name the kind in the list to make the mix exact.",
)
KINDS: dict[str, Text] = {
    "service": Text(zh="服务与提醒", en="service"),
    "member": Text(zh="会员活动", en="member activity"),
    "new_item": Text(zh="上新", en="new items"),
    "offer": Text(zh="优惠促销", en="offers"),
    "advice": Text(zh="种草与知识", en="advice"),
    "story": Text(zh="人设故事", en="stories"),
    "daily": Text(zh="日常与幕后", en="daily life"),
    "brand": Text(zh="品牌宣传", en="brand"),
    "other": Text(zh="其他", en="other"),
}
AXIS = Text(zh="互动率（线段为 95% 区间，n 为篇数）", en="Engaged, of readers (line: 95%; n: posts)")
AXIS_POSTS = Text(zh="篇数", en="Posts")
