"""Fit: whether the business has what a private domain lives on, and which indicators suit its goods."""
