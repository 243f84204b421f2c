"""Linear steps on vectors: PCA of local features, the rotation RN of descriptors, and the power law."""
