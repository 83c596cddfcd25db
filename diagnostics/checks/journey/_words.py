"""What steps of the journey, their phases and what they lack are called."""

from __future__ import annotations

from diagnostics.model.wording import Text

PHASES = {
    "pre": Text(zh="购买前", en="Before buying"),
    "in": Text(zh="购买中", en="Buying"),
    "post": Text(zh="购买后", en="After buying"),
    "": Text(zh="未写阶段", en="Phase not given"),
}
LACKS = {
    "next_step": Text(zh="下一步", en="next step"),
    "owner": Text(zh="负责人", en="owner"),
    "entry_code": Text(zh="入口码", en="entry code"),
}
MEASURED = {
    "view": Text(zh="浏览后的下一步（加购、预约、咨询或下单）", en="a next step after looking"),
    "save": Text(zh="收藏→下单", en="saved to ordered"),
    "ask": Text(zh="咨询→下单", en="asked to ordered"),
    "book": Text(zh="预约→下单", en="booked to ordered"),
    "cart": Text(zh="加购→下单", en="cart to order"),
}
