"""The photo with its layers and the query box."""
