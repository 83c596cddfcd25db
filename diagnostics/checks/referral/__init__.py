"""Referral: does each round bring the next, and does the reward pay?"""
