"""Goals: whether they can be measured, and whether they are reached at the pace of today."""
