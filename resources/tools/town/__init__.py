"""A small town, built and photographed with Blender: the pictures of the sample collection."""
