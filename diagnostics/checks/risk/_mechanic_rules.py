"""The library of mechanics: how each is recognised, which rule it meets, and how it can be done within it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from diagnostics.model.wording import Text

Level = Literal["forbidden", "bound", "mind"]

LEVELS: dict[Level, Text] = {
    "forbidden": Text(zh="不能做", en="forbidden"),
    "bound": Text(zh="有条件", en="allowed under conditions"),
    "mind": Text(zh="注意", en="allowed with care"),
}


@dataclass(frozen=True, kw_only=True)
class Mechanic:
    """A way of growth: its name, the words by which it is recognised, its rule and the way within it."""

    name: Text
    pattern: re.Pattern[str]
    level: Level
    rule: Text
    way: Text


def _words(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


MECHANICS: dict[str, Mechanic] = {
    "levels": Mechanic(
        name=Text(zh="多级分销", en="Multi-level commission"),
        pattern=_words(r"三级|多级|二级分|团队奖|层级|下线|multi-?level|pyramid"),
        level="forbidden",
        rule=Text(
            zh="《禁止传销条例》第七条：按发展人员或下线业绩计酬",
            en="Regulation on Prohibiting Pyramid Selling, art. 7: pay by recruits or their sales",
        ),
        way=Text(zh="只按本人直接带来的成交给一级奖励", en="reward direct sales only, on one level"),
    ),
    "review": Mechanic(
        name=Text(zh="好评返现", en="Rewards for good reviews"),
        pattern=_words(r"好评|晒单返|评价返|刷单|good review|brushing"),
        level="forbidden",
        rule=Text(
            zh="《反不正当竞争法》：虚假或引人误解的用户评价",
            en="Anti-Unfair Competition Law: false or misleading reviews",
        ),
        way=Text(zh="邀请真实评价，奖励与好坏无关", en="invite honest reviews and reward them whatever they say"),
    ),
    "loophole": Mechanic(
        name=Text(zh="“漏洞价”、带节奏", en="Staged price errors, staged buzz"),
        pattern=_words(r"漏洞|标错价|bug ?价|羊毛|带节奏|水军|price error|staged"),
        level="bound",
        rule=Text(
            zh="《明码标价和禁止价格欺诈规定》与《互联网广告管理办法》：标出的价要兑现，付费种草要标“广告”",
            en="Rules on price fraud and on internet advertising: a shown price is honoured, paid talk is marked as "
            "such",
        ),
        way=Text(
            zh="写明数量与时段并全部兑现，达人内容标明广告", en="state number and hours, honour all, mark paid talk"
        ),
    ),
    "sharing": Mechanic(
        name=Text(zh="利诱分享、裂变", en="Rewarded sharing and referral"),
        pattern=_words(r"诱导|强制分享|转发|分享|砍价|助力|集赞|裂变|拉新|老带新|referral|share"),
        level="bound",
        rule=Text(
            zh="微信《外部链接内容管理规范》：不得以利益诱导或强制分享",
            en="WeChat's rules on external links: no forced or bribed sharing",
        ),
        way=Text(
            zh="奖励落在被邀请人成交后，用企业微信一对一发送",
            en="reward once the invited buys, sent one to one",
        ),
    ),
    "lottery": Mechanic(
        name=Text(zh="抽奖、盲盒", en="Lotteries and blind boxes"),
        pattern=_words(r"抽奖|转盘|盲盒|红包雨|lottery|blind box"),
        level="bound",
        rule=Text(
            zh="《反不正当竞争法》：抽奖最高奖不超过五万元，规则与概率要明示",
            en="Anti-Unfair Competition Law: first prize up to CNY 50,000, rules and odds shown",
        ),
        way=Text(zh="公示规则、概率与开奖记录", en="publish rules, odds and winners"),
    ),
    "stored": Mechanic(
        name=Text(zh="储值、充值卡", en="Stored value"),
        pattern=_words(r"储值|充值|预付|stored value|prepaid"),
        level="bound",
        rule=Text(
            zh="《单用途商业预付卡管理办法（试行）》：须备案，单张有限额",
            en="Rules on single-purpose prepaid cards: filing, and a cap per card",
        ),
        way=Text(zh="先核对备案与限额，余额单列为负债", en="check filing and cap; book balances as a liability"),
    ),
    "price": Mechanic(
        name=Text(zh="虚构原价、假限时", en="Made-up list prices, false urgency"),
        pattern=_words(r"原价|全网最低|最低价|仅剩|最后一天|限时|秒杀|lowest price|last day"),
        level="bound",
        rule=Text(
            zh="《价格法》第十四条：虚假折价、误导性价格", en="Price Law, art. 14: false discounts, misleading prices"
        ),
        way=Text(zh="保留成交价凭证，限时限量说到做到", en="keep proof of earlier prices; limits must be true"),
    ),
    "adds": Mechanic(
        name=Text(zh="按加粉计奖", en="Pay per contact added"),
        pattern=_words(r"加粉|每新增|每加|好友奖|per_add|per add"),
        level="mind",
        rule=Text(
            zh="《个人信息保护法》第十三、十四条：须知情同意；不得买名单、冒名添加",
            en="Personal Information Protection Law, art. 13, 14: informed consent; no bought lists or false names",
        ),
        way=Text(
            zh="改为按 30 天留存计奖，话术说明身份与用途", en="pay for those kept 30 days; say who writes and why"
        ),
    ),
    "push": Mechanic(
        name=Text(zh="群发、短信", en="Mass sends and SMS"),
        pattern=_words(r"群发|短信|推送|外呼|mass send|sms|push"),
        level="mind",
        rule=Text(
            zh="《广告法》第四十三条、《个人信息保护法》第二十四条：同意后才发，可随时拒收",
            en="Advertising Law, art. 43, and Personal Information Protection Law, art. 24: consent, and a way to "
            "refuse",
        ),
        way=Text(zh="每条都给退订入口，退订当日生效", en="a way out in every message, in force the same day"),
    ),
    "commission": Mechanic(
        name=Text(zh="员工或达人佣金", en="Commission for staff or influencers"),
        pattern=_words(r"佣金|提成|commission"),
        level="mind",
        rule=Text(zh="一级佣金可以做，须代扣税并写进协议", en="one level is allowed; tax withheld, terms in writing"),
        way=Text(zh="写明只有一级，不因发展人员得奖", en="state that there is one level and no pay for recruits"),
    ),
}
