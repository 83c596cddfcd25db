"""Checks of stores and dealers: activation, training, league, binding and the tree."""
