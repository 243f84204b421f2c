"""The first minute: the welcome page, the tour, and the main job run unattended."""
