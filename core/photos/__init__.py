"""From folders to files to pixels: the disk, the formats, and the decoder, which runs in separate processes."""
