"""Index a collection: choose the next photos, decode them ahead, describe them, store them."""
