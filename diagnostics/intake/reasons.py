"""Why rows or files were not used, in words; a reason from a client's settings stands as it was written."""

from __future__ import annotations

from diagnostics.model.account import FileAccount
from diagnostics.model.wording import Text, name_verbatim

REASONS: dict[str, Text] = {
    "unpaid": Text(zh="未付款或已关闭", en="not paid, or closed"),
    "duplicate": Text(zh="与其他文件重复", en="already in another file"),
    "total_row": Text(zh="合计行", en="a total row"),
    "repeated_header": Text(zh="重复的表头", en="a repeated header"),
    "detail_of_total": Text(zh="已含在上级行里的明细", en="detail of a row that is counted"),
    "total_of_staff": Text(zh="已含在员工行里的合计", en="a total of staff rows"),
    "description_row": Text(zh="表头下的说明行", en="a row that explains the columns"),
    "not_held": Text(zh="没有播出的场次", en="a session that was not held"),
    "deleted": Text(zh="已删除的记录", en="a deleted record"),
    "stock_adjustment": Text(zh="库存调整", en="a stock adjustment"),
    "not_a_product": Text(zh="不是商品（运费、手续费等）", en="not a product (postage, fees …)"),
    "no_price": Text(zh="没有价格", en="no price"),
    "no_amount": Text(zh="没有金额", en="no amount"),
    "absurd_amount": Text(zh="金额大得不可能", en="an amount beyond belief"),
    "no_date": Text(zh="没有日期", en="no date"),
    "no_order_id": Text(zh="没有订单号", en="no order number"),
    "no_channel": Text(zh="没有渠道", en="no channel"),
    "no_contact": Text(zh="没有联系人", en="no contact"),
    "no_customer": Text(zh="没有可用的客户标识", en="no usable customer id"),
    "no_staff": Text(zh="没有员工", en="no staff"),
    "no_group": Text(zh="没有群编号", en="no group id"),
    "no_session": Text(zh="没有场次", en="no live session"),
    "no_case_id": Text(zh="没有售后单号", en="no case number"),
    "no_post": Text(zh="没有内容编号", en="no post id"),
    "no_day": Text(zh="没有日期", en="no date"),
    "no_starts_on": Text(zh="没有日期", en="no date"),
    "no_starts_at": Text(zh="没有开始时间", en="no start"),
    "no_happened_at": Text(zh="没有发生时间", en="no time"),
    "no_touched_at": Text(zh="没有触达时间", en="no time"),
    "no_value": Text(zh="没有数值", en="no value"),
    "future_date": Text(zh="日期在未来", en="a date in the future"),
    "damaged_id": Text(zh="编号已损坏（科学计数法）", en="a damaged number (scientific notation)"),
    "damaged_text": Text(zh="文字已损坏", en="damaged text"),
    "not_used": Text(zh="已识别，本版不使用", en="recognised, not used by this version"),
    "unknown_layout": Text(zh="未识别", en="not recognised"),
    "empty_file": Text(zh="空文件", en="an empty file"),
    "hidden_file": Text(zh="隐藏文件", en="a hidden file"),
    "link_outside": Text(zh="指向文件夹之外的链接", en="a link that leads out of the folder"),
    "link_broken": Text(zh="指向不存在的文件的链接", en="a link that leads nowhere"),
    "link_folder": Text(zh="指向文件夹的链接", en="a link to a folder"),
    "no_file": Text(zh="不是普通文件（管道或设备）", en="no ordinary file (a pipe or device)"),
    "office_lock_file": Text(zh="办公软件的临时文件", en="a lock file of an office program"),
    "password": Text(zh="有密码", en="protected by a password"),
    "archive": Text(zh="压缩包，请先解压", en="an archive; unpack it first"),
    "web_page": Text(zh="网页，不是表格", en="a web page, not a table"),
    "unsupported_format": Text(zh="不支持的格式", en="a format that is not supported"),
    "not_text": Text(zh="不是文本", en="not a text"),
    "not_readable": Text(zh="无法读取", en="can't be read"),
    "damaged_workbook": Text(zh="工作簿已损坏", en="a damaged workbook"),
    "damaged_parquet": Text(zh="Parquet 文件已损坏", en="a damaged Parquet file"),
    "damaged_json": Text(zh="JSON 文件已损坏", en="a damaged JSON file"),
    "damaged_archive": Text(zh="文件结构已损坏", en="a damaged file"),
    "zip_bomb": Text(zh="解压后过大", en="too large when unpacked"),
    "oversized_sheet": Text(zh="工作表过大", en="a sheet that is too large"),
    "too_heavy": Text(zh="读取超出时间或内存", en="took too much time or memory"),
    "fails_reader": Text(zh="无法解析，文件可能已损坏", en="brings its reader down; probably damaged"),
    "changed": Text(zh="读取时文件有变动", en="changed while it was read"),
    "entities": Text(zh="含外部引用的 XML", en="XML that defines entities"),
    "open_quote": Text(zh="引号没有闭合的行", en="a row with a quote that is not closed"),
    "cut_off": Text(zh="文件末尾被截断的行", en="a row cut off at the end of the file"),
    "undecodable": Text(zh="无法解码的行", en="a row that can't be decoded"),
    "too_many_cells": Text(zh="单元格过多", en="too many cells"),
    "too_many_columns": Text(zh="列数过多", en="too many columns"),
    "too_many_sheets": Text(zh="工作表过多", en="too many sheets"),
}


def name_reason(reason: str) -> Text:
    """A reason in words; one from a client's settings as it is."""
    return REASONS.get(reason) or name_verbatim(reason.replace("_", " "))


# What a person can do about a file that could not be read, in the client's language.
_ADVICE: dict[str, str] = {
    "empty_file": "文件里没有数据：请重新导出。",
    "password": "文件有密码：请另存一份不带密码的。",
    "archive": "这是压缩包：请解压后放入 exports 文件夹。",
    "web_page": "这是网页，里面没有表格：请发送导出文件本身（XLSX 或 CSV）。",
    "unsupported_format": "这不是表格：请发送导出文件本身（XLSX 或 CSV）。",
    "not_text": "文件既不是表格也不是文本：请重新导出为 CSV 或 XLSX。",
    "not_readable": "文件打不开：请检查读取权限。",
    "changed": "读取时文件有变动：请等文件复制完再重跑。",
    "link_outside": "链接指向 exports 文件夹之外，没有读取：请把文件本身放进来。",
    "link_broken": "链接指向的文件不存在：请把文件本身放进来。",
    "link_folder": "链接指向文件夹，没有读取：请把文件本身放进来。",
    "no_file": "这是管道或设备，不是文件：请放入导出文件本身。",
    "zip_bomb": "文件解压后异常巨大：请按月重新导出。",
    "oversized_sheet": "工作表声明的单元格过多：请另存为 CSV。",
    "too_heavy": "读取超出时间或内存：请按月导出为 CSV。",
    "too_many_columns": "列数过多：只导出表格本身。",
    "too_many_sheets": "工作表过多：只保留需要的工作表。",
    "entities": "XML 引用了外部内容：请另存为 XLSX。",
}
_EXPORT_AGAIN = "文件已损坏：请重新导出，或用 Excel 打开后另存为 XLSX。"


def advise(file: FileAccount) -> Text:
    """What a person can do about a file that could not be read."""
    return Text(zh=_ADVICE.get(file.unread, _EXPORT_AGAIN), en=file.suggestion.removeprefix("# "))
