"""Public figures beside the client's own, each with source, year and grade; never a threshold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from diagnostics.model.plan_section import PlanSection
from diagnostics.model.section import Field
from diagnostics.model.wording import Text, word_change, word_number, word_percent
from diagnostics.plan.material import Material
from diagnostics.plan.roadmap import Roadmap
from diagnostics.plan.section_tables import build, judge_status, name_of, read_number

QUESTION = Text(
    zh="和公开数据放在一起看，客户处在什么位置？", en="Where does the client stand beside figures that are public?"
)
ANSWER = Text(
    zh="{n} 条可以引用的公开数据里，{own} 条能与客户自己的数字并排：{which}；都只作参照，不作达标线。",
    en="Public figures that may be quoted: {n}; with a figure of the client's own beside them: {own} ({which}). All "
    "are context, not a line to reach.",
)
NONE_OWN = Text(
    zh="{n} 条可以引用的公开数据，客户都还没有能并排的数字；它们只作参照，不作达标线。",
    en="There are {n} public figures that may be quoted and none of the client's own beside them; they are "
    "context, not a line to reach.",
)
NO_FIGURES = Text(zh="没有可以引用的公开数据", en="no public figures may be quoted")
NOTE = Text(
    zh="A：大样本公开调研；B：单一观察者或企业自述，口径各异，没有对照组。来源更差或互相矛盾的数字不引用。",
    en="A: public surveys of many people; B: one observer or a company's own claim, definitions differ and nothing was "
    "compared. Figures of weaker or contradicting sources are not quoted.",
)
BEAUTY = "beauty"
NAME, CHAPTER = "plan.benchmarks", "4"
TOP_TENTHS, SECOND_MONTH, LAST_WEEKS = 3, 2, 2


@dataclass(frozen=True, kw_only=True)
class Benchmark:
    """A public figure: what it is, what was said, of whom, in which year, by whom, and how well it is borne out."""

    id: str
    name: Text
    said: Text
    population: Text
    year: str
    source: Text
    grade: str


def read_benchmarks(rows: Iterable[Mapping[str, str]]) -> tuple[Benchmark, ...]:
    """The figures of the registry that may be shown: those with words in both languages."""
    return tuple(
        Benchmark(
            id=row["id"],
            year=row["year"],
            grade=row["grade"],
            **{
                part: Text(zh=row[f"{part}_zh"], en=row[f"{part}_en"])
                for part in ("name", "said", "population", "source")
            },
        )
        for row in rows
        if row["name_zh"]
    )


def plan_benchmarks(material: Material, roadmap: Roadmap) -> PlanSection:
    """Every figure that may be quoted, with the client's own where it was measured."""
    del roadmap
    is_beauty = material.brief.text("industry") == BEAUTY
    shown = [one for one in material.benchmarks if is_beauty or one.id not in BEAUTY_ONLY]
    own = {one.id: OWN[one.id](material) for one in shown if one.id in OWN}
    known = [one for one in shown if own.get(one.id) is not None]
    rows = [
        {
            "name": one.name,
            "said": one.said,
            "own": own.get(one.id),
            "population": one.population,
            "year": one.year,
            "source": one.source,
            "grade": one.grade,
        }
        for one in sorted(shown, key=lambda one: own.get(one.id) is None)
    ]
    fields = (
        Field(name="name", label=Text(zh="看什么", en="Figure")),
        Field(name="said", label=Text(zh="公开数据", en="Public figure")),
        Field(name="own", label=Text(zh="客户自己", en="The client")),
        Field(name="population", label=Text(zh="对象", en="Of whom")),
        Field(name="year", label=Text(zh="年份", en="Year")),
        Field(name="source", label=Text(zh="来源", en="Source")),
        Field(name="grade", label=Text(zh="等级", en="Grade")),
    )
    parts = {"n": word_number(len(shown)), "own": word_number(len(known))}
    which = Text(zh="、".join(one.name.zh for one in known), en="; ".join(one.name.en for one in known))
    return PlanSection(
        name=NAME,
        chapter=CHAPTER,
        question=QUESTION,
        answer=ANSWER.fill(which=which, **parts) if known else NONE_OWN.fill(**parts),
        status=judge_status(measured=bool(known), stated=bool(shown)),
        reason=NO_FIGURES,
        exhibits=(
            build("benchmarks", Text(zh="公开数据与客户", en="Public figures and the client"), fields, rows, NOTE),
        )
        if rows
        else (),
        capabilities=("001-22",),
    )


def _tell_company(material: Material) -> Text | None:
    """The company's share of all messages, weighted over the units told."""
    rows = material.rows("community.voices", "units")
    pairs = [(read_number(row, "w"), read_number(row, "value")) for row in rows]
    known = [(weight, share) for weight, share in pairs if weight and share is not None]
    whole = sum(weight for weight, _ in known)
    return word_percent(sum(weight * share for weight, share in known) / whole) if whole else None


def _tell_life(material: Material) -> Text | None:
    rows = [row for row in material.rows("community.health", "ages") if read_number(row, "month") == SECOND_MONTH]
    share = read_number(rows[0], "share") if rows else None
    if share is None:
        return None
    return Text(zh="第 2 个月 {share} 仍有人说话", en="{share} still talked in by month 2").fill(
        share=word_percent(share)
    )


def _tell_active(material: Material) -> Text | None:
    rows = material.rows("community.health", "weeks")
    shares = [share for row in rows[-LAST_WEEKS:] if (share := read_number(row, "group_share")) is not None]
    if not shares:
        return None
    said = Text(zh="近两周日均 {share} 的群有消息", en="{share} of groups on a day of the last two weeks")
    return said.fill(share=word_percent(sum(shares) / len(shares)))


def _tell_top(material: Material) -> Text | None:
    rows = material.rows("people.concentration", "curve")
    share = read_number(rows[TOP_TENTHS - 1], "gmv_share") if len(rows) >= TOP_TENTHS else None
    if share is None:
        return None
    return Text(zh="前 30% 客户占 {share}（全部客户）", en="first 30% of all customers: {share}").fill(
        share=word_percent(share)
    )


def _tell_members(material: Material) -> Text | None:
    rows = [row for row in material.rows("membership.growth", "growth") if read_number(row, "member")]
    if not rows:
        return None
    largest = max(rows, key=lambda row: read_number(row, "member") or 0.0)
    return Text(
        zh="{channel}会员 {member}，该渠道整体 {whole}", en="{channel}: members {member}, channel {whole}"
    ).fill(
        channel=name_of(largest["channel"]),
        member=word_change(read_number(largest, "member_growth")),
        whole=word_change(read_number(largest, "whole_growth")),
    )


def _tell_joined(material: Material) -> Text | None:
    rows = [row for row in material.rows("people.reach", "reach") if read_number(row, "matched_mean")]
    if not rows:
        return None
    largest = max(rows, key=lambda row: read_number(row, "reached") or 0.0)
    ratio = (read_number(largest, "reached_mean") or 0.0) / (read_number(largest, "matched_mean") or 1.0) - 1
    said = Text(
        zh="{channel}已添加者复购消费比同期未添加者 {change}",
        en="{channel}: repeat spend of contacts {change} on others",
    )
    return said.fill(channel=name_of(largest["channel"]), change=word_change(ratio))


def _tell_users(kind: str) -> Callable[[Material], Text | None]:
    def tell(material: Material) -> Text | None:
        rows = [row for row in material.brief.rows("containers") if row.get("type") == kind]
        users = read_number(rows[0], "users") if rows else None
        return None if users is None else word_number(users)

    return tell


BEAUTY_ONLY = frozenset({"B03", "B04"})
OWN: dict[str, Callable[[Material], Text | None]] = {
    "B03": _tell_users("official_account"),
    "B04": _tell_users("miniprogram"),
    "B05": _tell_company,
    "B06": _tell_life,
    "B07": _tell_active,
    "B12": _tell_joined,
    "B14": _tell_members,
    "B15": _tell_top,
}
