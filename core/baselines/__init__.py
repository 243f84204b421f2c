"""The global descriptors of Table VIII that the paper compares with: from a grid to vectors, one method per file.

Each turns a grid into (r, D) vectors.  The steps after that are the same for all and are in ``core.chain.stages``:
L2, PCA whitening, L2 of each vector, their sum, L2.  Only R-MAC has more than one vector.
"""
