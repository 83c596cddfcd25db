"""Automation: who waits for a follow-up today, and whether tags can tell them apart."""
