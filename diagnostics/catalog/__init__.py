"""Data files: export layouts, the requirement sheet, metrics, benchmarks, capabilities, fonts."""
