"""Files for others to read: figures, tables, masks, contact sheets."""
