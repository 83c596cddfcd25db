"""Our totals held against every other source, and what explains each gap."""
