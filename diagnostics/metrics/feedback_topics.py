"""What reviews and answers talk about and whether they complain, by fixed lists of words, clause by clause."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import ibis

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import ibis.expr.types as ir

COMPLAINS = (
    "不好|不满|不值|不行|不推荐|不喜欢|不舒服|不新鲜|不符|不理|不回|没用|没有用|没效果|没有效果|没收到|没人|"
    "差|坏|破|漏|碎|脏|假|慢|贵|难用|难闻|难吃|刺痛|过敏|长痘|闷痘|失望|后悔|上当|骗|退货|退款|投诉|再也不|"
    "bad|poor|broken|leak|late|slow|expensive|fake|disappoint|useless|rude|refund|never again|allerg"
)
PRAISES = (
    "喜欢|满意|好用|好吃|好闻|不错|很好|推荐|值得|回购|惊喜|舒服|新鲜|划算|贴心|耐心|赞|棒|"
    "love|great|good|excellent|recommend|worth|happy|perfect|nice"
)
# Words of complaint that are denied, and so none.
DENIED = (
    "不差|不贵|不慢|不假|没破|没漏|没坏|没有?过敏|没有?长痘|没有?刺痛|不会过敏|不刺痛|not bad|not expensive|no refund"
)
TOPICS: dict[str, str] = {
    "effect": "效果|功效|好用|吸收|保湿|过敏|长痘|闷痘|刺痛|味道|口感|effect|works?|allerg|taste",
    "quality": "质量|做工|材质|新鲜|变质|坏了|quality|material|broken",
    "price": "价格|价钱|贵|便宜|划算|性价比|不值|price|expensive|cheap|worth",
    "packing": "包装|瓶|盒|泵头|漏|破损|packag|bottle|leak",
    "delivery": "物流|快递|发货|到货|配送|没收到|deliver|shipping|courier|arriv",
    "service": "客服|服务|导购|回复|态度|售后|退货|退款|service|staff|repl|refund",
    "genuine": "正品|假货|真假|假的|防伪|genuine|fake|authentic",
    "benefit": "活动|优惠券|优惠|赠品|积分|会员|权益|coupon|gift|points|member",
    "brand": "品牌|牌子|代言|国货|brand",
}
RIVALS = "别家|别的牌子|其他牌子|同类|竞品|other brands?|competitor"
CLAUSE = "[^，。！？；,.!?;]*"
# On a scale up to 5 the two lowest and the two highest marks are clear; beyond it those of a promoter score.
FIVE, CLEAR_FIVE, CLEAR_TEN = 5, (2, 4), (6, 9)


def build_topics(rivals: Sequence[str]) -> Mapping[str, str]:
    """Patterns by topic; `rivals` are names of competitors."""
    return TOPICS | {"rival": "|".join([RIVALS, *(re.escape(name.lower()) for name in rivals if name.strip())])}


def mark_feedback(feedback: ir.Table, topics: Mapping[str, str]) -> ir.Table:
    """Texts with quarter, is_bad, is_good, and for each topic `<topic>_said` and `<topic>_bad` (0 or 1).

    A mark decides where there is one, else the words: bad is a text with a complaint, good one with praise and none.
    A topic is complained of where a word of it and a complaint stand in one clause, in either order. A word that is
    both (“too expensive”) needs no second.
    """
    told = feedback.filter(feedback.words.notnull())
    told = told.mutate(said=told.words.lower(), top=told.score.max().over(group_by="channel"))
    clean = told.mutate(said=told.said.re_replace(DENIED, ""))
    bad_words, good_words = clean.said.re_search(COMPLAINS), clean.said.re_search(PRAISES)
    low = ibis.ifelse(clean.top <= FIVE, CLEAR_FIVE[0], CLEAR_TEN[0])
    high = ibis.ifelse(clean.top <= FIVE, CLEAR_FIVE[1], CLEAR_TEN[1])
    is_bad = ibis.ifelse(clean.score.notnull(), clean.score <= low, bad_words)
    is_good = ibis.ifelse(clean.score.notnull(), clean.score >= high, good_words & ~bad_words)
    flags = {}
    for topic, words in topics.items():
        flags[f"{topic}_said"] = ibis.ifelse(clean.said.re_search(words), 1, 0)
        flags[f"{topic}_bad"] = ibis.ifelse(clean.said.re_search(_complain_of(words)), 1, 0)
    return clean.mutate(
        quarter=clean.day.truncate("Q"),
        is_bad=ibis.ifelse(is_bad, 1, 0),
        is_good=ibis.ifelse(is_good, 1, 0),
        is_marked=ibis.ifelse(clean.score.notnull(), 1, 0),
        **flags,
    )


def _complain_of(topic: str) -> str:
    """A pattern for a clause that holds a word of the topic and a complaint, or a word that is both."""
    both = "|".join(word for word in topic.split("|") if re.fullmatch(f"(?:.*)(?:{COMPLAINS})(?:.*)", word))
    own = [f"(?:{both})"] if both else []
    return "|".join([*own, f"(?:{topic}){CLAUSE}(?:{COMPLAINS})", f"(?:{COMPLAINS}){CLAUSE}(?:{topic})"])


def count_quarters(marked: ir.Table) -> ir.Table:
    """One row a quarter (empty where texts bear no day): texts, bad, good."""
    return marked.group_by("quarter").agg(texts=marked.count(), bad=marked.is_bad.sum(), good=marked.is_good.sum())


def count_topics(marked: ir.Table, topics: Mapping[str, str]) -> ir.Table:
    """One row: texts, bad, good, marked, and `<topic>_said` and `<topic>_bad` for each topic."""
    return marked.agg(
        texts=marked.count(),
        bad=marked.is_bad.sum(),
        good=marked.is_good.sum(),
        marked=marked.is_marked.sum(),
        **{name: marked[name].sum() for topic in topics for name in (f"{topic}_said", f"{topic}_bad")},
    )
