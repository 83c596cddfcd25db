import numpy as np
import pytest

from diagnostics.generator.assortment import PRODUCTS
from diagnostics.generator.identities import name_accounts, name_contacts, number_phones
from diagnostics.generator.places import CHANNELS, DOUYIN, JD, STORE, TMALL
from diagnostics.generator.qingyan import SEED
from diagnostics.generator.season import DAYS, YEAR
from diagnostics.generator.world import build_world

CUSTOMERS = 12_000


@pytest.fixture(scope="module")
def healthy():
    return build_world(healthy=True, customers=CUSTOMERS, seed=SEED)


def test_a_healthy_second_year_is_a_little_better(healthy):
    orders = healthy.orders
    late = orders.day >= DAYS - YEAR
    growth = orders.paid_fen[late].sum() / orders.paid_fen[~late].sum() - 1
    assert 0.02 < growth < 0.1


def test_no_channel_customer_or_product_dominates_a_healthy_client(healthy):
    orders, lines = healthy.orders, healthy.orders.lines
    channels = np.bincount(orders.channel, orders.paid_fen) / orders.paid_fen.sum()
    assert len(channels) == len(CHANNELS)
    assert channels.max() < 0.55
    products = np.bincount(lines.product, lines.paid_fen) / lines.paid_fen.sum()
    assert len(products) == len(PRODUCTS)
    assert products.max() < 0.15
    spent = np.sort(np.bincount(orders.person, orders.paid_fen))[::-1]
    spent = spent[spent > 0]
    assert spent[: len(spent) // 10].sum() / spent.sum() < 0.45


def test_lines_sum_to_their_orders(healthy):
    orders, lines = healthy.orders, healthy.orders.lines
    for name in ("list_fen", "payable_fen", "paid_fen", "refund_fen"):
        sums = np.bincount(lines.order, getattr(lines, name), len(orders))
        assert (sums == getattr(orders, name)).all()
    assert (orders.refund_fen <= orders.paid_fen).all()
    assert (orders.paid_fen <= orders.payable_fen).all()


def test_about_as_many_people_buy_as_were_asked_for(healthy):
    assert len(np.unique(healthy.orders.person)) == pytest.approx(CUSTOMERS, rel=0.15)


def test_troubles_only_take_away():
    healthy = build_world(healthy=True, customers=CUSTOMERS, seed=SEED)
    build_world.cache_clear()
    troubled = build_world(healthy=False, customers=CUSTOMERS, seed=SEED)
    ours = set(zip(troubled.orders.person.tolist(), troubled.orders.created.tolist(), strict=True))
    theirs = set(zip(healthy.orders.person.tolist(), healthy.orders.created.tolist(), strict=True))
    assert ours < theirs


def test_what_is_planted_costs_no_more_than_what_is_missing():
    healthy = build_world(healthy=True, customers=CUSTOMERS, seed=SEED)
    troubled = build_world(healthy=False, customers=CUSTOMERS, seed=SEED)
    late, spoilt = healthy.orders.day >= DAYS - YEAR, troubled.orders.day >= DAYS - YEAR
    missing = (healthy.orders.paid_fen[late].sum() - troubled.orders.paid_fen[spoilt].sum()) / 100
    taking = [one for one in troubled.planted if one.code not in ("lever.refund_surge", "venue.migration_loss")]
    assert 0.7 * missing < sum(one.annual_effect for one in taking) <= missing


def test_another_seed_gives_other_customers():
    one, two = (build_world(healthy=True, customers=1_500, seed=seed) for seed in (1, 2))
    assert one.orders.created[:50].tolist() != two.orders.created[:50].tolist()


def test_nobody_shares_a_phone_or_an_account():
    person = np.arange(100_000)
    assert len(set(number_phones(person))) == len(person)
    assert len(set(name_contacts(person))) == len(person)
    for channel in (TMALL, DOUYIN, JD, STORE):
        assert len(set(name_accounts(person, channel))) == len(person)
