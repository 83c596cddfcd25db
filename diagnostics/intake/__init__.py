"""What a client sends, turned into canonical tables, a ledger of rejects and a quality account."""
