"""Outline to HTML, PDF and XLSX."""
