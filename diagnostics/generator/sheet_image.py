"""The invented client's answers on how it appears: personas of its accounts, competitors, earlier attempts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from diagnostics.generator.world import World

Answers = dict[str, object]


def answer_personas(world: World) -> Answers:
    """Only the desks' personas are described, and nobody wrote them a story."""
    return {
        "persona_setup": tuple(
            {
                "account_code": desk,
                "name_rule": "青颜护肤+花名",
                "avatar_type": "person",
                "signature": "一对一护肤答疑",
                "welcome_message": "您好，我是您的护肤顾问，皮肤问题随时问我。",
            }
            for desk in world.desks
        ),
        "wecom_entities": ({"brand": "青颜", "corp_code": "QYCORP01"},),
    }


def answer_research() -> Answers:
    """The competitors, and what was tried before and failed."""
    return {
        "competitors": ("草本护肤品牌甲", "药妆品牌乙", "平价成分品牌丙"),
        "past_attempts": (
            {
                "date": date(2023, 11, 1),
                "what": "个人微信群秒杀",
                "result": "两个月后没人说话",
                "reason": "只有促销没有内容",
            },
            {
                "date": date(2024, 1, 10),
                "what": "天猫会员引到小程序",
                "result": "入会不到一成",
                "reason": "会员数据没有打通，积分带不过去",
            },
        ),
    }
