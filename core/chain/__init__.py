"""The chain from a photo to its descriptor and code: configuration, presets, and the fitted stages."""
