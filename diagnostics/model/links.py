"""Evidence that two keys are one person, and the reasons for which a link is cut, in words."""

from __future__ import annotations

from typing import Literal

from diagnostics.model.wording import Text

EVIDENCE_NAMES: dict[str, Text] = {
    "unionid": Text(zh="企微 unionid", en="WeCom unionid"),
    "stated": Text(zh="客户提供的账号对应表", en="the client's list of accounts"),
    "buyer_phone": Text(zh="买家手机号", en="buyer's phone"),
    "remark_phone": Text(zh="企微备注手机号", en="phone in the WeCom remark"),
    "recipient_phone": Text(zh="收件人手机号", en="recipient's phone"),
    "address": Text(zh="姓名加地址", en="name and address"),
}

Reason = Literal[
    "not_allowed", "shared_by_many", "holder_of_many", "not_main", "other_is_main", "contradicted", "taken", "too_large"
]
REASONS: tuple[Reason, ...] = (
    "not_allowed",
    "shared_by_many",
    "holder_of_many",
    "not_main",
    "other_is_main",
    "contradicted",
    "taken",
    "too_large",
)
REASON_WORDS: dict[str, Text] = {
    "not_allowed": Text(zh="需求表未列入这类个人信息", en="the sheet does not list this kind of personal data"),
    "shared_by_many": Text(
        zh="一个键对应太多账号（门店电话、员工手机、代收点）",
        en="one key for too many accounts (a store's, staff member's or parcel point's phone)",
    ),
    "holder_of_many": Text(zh="一个账号用了太多手机号（代购、企业采购）", en="one account with too many phones"),
    "not_main": Text(
        zh="不是该账号最常用的手机（送礼、代收、代下单）",
        en="not the phone most seen on the account (presents, clerks)",
    ),
    "other_is_main": Text(zh="同渠道另一账号更常用该手机", en="another account of the channel uses the phone more"),
    "contradicted": Text(
        zh="与该账号其他订单的手机尾号不符", en="the last digits on the account's other orders differ"
    ),
    "taken": Text(zh="该人已有更强证据的同渠道账号", en="the person has an account there by stronger evidence"),
    "too_large": Text(zh="会把太多账号连成一人", en="it would weld too many accounts into one person"),
}
