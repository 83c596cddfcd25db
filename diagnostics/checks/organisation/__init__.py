"""Organisation: roles, indicators and incentives."""
