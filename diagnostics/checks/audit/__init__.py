"""The five lenses of a customer-base audit, after Fader, Hardie and Ross (2022)."""
