"""Browsing a library: marks, near-duplicates, the map."""
