"""What changes in a window: the open collection, the query, the work in the background."""
