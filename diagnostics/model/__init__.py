"""Small frozen types that every floor of the house shares."""
