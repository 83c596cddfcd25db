"""The words of the form for the consultant's notes, beside those of the tables that tell what the notes did."""

from __future__ import annotations

from diagnostics.model.wording import Text

TITLE = Text(zh="顾问批注", en="The consultant's notes")
LEAD = Text(
    zh="本部分仅供顾问使用：记录哪些问题被确认、删除或改写，不出现在客户版 PDF 里。",
    en="For the consultant only: which findings were accepted, dropped or reworded. The client's PDF leaves it out.",
)
REVIEWED = Text(
    zh="共 {found} 项发现：已确认 {accepted} 项，删除 {dropped} 项，改写 {reworded} 项；另由顾问补充 {added} 项。",
    en="Findings: {found}; accepted: {accepted}, dropped: {dropped}, reworded: {reworded}. Added by the consultant: "
    "{added}.",
)
DROPPED = Text(zh="已删除的发现及理由", en="Findings dropped, and why")
LOST = Text(
    zh="本次运行里找不到对应发现或章节的批注（仍保留在 notes.yaml）",
    en="Notes on findings or sections that this run does not have (kept in notes.yaml)",
)
FINDING = Text(zh="发现", en="Finding")
REASON = Text(zh="理由", en="Reason")
KIND = Text(zh="批注", en="Note")
NAME = Text(zh="对象", en="On")
TYPED = Text(zh="所写内容", en="What was typed")
KINDS = {
    "accept": Text(zh="确认", en="accepted"),
    "drop": Text(zh="删除", en="dropped"),
    "reword": Text(zh="改写", en="reworded"),
    "comment": Text(zh="评论", en="comment"),
    "withdraw": Text(zh="撤回", en="withdrawn"),
}

RATINGS = Text(zh="顾问评分（人工判断）", en="The consultant's ratings (a person's judgement)")
RATINGS_LEAD = Text(
    zh="以下为人工判断，不是由数据计算得出；1 分最低，5 分最高。",
    en="These are judgements of a person, not computed from data; 1 is the lowest mark and 5 the highest.",
)
ASPECT = Text(zh="评分项", en="What was rated")
SCORE = Text(zh="评分（满分 5）", en="Mark out of 5")
SCALE = Text(zh="尺度（1 分 → 5 分）", en="Scale (1 to 5)")
ENDS = Text(zh="{low} → {high}", en="{low} → {high}")
JUDGE = Text(zh="评分人", en="Rated by")

# The labels of the form, by the names under which the page's template asks for them.
FORM: dict[str, Text] = {
    "form": Text(zh="填写批注", en="Write notes"),
    "how": Text(
        zh="填写后下载 notes.yaml，放进客户文件夹，再重新生成报告（report 命令），几秒内即可更新。"
        "原文件的内容（包括注释）原样保留，新的批注接在后面。",
        en="Download notes.yaml, put it into the client's folder and render the report again: it takes seconds. What "
        "the file holds, comments included, stays as it is; new notes follow it.",
    ),
    "stale": Text(
        zh="如果本页生成之后手工改过 notes.yaml，请只复制新增部分，粘贴到文件末尾。",
        en="If notes.yaml was edited by hand after this page was made, copy the new part only and paste it at the end.",
    ),
    "masked": Text(
        zh="notes.yaml 里有个人号码，本页已遮盖，因此只提供新增部分：请复制后粘贴到文件末尾。",
        en="notes.yaml holds somebody's number, masked on this page. So only the new part is offered: paste it at the "
        "end of the file.",
    ),
    "findings": Text(zh="对发现的处理", en="What to do with a finding"),
    "finding": FINDING,
    "choose": Text(zh="请选择", en="Choose one"),
    "state": Text(zh="处理", en="Decision"),
    "open": Text(zh="未审阅", en="not reviewed"),
    "accept": Text(zh="确认", en="accept"),
    "drop": Text(zh="删除", en="drop"),
    "reason": Text(zh="理由（删除时必填）", en="Reason (needed to drop)"),
    "wide": Text(
        zh="notes.yaml 里还有一条范围更大的批注也涉及这项发现，请在文件里修改。",
        en="A note on a wider scope in notes.yaml speaks of this finding too; change that one in the file.",
    ),
    "rewording": Text(zh="改写（留空则保持原文）", en="Other words (left empty, the text stays)"),
    "title": Text(zh="标题", en="Title"),
    "cause": Text(zh="原因", en="Cause"),
    "action": Text(zh="动作", en="Action"),
    "stop_rule": Text(zh="停止条件", en="Stop if"),
    "owner": Text(zh="负责人", en="Owner"),
    "unchanged": Text(zh="不变", en="unchanged"),
    "zh": Text(zh="中文", en="Chinese"),
    "en": Text(zh="英文", en="English"),
    "comments": Text(zh="章节评论", en="Comment on a section"),
    "section": Text(zh="章节", en="Section"),
    "comment": Text(zh="评论", en="Comment"),
    "ratings": Text(zh="评分（人工判断）", en="Ratings (a person's judgement)"),
    "rubric": ASPECT,
    "score": Text(zh="评分", en="Mark"),
    "none": Text(zh="不评", en="none"),
    "why": Text(zh="依据", en="Why"),
    "by": Text(zh="评分人（写岗位，不写姓名）", en="Rated by (a role, not a name)"),
    "addition": Text(zh="补充一项发现", en="Add a finding"),
    "code": Text(zh="编号", en="Code"),
    "place": Text(zh="范围", en="Scope"),
    "place_value": Text(zh="范围的值", en="Value of the scope"),
    "metric": Text(zh="验证指标", en="Metric that will tell"),
    "direction": Text(zh="方向", en="Direction"),
    "up": Text(zh="上升", en="up"),
    "down": Text(zh="下降", en="down"),
    "window": Text(zh="验证天数", en="Days until it shows"),
    "confidence": Text(zh="把握（0 到 1）", en="Confidence (0 to 1)"),
    "money": Text(zh="一年金额：低、中、高（可不填）", en="Money a year: low, middle, high (may stay empty)"),
    "low": Text(zh="低", en="Low"),
    "mid": Text(zh="中", en="Middle"),
    "high": Text(zh="高", en="High"),
    "basis": Text(zh="金额依据（填金额时必填）", en="Basis of the amount (needed with an amount)"),
    "add": Text(zh="加入批注", en="Put into the notes"),
    "incomplete": Text(zh="还缺：{fields}", en="Still missing: {fields}"),
    "changes": Text(zh="新增批注（尚未生效）", en="New notes (not in force yet)"),
    "undo": Text(zh="撤销", en="Undo"),
    "download": Text(zh="下载 notes.yaml", en="Download notes.yaml"),
    "copy": Text(zh="复制新增部分", en="Copy the new part"),
    "clean": Text(zh="没有未保存的批注", en="No unsaved notes"),
    "dirty": Text(
        zh="有 {n} 处批注未保存：关闭页面会丢失", en="Notes not saved yet: {n}. They are lost when this page closes"
    ),
    "saved": Text(
        zh="已保存。放进客户文件夹、重新生成报告后生效", en="Saved. They take effect when the report is rendered again"
    ),
    "copied": Text(zh="已复制，请粘贴到 notes.yaml 末尾", en="Copied: paste it at the end of notes.yaml"),
    "selected": Text(zh="已选中，请按 Ctrl+C 复制", en="Selected: press Ctrl+C to copy"),
}
