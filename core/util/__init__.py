"""What every room needs: errors, progress, threads, the places of files."""
