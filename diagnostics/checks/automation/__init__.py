"""Automation: who waits for a follow-up today, and can they be told apart by tags?"""
