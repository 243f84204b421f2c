"""What every part of the core may use and that knows nothing of photos."""
