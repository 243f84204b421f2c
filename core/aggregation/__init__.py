"""Aggregations ψ: the embedded features of a photo to one vector.  One method per file, independent of each other."""
