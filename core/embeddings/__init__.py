"""Embeddings φ: local features to high-dimensional vectors.  One method per file, independent of each other."""
