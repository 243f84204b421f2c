"""Pipelines: choose every stage, fit it, save it, and compare two on the current query."""
