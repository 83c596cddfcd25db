"""What is posted, how often, and which content readers take up; what is pushed, who answers it and who leaves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.checks.content import _answer_words as pushed
from diagnostics.checks.content import _mix_words as words
from diagnostics.checks.content._answers import (
    LEAST,
    Answers,
    ask_answers,
    doubt_answers,
    draw_answers,
    measure_answers,
    tabulate_answers,
    tell_answers,
)
from diagnostics.checks.content._post_tables import tabulate_posts
from diagnostics.checks.content._posts import (
    DAILY,
    LEAST_POSTS,
    LEAST_READERS,
    Posts,
    ask_posts,
    doubt_posts,
    draw_posts,
    measure_posts,
    tell_posts,
)
from diagnostics.model.section import Exhibit, Need, NotComputable
from diagnostics.model.wording import NOTHING, Text, word_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

POSTED, PUSHED = ("001-35", "001-37", "001-68", "001-74", "002-56"), ("000-50", "004-20", "001-25")


@dataclass(frozen=True, kw_only=True)
class Content:
    """What is posted, and what is pushed to whom: one may be `None`, where no export tells it."""

    posts: Posts | None
    answers: Answers | None


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for posts, and for touches, by kind."""
    return ask_posts(tables) | ask_answers(tables)


def measure(replies: Replies) -> Content | NotComputable:
    """Give every kind of post and of touch its rate."""
    posts, answers = measure_posts(replies), measure_answers(replies)
    if posts is None and answers is None:
        return NotComputable(reason=words.NEITHER.fill(n=word_number(LEAST)), unlocked_by=words.UNLOCK)
    return Content(posts=posts, answers=answers)


def judge(_measured: Content, _limits: Limits) -> tuple[Finding, ...]:
    """Nothing: a mix is chosen, readers do not tell what it costs; wearing out is raised where loads are asked for."""
    return ()


def tell(measured: Content) -> Text:
    """The mix, the cadence and what readers take up; what customers answer, and after what they leave."""
    said = NOTHING if measured.posts is None else tell_posts(measured.posts)
    return said if measured.answers is None else said + tell_answers(measured.answers)


def caveats(measured: Content) -> tuple[Text, ...]:
    """That most posts fit no kind; what of touches could not be crossed or seen."""
    posts = () if measured.posts is None else doubt_posts(measured.posts)
    return (*posts, *(() if measured.answers is None else doubt_answers(measured.answers)))


def lacks(measured: Content) -> Mapping[str, Text]:
    """What rests on posts, or on touches, where these are not told."""
    posted = dict.fromkeys(POSTED, words.NO_POSTS) if measured.posts is None else {}
    too_few = pushed.TOO_FEW.fill(n=word_number(LEAST))
    return posted | (dict.fromkeys(PUSHED, too_few) if measured.answers is None else {})


def tabulate(measured: Content) -> tuple[Exhibit, ...]:
    """Kinds of post, posts a day and the calendar; kinds of touch, by source and by interest."""
    posts = () if measured.posts is None else tabulate_posts(measured.posts)
    return (*posts, *(() if measured.answers is None else tabulate_answers(measured.answers)))


def draw(measured: Content, language: Language) -> Figure:
    """Engagement by kind of post; where posts are not told, the share answered by kind of touch."""
    if measured.posts is not None:
        return draw_posts(measured.posts, language)
    return draw_answers(measured.answers, language)  # type: ignore[arg-type] # one of both is told


# In March 8 posts of advice, 30 of 100 readers engaged each; 12 offers on three days, four a day, 5 of 100 each.
EXAMPLE_POSTS = "\n".join(
    [
        "post channel title published_on day readers sharers savers",
        *(f"a{i} official_account 护肤攻略 2024-03-{1 + i:02} 2024-03-20 100 10 20" for i in range(8)),
        *(f"o{i} official_account 满减福利 2024-03-{15 + i // 4} 2024-03-20 100 5 0" for i in range(12)),
    ]
)


# 60 customers get advice and an offer each; the 30 from the store answer the advice, the 30 from Douyin the offer; of
# those from Douyin 6 answer the advice too, of those from the store 3 the offer.
def _touch(number: int) -> list[str]:
    in_store = number % 2 == 0
    return [
        f"m{number} 2024-03-05 advice {str(in_store or number < 12).lower()}",  # noqa: PLR2004 - six from Douyin
        f"m{number} 2024-03-06 offer {str(not in_store or number < 6).lower()}",  # noqa: PLR2004 - three from the store
    ]


EXAMPLE_TOUCHES = "\n".join(
    ["customer touched_at kind answered", *(row for number in range(60) for row in _touch(number))]
)
EXAMPLE_CUSTOMERS = "\n".join(
    ["customer channel source", *(f"m{i} youzan {'抖音' if i % 2 else '门店'}" for i in range(60))]
)

CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION.fill(
        posts=word_number(LEAST_POSTS),
        readers=word_number(LEAST_READERS),
        customers=word_number(LEAST),
        daily=word_number(DAILY),
    ),
    answers=(*POSTED, *PUSHED),
    finds=(),
    needs=(Need(table="order_lines"),),
    uses=("posts", "touches"),
    limits=(),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    lacks=lacks,
    example=Example(
        tables={
            "order_lines": "ordered_at paid_amount\n2024-01-01 10\n2024-03-31 10",
            "posts": EXAMPLE_POSTS,
            "touches": EXAMPLE_TOUCHES,
            "customers": EXAMPLE_CUSTOMERS,
        },
        # 20 posts on 11 days, 3 of them with four; 30 + 6 of 60 answer the advice, 30 + 3 the offer.
        says="有发布的日子平均每天 1.8 篇，27.3% 的日子超过 3 篇。互动率最高的是种草与知识（30.0%），最低的是优惠促销"
        "（5.0%）：差距超出误差。推给客户的 2 类内容里，回应率最高的是 advice（60.0%），最低的是 offer（55.0%）；"
        "按来源确有对路的：抖音—offer、门店—advice。",
    ),
    place=10,
)
