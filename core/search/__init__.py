"""Search: rank the photos of a library by the Hamming distance of codes or the cosine of descriptors."""
