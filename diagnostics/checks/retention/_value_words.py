"""What the question on the value of today's customers says."""

from __future__ import annotations

from diagnostics.model.wording import Text

TOO_FEW = Text(
    zh="历史太短或再购客户太少，价值预测无法在更早的截点上检验",
    en="history is too short, or too few customers bought again, to test a value forecast at earlier cuts",
)
ANSWER = Text(
    zh="现有 {n} 位客户未来 {days}内预计再带来 {total} 的{what}（80% 区间 {low} 至 {high}），人均 {each}。",
    en="Today's {n} customers are expected to bring another {total} of {what} within {days} (80% range {low} to "
    "{high}), {each} each.",
)
BEST = Text(
    zh="数据期内的新客中，人均最高的是首购在{best}的（{best_each}），最低是{worst}（{worst_each}）。",
    en="Of those won within the data, customers of {best} are worth most ({best_each} each), those of {worst} least "
    "({worst_each}).",
)
SALES, MARGIN = Text(zh="净销售额", en="net sales"), Text(zh="毛利", en="gross margin")
TESTED = Text(
    zh="同样的方法在更早的截点上预测净销售额的偏差：{errors}。",
    en="At earlier cuts the same way missed net sales by {errors}.",
)
NO_MARGIN = Text(
    zh="有成本的商品只占净销售额的 {share}，因此只谈销售额。",
    en="Costs are known for {share} of net sales only: value is that of sales, not of margin.",
)
NO_COSTS = Text(
    zh="没有商品成本，因此只谈销售额。", en="No product costs were delivered: value is that of sales, not of margin."
)
OTHERS = Text(zh="其他渠道", en="Other channels")
MIXED = Text(zh="其他渠道与早于数据的客户", en="Others, and older than the data")
