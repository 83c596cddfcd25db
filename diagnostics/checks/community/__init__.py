"""Checks of the community: groups that live or die, who speaks in them, who joins, leaves and buys."""
