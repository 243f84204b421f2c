"""Words that ``core`` says in English and a person sees again and again: steps of work, and names of a photo's details.

They are translated where they are shown, by ``tr``; here they only stand for ``python -m resources.tools.translations``.
Errors, reasons and the help of filters stay as core has them (``gui.widgets.text``).
"""

from __future__ import annotations

from gui.widgets.text import later

STEPS = (
    later("arranging photos"), later("comparing"), later("comparing masks"), later("copying"), later("describing"),
    later("describing distractors"), later("downloading the network's weights"), later("drawing"), later("exporting"),
    later("extracting features"), later("filtering"), later("indexing"), later("indexing closely"),
    later("indexing quickly"), later("inspecting"), later("learning the codebook"), later("learning the embedding"),
    later("learning anchors"), later("preparing verified hits"), later("publishing"),
    later("reading the list of photos"), later("scanning"), later("searching"), later("shifting the box"),
    later("verifying"), later("waiting"), later("writing codes"),
)  # fmt: skip
"""What tickets tell (``core.util.progress``)."""

DETAILS = (
    later("Name"), later("Folder"), later("Pixels"), later("File"), later("Changed"), later("Note"), later("Taken"),
    later("Place"), later("Maker"), later("Camera"), later("Lens"), later("Exposure"), later("Aperture"),
    later("Sensitivity"), later("Focal length"), later("Software"), later("Author"), later("Rights"), later("Description"),
)  # fmt: skip
"""Names of what a photo's file says (``core.photos.details``)."""
