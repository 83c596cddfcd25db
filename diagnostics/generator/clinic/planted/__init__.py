"""The troubles that can be planted: every module here holds one `PLANTING`."""
