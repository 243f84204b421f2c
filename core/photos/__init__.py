"""From folders to files to uint8 RGB: the scan, the only decoder, what a file says of itself."""
