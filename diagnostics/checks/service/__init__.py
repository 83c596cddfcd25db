"""Checks of one-to-one service: replies, new contacts, load and blocks."""
