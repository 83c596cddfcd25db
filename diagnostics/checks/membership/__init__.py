"""Membership: whether members grow, buy at all and buy across, and what reason there is to join."""
