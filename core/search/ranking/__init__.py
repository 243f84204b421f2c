"""Ways to order the photos of a library: codes, descriptors, cells, and what is made of them."""
