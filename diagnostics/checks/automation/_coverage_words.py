"""What is said of planned tags and their coverage."""

from __future__ import annotations

from diagnostics.model.wording import Text

DIMENSIONS: dict[str, Text] = {
    "channel": Text(zh="渠道", en="channel"),
    "behaviour": Text(zh="行为", en="behaviour"),
    "preference": Text(zh="喜好", en="preference"),
    "participation": Text(zh="营销参与", en="participation"),
}
NO_DIMENSION = Text(zh="未写维度", en="not given")
ANSWER = Text(
    zh="{people} 人中 {tagged} 至少有一个标签{sources}{planned}。",
    en="Of {people} people {tagged} carry a tag{sources}{planned}.",
)
SOURCES = Text(zh="，{share} 的联系人有渠道码", en=", {share} of contacts have a source code")
NO_DICTIONARY = Text(
    zh="；需求表没有写标签体系，无法判断够不够用",
    en="; the sheet has no tag dictionary, so nobody can tell whether that is enough",
)
ENOUGH = Text(zh="；规划的 {n} 个标签覆盖够用", en="; the {n} planned tags are filled well enough")
MISSING = Text(
    zh="；规划的 {n} 个标签里有 {missing} 个几乎没打，最少的是{worst}（{share}）",
    en="; of {n} planned tags {missing} are hardly used, least of all {worst} ({share})",
)
TITLE = Text(
    zh="规划的标签「{tag}」只打到 {share} 的客户，分不出人群",
    en="Planned tag “{tag}”: only {share} carry it, too few for a segment",
)
CAUSE = Text(
    zh="{people} 人里带「{tag}」的有 {carriers} 人；所属维度（{dimension}）任一标签的覆盖为 {whole}。"
    "多半没有打标的触点：表单、扫码参数和下单规则都没有接上。",
    en="{carriers} of {people} people carry “{tag}”; any tag of its dimension ({dimension}) is on {whole}. Most "
    "likely nothing sets it: no form, code parameter or order rule is connected.",
)
ACTION = Text(
    zh="给「{tag}」接三个自动来源：下单商品规则、渠道码参数、欢迎语里的一题小调查；导购只补自动打不到的，"
    "两个月后复查覆盖。",
    en="Feed “{tag}” from three automatic sources: rules on what was bought, the parameter of codes, one question in "
    "the welcome; advisers fill only the rest. Look again after two months.",
)
STOP = Text(
    zh="覆盖到三成后，按此标签分群的触达响应不高于不分群，则停用该标签。",
    en="Drop the tag if, once 30% carry it, segments by it answer no better than everybody together.",
)
NO_MONEY = Text(
    zh="标签本身不产生收入，价值取决于分群后的动作",
    en="a tag earns nothing by itself: its worth lies in what is done with the segment",
)
GAP = Text(zh="不足", en="too few")
FINE = Text(zh="可用或不判断", en="usable, or not judged")
