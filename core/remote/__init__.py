"""A library shared by many computers, in a PostgreSQL database: publishing, opening, searching it."""
