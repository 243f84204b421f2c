"""Inspecting masks: cell maps, covariances, Figs. 2 and 3."""
