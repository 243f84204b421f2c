"""Embeddings φ: local features to high-dimensional vectors.  One method per file; they know nothing of each other."""
