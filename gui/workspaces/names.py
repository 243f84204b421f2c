"""The workspaces: their names, and what they are for."""

from __future__ import annotations

from gui.widgets.text import later

BROWSE, SEARCH, INSPECT, LAB = "browse", "search", "inspect", "lab"

WORKSPACES = {
    BROWSE: (later("Browse"), "G", later("The whole gallery: folders, dates, tags, and the map")),
    SEARCH: (later("Search"), "Q", later("The photo with its box, and what it finds")),
    INSPECT: (later("Inspect"), "I", later("What the masks keep of the photo, with figures")),
    LAB: (later("Lab"), "L", later("Pipelines, their comparison, and statistics of the collection")),
}
"""By name: the words on the control, the key, and what is there."""
