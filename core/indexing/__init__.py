"""Index a collection: which photo is next, decoded ahead, described, stored."""
