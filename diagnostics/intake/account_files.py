"""Say of each file what it was taken for, where its rows went, and what a person can do about it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from diagnostics.intake.frame import Frame
from diagnostics.intake.layouts import Layout
from diagnostics.intake.suggest import suggest_mapping
from diagnostics.model.account import FileAccount

_PERSONAL = re.compile(
    r"姓名|收件人|收货人|提货人|昵称|会员名|手机|电话|地址|邮箱|身份证|支付宝账号|帐号|账号|微信号|QQ|生日|备注|留言|街道|发票抬头|openid|unionid"
    r"|external_userid|remark|mobile|phone|address|e-?mail|birthday|^name$|^userid$|customer_?name|用户标识|买家ID",
    re.IGNORECASE,
)

_KEYED = ("customer", "contact", "referrer", "phone", "unionid", "staff", "owner", "anchor")


@dataclass(frozen=True, kw_only=True)
class Opened:
    """One sheet or file as intake met it: a frame, or the reason why there is none."""

    path: str
    frame: Frame | None = None
    reason: str = ""
    advice: str = ""
    period: tuple[date, date] | None = None
    rows_read: int = 0


def account_file(opened: Opened, rejected: Mapping[str, int], layouts: Sequence[Layout]) -> FileAccount:
    """The account of one sheet; rows read are rows kept plus rows rejected."""
    frame = opened.frame
    if frame is None:
        return FileAccount(path=opened.path, rejected={opened.reason: 0}, suggestion=f"# {opened.advice}")
    read = opened.rows_read
    gone = sum(rejected.values())
    recipe = frame.recipe
    unknown = frame.layout is None and frame.mapping is None
    return FileAccount(
        path=opened.path,
        sheet=frame.sheet,
        layout="mapped" if frame.mapping else frame.layout.id if frame.layout else None,
        score=frame.score,
        table=recipe.table if recipe else None,
        encoding=frame.encoding,
        header_row=frame.header_row,
        rows_read=read,
        rows_kept=read - gone,
        rows_rejected=gone,
        rejected=dict(sorted(rejected.items())),
        period=opened.period,
        columns=tuple(frame.table.column_names) if unknown else (),
        suggestion=_suggest(frame, layouts),
        dropped_personal=tuple(name for name in frame.table.column_names if _is_personal(name, frame)),
    )


def _is_personal(name: str, frame: Frame) -> bool:
    """Whether a column holds personal data: by the layout, by what it is mapped to, or by its name."""
    if frame.layout is not None and name in frame.layout.personal:
        return True
    columns = frame.recipe.columns if frame.recipe else {}
    return any(name in columns.get(keyed, ()) for keyed in _KEYED) or _PERSONAL.search(name) is not None


def _suggest(frame: Frame, layouts: Sequence[Layout]) -> str:
    if frame.mapping is not None:
        lacking = [name for name in frame.mapping.recipe.sources if name not in frame.table.column_names]
        return f"# The file lacks columns that its mapping names: {', '.join(lacking)}." if lacking else ""
    if frame.layout is None:
        return suggest_mapping(frame.path, frame.table, layouts)
    return f"# {frame.layout.not_used}" if frame.layout.recipe is None else ""
