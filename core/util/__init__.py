"""What every room uses: errors, progress, threads, caches, the log."""
