"""Tools that make the files in ``resources``."""
