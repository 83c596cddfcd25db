"""Which factor of sales moved, and what a move of each is worth."""
