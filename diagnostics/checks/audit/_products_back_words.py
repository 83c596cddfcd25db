"""What the question on customers and products says."""

from __future__ import annotations

from diagnostics.model.wording import Text

TOO_FEW = Text(
    zh="本期买得出品类或商品的客户只有 {n} 位、{parts} 类，谈不上重叠",
    en="only {n} customers bought a named category or product in the period, of {parts} in all",
)
ANSWER = Text(
    zh="{n} 位客户中，{one} 只买一{unit}（共 {parts} {unit}）；渗透最广的是{top}（{share}）。重叠系数 D = "
    "{coefficient}。",
    en="Of {n} customers {one} buy one {unit} only (of {parts}); most widely bought is {top} ({share}). The "
    "duplication coefficient is D = {coefficient}.",
)
PAIR = Text(
    zh="超出预期最多的搭配：{a}的客户也买{b}，为预期的 {ratio} 倍。",
    en="The pairing most above expectation: buyers of {a} also buy {b}, {ratio} times as often as expected.",
)
ENTRY = Text(
    zh="新客首购最多的是{entry}（{n} 人），{days} 天内人均 {value}，{again} 再次购买。",
    en="Most new customers enter with {entry} (n = {n}); within {days} days each spends {value} and {again} buy again.",
)
PART_NAMED = Text(
    zh="只有 {share} 的净销售额写明了品类或商品，其余不在本节。",
    en="Only {share} of net sales names a category or product; the rest is left out here.",
)
LISTED = Text(zh="只列客户最多的 {n} {unit}。", en="The {n} with most customers are shown.")
UNITS = {False: Text(zh="类", en="category"), True: Text(zh="款商品", en="product")}
CUSTOMERS = Text(zh="客户数", en="Customers")
PART = Text(zh="品类（或商品）", en="Category (or product)")
