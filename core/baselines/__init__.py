"""The global descriptors of Table VIII that the paper compares with: from a grid to vectors, one method per file.

Each gives (r, D) vectors of a grid; what follows is the same for all and lies in ``core.chain.chain``:
L2, PCA whitening, L2 of each vector, their sum, L2.  Only R-MAC has more than one vector.
"""
