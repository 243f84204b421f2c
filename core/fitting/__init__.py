"""Fit a describer on held-out photos."""
