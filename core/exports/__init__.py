"""Exported files: figures, tables, masks, contact sheets."""
