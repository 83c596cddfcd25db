"""Who buys, how many can be reached, how concentrated and in which stage they are."""
