"""For those who browse: marks, near-duplicates, the map."""
