"""The kinds of key by which a customer is known, told by the first letters of the pseudonym."""

from __future__ import annotations

from dataclasses import dataclass

from diagnostics.model.wording import Text

PREFIX_LENGTH = 2


@dataclass(frozen=True, kw_only=True)
class KeyKind:
    """One kind of key; `meets` says whether two channels that hold it can recognise the same person by it."""

    id: str
    prefix: str
    name: Text
    meets: bool


# In the order in which a key stands for its person: what is known on more channels goes first.
KEY_KINDS: dict[str, KeyKind] = {
    kind.id: kind
    for kind in (
        KeyKind(id="phone", prefix="P-", name=Text(zh="手机号", en="phone"), meets=True),
        KeyKind(id="phone_hash", prefix="H-", name=Text(zh="手机号哈希", en="phone hash"), meets=True),
        KeyKind(id="unionid", prefix="U-", name=Text(zh="unionid", en="unionid"), meets=True),
        KeyKind(id="member", prefix="M-", name=Text(zh="统一会员号", en="shared member id"), meets=True),
        KeyKind(id="account", prefix="A-", name=Text(zh="平台账号", en="platform account"), meets=False),
        KeyKind(id="address", prefix="D-", name=Text(zh="姓名加地址", en="name and address"), meets=False),
        KeyKind(id="contact", prefix="C-", name=Text(zh="企微联系人", en="WeCom contact"), meets=False),
    )
}
# Ids that carry no prefix were made one for a person before they came here.
GIVEN = KeyKind(id="given", prefix="", name=Text(zh="已合并的客户号", en="customer id as given"), meets=True)


def find_kind(key: str) -> KeyKind:
    """The kind of a pseudonym.

    >>> find_kind("P-0a1b").id, find_kind("c017").id
    ('phone', 'given')
    """
    return next((kind for kind in KEY_KINDS.values() if key.startswith(kind.prefix)), GIVEN)


def meets(kind: str) -> bool:
    """Whether customers known by this kind can be recognised on another channel that holds it too."""
    return KEY_KINDS[kind].meets if kind in KEY_KINDS else kind == GIVEN.id
