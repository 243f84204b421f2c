"""What every room needs: errors, progress, threads, folders."""
