"""The pipeline panel: choose every stage, fit it, save it, and compare two pipelines on the current query."""
