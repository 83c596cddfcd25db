"""Invented clients with known troubles, made from a seed."""
