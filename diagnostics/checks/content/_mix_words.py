"""What the question on the mix of content says."""

from __future__ import annotations

from diagnostics.model.wording import Text

QUESTION = Text(
    zh="发的内容比例对吗，发多少条合适，哪类内容有人互动？",
    en="Is the mix of posts right, how many a day are enough, and which kinds do readers take up?",
)
DEFINITION = Text(
    zh="近一期发布的内容，按标题与类型里的用词归为九类（第一个相符的为准），归不进的列为“其他”，不猜。"
    "每篇取最后一天的累计数。互动率 = （分享人数 + 收藏人数）÷ 阅读人数，合计口径，同时分享和收藏的人算两次；打开率 = "
    "阅读 ÷ 送达。区间按篇（频次按天）计算误差，95%。不足 {posts} 篇或 {readers} 位读者不给比率。一天 {daily} "
    "条以内是行业经验；看自己的数据里多发的日子互动是否更低。内容好不好看由顾问评分。",
    en="Posts published in the current period, sorted into nine kinds by the words of title and type (the first that "
    "fits); what fits none is “other” and not guessed at. Each post counts with its last day. Engagement = people "
    "who shared plus people who saved over readers, in total, so who did both counts twice; open rate = readers over "
    "people sent to. 95% intervals with posts (for cadence: days) as draws. No rate from fewer than {posts} posts or "
    "{readers} readers. Up to {daily} posts a day is a rule of the trade; one's own data tell whether busy days are "
    "taken up less. Whether posts are well made is rated by the consultant.",
)
NONE = Text(zh="近一期没有带发布日的内容", en="no dated post was published in the current period")
UNLOCK = Text(
    zh="公众号图文分析，或带发布日、类型、阅读与互动的朋友圈、推文清单",
    en="article statistics of the official account, or a list of moments and posts with day, kind, readers and "
    "reactions",
)
ANSWER = Text(
    zh="近一期 {n} 篇内容，最多的是{most}（{share}）；有发布的日子平均每天 {daily} 篇，{busy} 的日子超过 {limit} 篇。",
    en="Posts in the period: {n}, most of them {most} ({share}); {daily} on a day with posts, and over {limit} on "
    "{busy} of these days.",
)
SELLING = Text(zh="上新与优惠合计 {share}。", en="New items and offers make up {share}.")
BEST = Text(
    zh="互动率最高的是{best}（{high}），最低的是{worst}（{low}）：{verdict}。",
    en="Taken up most: {best} ({high}); least: {worst} ({low}); {verdict}.",
)
CLEAR = Text(zh="差距超出误差", en="more than chance")
UNCLEAR = Text(zh="差距在误差之内", en="within chance")
CADENCE = Text(
    zh="超过 {limit} 篇的日子互动率 {busy}，其余 {calm}：{verdict}。",
    en="On days with over {limit} posts {busy} are engaged, on others {calm}: {verdict}.",
)
NO_STORY = Text(zh="没有一篇人设故事。", en="Not one post tells a persona's story.")
STORIES = Text(zh="人设故事 {n} 篇，覆盖 {months} 个月。", en="Persona stories: {n}, in {months} months.")
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
