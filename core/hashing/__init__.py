"""Hashing: real descriptors to binary codes.  One method per file, and ``bits`` to pack and compare codes."""
