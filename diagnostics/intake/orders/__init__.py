"""From order rows to order lines: piles, items, amounts, ids and what other tables know."""
