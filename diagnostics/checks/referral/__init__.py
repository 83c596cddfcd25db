"""Referral: whether each round brings the next, and whether the reward pays."""
