"""Describe photos on several machines, with Ray; the blocks of described photos lie in files until they are stored."""
