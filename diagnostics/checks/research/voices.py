"""What reviews and survey answers talk about, what they complain of, and whether it gets better."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.charts.axes import scale_share
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.checks.research import _voice_words as words
from diagnostics.metrics.feedback_topics import build_topics, count_quarters, count_topics, mark_feedback
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import Text, join_texts, name_verbatim, word_number, word_percent
from diagnostics.statistics.proportions import newcombe_difference, wilson

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

LEAST, FEWEST = 30, 5
SHOWN = 3


@dataclass(frozen=True, kw_only=True)
class Voices:
    """Totals, topics (most complained of first) and quarters in order."""

    texts: int
    bad: int
    good: int
    unmarked: float
    topics: pd.DataFrame
    quarters: pd.DataFrame

    @property
    def ends(self) -> tuple[pd.Series[float], pd.Series[float]] | None:
        """The first and last quarter with enough texts."""
        told = self.quarters[self.quarters.texts >= LEAST]
        return (told.iloc[0], told.iloc[-1]) if len(told) > 1 else None


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for totals and quarters by topic."""
    topics = build_topics(tables.engagement.brief.choices("competitors"))
    marked = tables.share(mark_feedback(tables["feedback"], topics))
    return {"topics": count_topics(marked, topics), "quarters": count_quarters(marked)}


def measure(replies: Replies) -> Voices | NotComputable:
    """Give every topic its share and interval."""
    row = replies["topics"].iloc[0]
    texts = int(row.texts)
    if texts < LEAST:
        return NotComputable(
            reason=words.TOO_FEW.fill(n=word_number(texts), least=word_number(LEAST)), unlocked_by=words.UNLOCK
        )
    topics = pd.DataFrame(
        {
            "topic": list(words.TOPICS),
            "said": [float(row[f"{topic}_said"]) for topic in words.TOPICS],
            "complained": [float(row[f"{topic}_bad"]) for topic in words.TOPICS],
        }
    )
    low, high = wilson(topics.complained.to_numpy(), np.full(len(topics), float(texts)))
    quarters = replies["quarters"].dropna(subset=["quarter"]).sort_values("quarter", ignore_index=True)
    q_low, q_high = wilson(quarters.bad.to_numpy(), quarters.texts.where(quarters.texts >= LEAST).to_numpy())
    return Voices(
        texts=texts,
        bad=int(row.bad),
        good=int(row.good),
        unmarked=1 - float(row.marked) / texts,
        topics=topics.assign(share=topics.complained / texts, low=low, high=high).sort_values(
            ["complained", "topic"], ascending=[False, True], ignore_index=True
        ),
        quarters=quarters.assign(
            share=quarters.bad / quarters.texts.where(quarters.texts >= LEAST), low=q_low, high=q_high
        ),
    )


def judge(_measured: Voices, _limits: Limits) -> tuple[Finding, ...]:
    """Nothing: what is complained of is a lead to follow, not yet a loss."""
    return ()


def tell(measured: Voices) -> Text:
    """How many are bad, of what, and where it goes."""
    low, high = wilson(measured.bad, measured.texts)
    said = words.ANSWER.fill(
        texts=word_number(measured.texts),
        bad=word_percent(measured.bad / measured.texts),
        low=word_percent(float(low)),
        high=word_percent(float(high)),
        good=word_percent(measured.good / measured.texts),
    )
    worst = measured.topics[measured.topics.complained >= FEWEST].head(SHOWN)
    if len(worst):
        names = join_texts(
            words.ONE.fill(topic=words.TOPICS[topic], n=word_number(n), share=word_percent(share))
            for topic, n, share in zip(worst.topic, worst.complained, worst.share, strict=True)
        )
        said += words.WORST.fill(names=names)
    else:
        said += words.NO_COMPLAINT.fill(n=word_number(FEWEST))
    return said + _tell_trend(measured) if measured.ends else said


def _tell_trend(measured: Voices) -> Text:
    if measured.ends is None:
        return Text(zh="", en="")
    first, last = measured.ends
    low, high = newcombe_difference(last.bad, last.texts, first.bad, first.texts)
    verdict = words.WORSE if low > 0 else words.BETTER if high < 0 else words.SAME
    return words.TREND.fill(
        before=word_percent(first.bad / first.texts),
        now=word_percent(last.bad / last.texts),
        first=_name_quarter(first.quarter),
        last=_name_quarter(last.quarter),
        verdict=verdict,
    )


def _name_quarter(day: object) -> Text:
    start = pd.Timestamp(str(day))
    return name_verbatim(f"{start.year} Q{start.quarter}")


def caveats(measured: Voices) -> tuple[Text, ...]:
    """That most texts have no mark."""
    half = 0.5
    return (words.MOSTLY_WORDS.fill(share=word_percent(measured.unmarked, 0)),) if measured.unmarked > half else ()


def tabulate(measured: Voices) -> tuple[Exhibit, ...]:
    """Topics and quarters."""
    topics = measured.topics.assign(
        name=pd.Series([words.TOPICS[topic] for topic in measured.topics.topic], dtype=object)
    )
    quarters = measured.quarters.assign(
        name=pd.Series([_name_quarter(day) for day in measured.quarters.quarter], dtype=object)
    )
    texts = Field(name="texts", label=Text(zh="文本数", en="Texts"), unit="count")
    interval = (
        Field(name="low", label=Text(zh="95% 下限", en="95% low"), unit="share"),
        Field(name="high", label=Text(zh="95% 上限", en="95% high"), unit="share"),
    )
    return (
        Exhibit(
            name="topics",
            title=Text(zh="说到什么，抱怨什么", en="What is talked about and complained of"),
            fields=(
                Field(name="name", label=Text(zh="主题", en="Topic")),
                Field(name="said", label=Text(zh="谈到", en="Mention it"), unit="count"),
                Field(name="complained", label=Text(zh="抱怨", en="Complain of it"), unit="count"),
                Field(name="share", label=Text(zh="抱怨占全部文本", en="Share of all texts"), unit="share"),
                *interval,
            ),
            frame=topics,
        ),
        Exhibit(
            name="quarters",
            title=Text(zh="负面占比走势", en="Bad texts over time"),
            fields=(
                Field(name="name", label=Text(zh="季度", en="Quarter")),
                texts,
                Field(name="share", label=Text(zh="负面占比", en="Bad"), unit="share"),
                *interval,
            ),
            frame=quarters,
        ),
    )


def draw(measured: Voices, language: Language) -> Figure:
    """The share of texts that complain of each topic."""
    shown = measured.topics
    figure = draw_bars(
        [words.TOPICS[topic].word(language) for topic in shown.topic],
        shown.share.tolist(),
        [
            f"{word_percent(share).en}  n={word_number(n).en}"
            for share, n in zip(shown.share, shown.complained, strict=True)
        ],
        axis_label=words.AXIS.word(language),
        low=shown.low.tolist(),
        high=shown.high.tolist(),
    )
    scale_share(figure.axes[0].xaxis)
    return figure


# 60 texts in two quarters: 8 of 30 complain of slow delivery in the first, 2 of price in the second; the others praise,
# 22 of them with a denied complaint.
EXAMPLE_TEXTS = "\n".join(
    [
        "day|words",
        *("2024-01-15|物流太慢了，东西还行" for _ in range(8)),
        *("2024-02-15|不贵，很喜欢" for _ in range(22)),
        *("2024-05-15|有点贵" for _ in range(2)),
        *("2024-05-20|效果很好" for _ in range(28)),
    ]
)

CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION,
    answers=("000-05",),
    finds=(),
    needs=(Need(table="feedback", columns=("words",)),),
    limits=(),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    example=Example(
        tables={
            "order_lines": "ordered_at paid_amount\n2024-01-01 10\n2024-06-30 10",
            "feedback": EXAMPLE_TEXTS,
        },
        # 10 of 60 texts are bad: 8 of 30 in the first quarter, 2 of 30 in the second.
        says="物流 8 条（占 13.3%）。负面占比由 26.7%（2024 Q1）到 6.7%（2024 Q2）：在变好",
    ),
    place=30,
)
