"""The stages and segments in which customers stand, by name, with their shares of customers and spend."""

from __future__ import annotations

import pandas as pd

from diagnostics.model.wording import Text

STAGES = {
    "new": Text(zh="首购", en="New"),
    "growing": Text(zh="成长", en="Growing"),
    "mature": Text(zh="成熟", en="Mature"),
    "recalled": Text(zh="召回", en="Recalled"),
    "drifting": Text(zh="预流失", en="Drifting"),
    "lapsed": Text(zh="流失", en="Lapsed"),
}
# Recent, frequent, high: the name of the segment and what to do with it.
RFM = {
    (1, 1, 1): (Text(zh="重要价值", en="Key: value"), Text(zh="专属顾问与新品优先", en="own adviser, new items first")),
    (0, 1, 1): (Text(zh="重要保持", en="Key: keep"), Text(zh="一对一回访，问清原因", en="call, ask for the reason")),
    (1, 0, 1): (Text(zh="重要发展", en="Key: develop"), Text(zh="引导第二单", en="lead to a second order")),
    (0, 0, 1): (Text(zh="重要挽留", en="Key: win back"), Text(zh="高价值召回权益", en="a strong reason to return")),
    (1, 1, 0): (Text(zh="一般价值", en="General: value"), Text(zh="连带推荐提客单", en="raise spend per order")),
    (0, 1, 0): (Text(zh="一般保持", en="General: keep"), Text(zh="自动化周期提醒", en="automatic reminders")),
    (1, 0, 0): (Text(zh="一般发展", en="General: develop"), Text(zh="新客培育流程", en="welcome programme")),
    (0, 0, 0): (Text(zh="一般挽留", en="General: win back"), Text(zh="低成本群发，不投人力", en="cheap sends only")),
}


def name_stages(answered: pd.DataFrame) -> pd.DataFrame:
    """Every stage in order, with its shares; 0 where nobody stands."""
    frame = answered.set_index("stage").reindex(list(STAGES)).fillna(0).rename_axis("id").reset_index()
    return _add_shares(frame.assign(name=pd.Series(list(STAGES.values()), dtype=object)))


def name_segments(answered: pd.DataFrame) -> pd.DataFrame:
    """All eight segments in order, with their shares and what to do; 0 where nobody is."""
    keys = pd.MultiIndex.from_tuples(RFM, names=["recent", "frequent", "high"])
    cut = answered.money_cut.max()
    frame = answered.set_index(["recent", "frequent", "high"]).reindex(keys).fillna(0).reset_index()
    names, actions = zip(*RFM.values(), strict=True)
    return _add_shares(
        frame.assign(money_cut=cut, name=pd.Series(names, dtype=object), action=pd.Series(actions, dtype=object))
    )


def cross_moves(moves: pd.DataFrame) -> pd.DataFrame:
    """A row a stage before, a column a stage now, shares of the row; empty rows are left out."""
    counts = moves.pivot_table(index="stage_before", columns="stage", values="customers", fill_value=0)
    counts = counts.reindex(index=list(STAGES), columns=list(STAGES), fill_value=0)
    counts = counts[counts.sum(axis=1) > 0]
    names = pd.Series([STAGES[stage] for stage in counts.index], index=counts.index, dtype=object)
    shares = counts.div(counts.sum(axis=1), axis=0)
    return shares.assign(name=names, customers=counts.sum(axis=1)).reset_index(drop=True)


def _add_shares(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(
        customer_share=frame.customers / frame.customers.sum(), gmv_share=frame.gmv / max(frame.gmv.sum(), 1e-9)
    )
