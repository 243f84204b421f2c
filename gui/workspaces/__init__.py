"""Browse, Search, Inspect and the Lab: what each puts on the screen, and how they share one window."""
