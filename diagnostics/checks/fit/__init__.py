"""Fit: does the business have what a private domain lives on, and which indicators suit its goods?"""
