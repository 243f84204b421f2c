"""Photos of a folder that is being indexed: those found on disk, with what the library has stored so far."""

from __future__ import annotations

from core.engine import Listing


def merged(found: Listing, stored: Listing) -> Listing:
    """The photos that were found, each with its date, size and marks as soon as it is stored.

    Args:
        found: in the order in which they are shown.
        stored: those that the library holds.
    """
    known = {(row.root, row.name): row for row in stored.rows()}
    rows = [known.get((row.root, row.name), row) for row in found.rows()]
    return Listing(rows, stored.marks, found.notes, stored.cameras)
