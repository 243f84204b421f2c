"""Targets that mutate what strangers could send: a short seeded run of each in the suite, a long one by command."""
