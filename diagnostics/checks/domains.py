"""Where a channel stands: on a public platform, in an own shop or in a store; and how easily its buyers are added."""

from __future__ import annotations

from typing import Literal

from diagnostics.model.wording import Text

Domain = Literal["public", "own", "store", "unknown"]
# In the order in which a table shows them.
DOMAINS: dict[Domain, Text] = {
    "public": Text(zh="公域平台", en="Public platforms"),
    "own": Text(zh="自有线上", en="Own shops online"),
    "store": Text(zh="线下", en="Stores"),
    "unknown": Text(zh="未能归类", en="Not placed"),
}
CHANNELS: dict[Domain, frozenset[str]] = {
    "public": frozenset(
        ["tmall", "taobao", "jd", "douyin", "kuaishou", "pdd", "xiaohongshu", "vip", "delivery_platform"]
    ),
    "own": frozenset(
        ["youzan", "weimob", "miniprogram", "wechat_shop", "wecom", "official_account", "own_app", "website"]
    ),
    "store": frozenset(["store", "dealer"]),
}
# How easily a buyer is added, by the nature of the channel; platforms and unknown venues stand at 0.
EASE = {
    **dict.fromkeys(["store", "dealer", "delivery_platform"], 1),
    **dict.fromkeys(["youzan", "weimob", "miniprogram", "wechat_shop", "wecom", "own_app", "website"], 2),
}


def find_domain(channel: str) -> Domain:
    """The domain of a channel; a client's own name for one tells nothing.

    >>> find_domain("tmall"), find_domain("miniprogram"), find_domain("EIRE")
    ('public', 'own', 'unknown')
    """
    return next((domain for domain, channels in CHANNELS.items() if channel in channels), "unknown")
