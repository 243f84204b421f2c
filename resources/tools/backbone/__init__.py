"""The training of the embedded backbone; ``train`` is the command, ``resources/models/README.md`` its record."""
