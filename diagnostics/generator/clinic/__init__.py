"""Clients of every trade and size whose troubles are known, as canonical tables: what the diagnosis is held against.

`client.invent_client(number, seed)` makes a healthy client. A trouble is a file in `planted/` that holds one record:

    PLANTING = Planting(
        code="lever.refund_surge",           # of finding_codes.csv; the check that raises it is found by it
        choose=choose,                       # (rng, client) -> scope, or None where this client can't have it
        floor=floor,                         # (client, scope, limits) -> the smallest gap that can be told, in the
                                             #   detector's unit; `limits` are the detector's own, by name
        rule="limit and 95 % half-width",    # how the floor is made, in words
        plant=plant,                         # (rng, client, scope, gap) -> Planted(client, effect), or None where no
    )                                        #   gap of that size can be made

Nothing else is registered. `plant` returns the client with distorted tables (`client.with_tables(...)`) and the true
money effect a year as the finding itself defines it, `None` for a finding that states no money. A gap is planted at
0.5, 1, 2 and 4 times the floor. A floor is the gap that an estimate without any error would need to be raised: the
half-width of its 95 % interval, by the plain formula for independent customers (`floors.py`; for all units together
where the detector looks at many), and the limit: the larger of both where the detector asks for a gap above the limit
that is surely there, their sum where it asks for a gap that is surely above the limit. Where the gap itself makes the
estimate noisier (refunds, blocks, those who are left), the noise is that at the gap. What leaves too few to be judged
is not planted.

Codes without a planting. Answers of the sheet and facts without noise, which no floor grades: `data.*`, `fit.*`,
`goal.*`, `privacy.ungated`, `resource.idle_key_resource`, `team.role_gap`, `venue.broken_link`,
`venue.private_share_guardrail`, `people.tag_gap`, `people.unbridged_members`. Counts of everything, with a limit and no
sampling: `goods.hero_dependence`, `goods.missing_role`, `venue.channel_dependence`, `store.inactive_staff`,
`community.dead_groups`, `service.overload`. Not planted so far, for these clients lack the table or the habit:
`lever.mix_shift`, `people.concentration_risk`, `people.cross_sell_gap`, `retention.cycle_missed`,
`goods.vote_miscalibrated`, `community.single_talker`, `service.unattended_adds`, `store.no_training_effect`,
`live.no_carry_over`, `fission.reward_above_value`, `campaign.*`, `journey.breakpoint`, `automation.missed_scenario`.

Columns of a client's tables that are not canonical (`usual_depth`) are the generator's own knowledge: the engine never
sees them. Tables that only some troubles need are drawn for every client (`sides.py`).
"""
