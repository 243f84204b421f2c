"""Docks: the inspector."""
