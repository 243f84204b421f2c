"""What the window knows and does in the background: the only mutable state."""
