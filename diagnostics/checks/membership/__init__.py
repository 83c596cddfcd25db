"""Membership: do members grow, buy at all, buy across, and is there a reason to join?"""
