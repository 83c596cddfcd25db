"""What the question on reviews and answers says."""

from __future__ import annotations

from diagnostics.model.wording import Text

QUESTION = Text(
    zh="用户在评价和问卷里说什么，抱怨最多的是什么，在变好吗？",
    en="What do customers say in reviews and surveys, what do they complain of most, and does it get better?",
)
DEFINITION = Text(
    zh="主题和褒贬按固定词表逐句判断，不是机器学习模型：同一分句里既有主题词又有抱怨词，才算对该主题的抱怨；"
    "“不贵”“没过敏”这类否定先去掉。有评分的看评分（5 分制 1–2 分为负面、4–5 分为正面；更高分制 6 分及以下、9 "
    "分及以上），没有的看用词。反话、缩写和方言认不出，因此看各主题的高低与走向，不看单条。一条可以谈几个主题，"
    "各主题不可相加。占比用 95% 区间（Wilson），不足 30 条不给占比。",
    en="Topics and mood are told clause by clause by fixed lists of words, not by a learned model: a topic is "
    "complained of where one of its words and a complaint share a clause; denials such as “not expensive” are taken "
    "out first. Where there is a mark it decides (1–2 of 5 bad, 4–5 good; on longer scales up to 6 and from 9), else "
    "the words do. Irony, abbreviations and dialect are missed: read levels and trends, not single texts. A text may "
    "have several topics, which do not add up. Shares come with a 95% interval (Wilson), none from fewer than 30.",
)
TOO_FEW = Text(zh="只有 {n} 条有内容的评价或答卷，不足 {least} 条", en="only {n} texts, fewer than {least}")
UNLOCK = Text(
    zh="更长时间的评价导出（生意参谋评价、商品评价）或问卷答卷",
    en="review exports over a longer time, or survey answers",
)
ANSWER = Text(
    zh="{texts} 条评价与答卷里负面 {bad}（{low} 至 {high}），正面 {good}。",
    en="Of {texts} reviews and answers {bad} ({low} to {high}) are bad and {good} good.",
)
WORST = Text(zh="抱怨最多的是{names}。", en="Most complained of: {names}.")
ONE = Text(zh="{topic} {n} 条（占 {share}）", en="{topic} {n} ({share})")
NO_COMPLAINT = Text(zh="没有主题被抱怨到 {n} 条。", en="No topic is complained of {n} times or more.")
TREND = Text(
    zh="负面占比由 {before}（{first}）到 {now}（{last}）：{verdict}。",
    en="The bad share went from {before} ({first}) to {now} ({last}): {verdict}.",
)
WORSE, BETTER, SAME = (
    Text(zh="在变差", en="it gets worse"),
    Text(zh="在变好", en="it gets better"),
    Text(zh="看不出变化", en="no change shows"),
)
MOSTLY_WORDS = Text(
    zh="{share} 的文本没有评分，褒贬只由用词判断。",
    en="{share} of the texts bear no mark; their mood is told by words alone.",
)
TOPICS: dict[str, Text] = {
    "effect": Text(zh="使用效果", en="effect"),
    "quality": Text(zh="质量", en="quality"),
    "price": Text(zh="价格", en="price"),
    "packing": Text(zh="包装", en="packaging"),
    "delivery": Text(zh="物流", en="delivery"),
    "service": Text(zh="服务与售后", en="service"),
    "genuine": Text(zh="正品疑虑", en="genuineness"),
    "benefit": Text(zh="活动与权益", en="benefits"),
    "brand": Text(zh="品牌", en="brand"),
    "rival": Text(zh="竞品", en="competitors"),
}
AXIS = Text(zh="抱怨该主题的文本占比（线段为 95% 区间）", en="Texts that complain of the topic (line: 95%)")
