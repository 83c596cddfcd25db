"""Who buys again, after how long, and how sure that is."""
