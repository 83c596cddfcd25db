"""How often customers will buy again, from how often and how lately they did."""
