"""Aggregations ψ: the embedded features of a photo to one vector.  One method per file; they know nothing of each other."""
