"""Campaigns and touches: what they add, and what they wear out."""
