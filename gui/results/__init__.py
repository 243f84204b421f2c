"""The hits of a ranking, and what may be done with them."""
