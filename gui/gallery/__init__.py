"""The gallery: all photos of the collection, filtered, sorted, in sections, and marked."""
