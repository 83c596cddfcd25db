"""What the client could lose: customers held by people instead of the company, and ways of growth that rules forbid."""
