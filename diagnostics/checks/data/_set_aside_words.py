"""What the question on rows set aside says."""

from __future__ import annotations

from diagnostics.model.wording import Text

NO_ACCOUNT = Text(zh="没有订单文件的收件记录", en="there is no record of the order files taken in")
ANSWER = Text(
    zh="读入 {read} 行订单数据，剔除 {gone} 行（{share}）{largest}。",
    en="Order rows read: {read}; set aside: {gone} ({share}){largest}.",
)
MOSTLY = Text(zh="，最多的是“{reason}”{n} 行", en=", mostly “{reason}” ({n})")
REPEATED = Text(
    zh="{n} 行在重叠导出中重复，已按后一个文件合并，其中 {changed} 行状态有变化。",
    en="Rows repeated across exports: {n}; merged, the later file counts; {changed} of them had changed.",
)
TITLE_REPEATED = Text(
    zh="{file}有 {share} 的行（{n} 行）与其他导出重复，已合并",
    en="{file}: {share} of its rows ({n}) repeat other rows and were merged",
)
CAUSE_OVERLAP = Text(
    zh="与{other}在 {period} 重叠，{orders} 个订单两边都有，{changed} 行后来状态有变化，以后一个文件为准。",
    en="It overlaps {other} from {period}: orders in both: {orders}; rows that changed later: {changed}; the later "
    "file counts.",
)
CAUSE_SELF = Text(
    zh="文件内部有重复行：{orders} 个订单出现了不止一次。",
    en="The file repeats itself: orders that appear more than once: {orders}.",
)
CAUSE_REPEATED = Text(zh="这些行在其他文件里也有。", en="The same rows are in other files too.")
WORTH = Text(zh="若重复计算会多出 {money}。", en="Counted twice, they would add {money}.")
ACTION_REPEATED = Text(
    zh="不影响本次结果；以后按不重叠的日期导出，手工汇总时先按订单号去重。",
    en="Results are not affected. Export days that do not overlap; where files are added up by hand, drop repeated "
    "order numbers first.",
)
STOP_REPEATED = Text(
    zh="客户确认重叠是有意补导，即关闭。", en="Close it once the client confirms that the overlap was intended."
)
TITLE_DAMAGED = Text(
    zh="{file}有 {n} 行订单号已损坏（{share}），无法使用",
    en="{file}: {n} rows have damaged order numbers ({share}) and can't be used",
)
CAUSE_DAMAGED = Text(
    zh="文件用 Excel 打开并保存过，长单号变成科学计数法，后几位丢失。",
    en="The file was opened and saved in a spreadsheet: long numbers became scientific notation and lost digits.",
)
WORTH_DAMAGED = Text(
    zh="这些行的金额合计 {money}，除非商品明细报表里有，否则没有计入。",
    en="The rows amount to {money}, which no total counts unless the item report holds it.",
)
ACTION_DAMAGED = Text(
    zh="从平台重新导出原文件，不要用 Excel 打开另存，交回后重新诊断。",
    en="Export the file from the platform again, do not save it from a spreadsheet, put it into exports and run again.",
)
STOP_DAMAGED = Text(zh="重新导出后没有损坏的单号，即关闭。", en="Close it once a new export has no damaged numbers.")
NO_MONEY_REPEATED = Text(zh="重复的行已合并，不影响金额", en="repeated rows were merged: no amount is affected")
NO_MONEY_DAMAGED = Text(zh="这是数据缺口，不是业务损失", en="this is a gap in the data, not a loss of the business")
DUPLICATE, DAMAGED, UNPAID = "duplicate", "damaged_id", "unpaid"
# Reasons that FileAccount tells without words.
WORDS: dict[str, Text] = {
    UNPAID: Text(zh="未付款或已关闭", en="not paid, or closed"),
    DUPLICATE: Text(zh="与其他文件重复", en="already in another file"),
    DAMAGED: Text(zh="编号已损坏（科学计数法）", en="a damaged number (scientific notation)"),
}
