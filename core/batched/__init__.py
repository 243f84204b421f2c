"""The standard chain on many photos at once, in torch, for whatever device holds their grids.

``core.stages`` is the reference: one photo, numpy, one line a formula.  What is here gives the same within rounding and
keeps grids, embedded features and their products on the device; only what a library stores leaves it.
"""
