"""The table of commands: id, words, key, what it does, and the menu it lies in."""

from __future__ import annotations

from dataclasses import dataclass

RESULTS = "results"
"""The scope of keys that act only while the list of results has the focus."""


@dataclass(frozen=True)
class Command:
    """One command.

    ``key`` is Qt's portable text, empty: none at first.  ``scope`` is empty for the whole window.  A ``rule`` is drawn
    before it in its menu.
    """

    id: str
    text: str
    key: str
    tip: str
    menu: str
    scope: str = ""
    checkable: bool = False
    rule: bool = False


MENUS = ("File", "Edit", "View", "Query", "Result", "Help")

_FILE = (
    Command("open folder", "Open folder…", "Ctrl+O", "Show the photos of a folder and index them", "File"),
    Command("add folder", "Add folder…", "Ctrl+Shift+O", "Index a further folder into the open library", "File"),
    Command("open library", "Open library…", "Ctrl+L", "Open a collection that was indexed before", "File"),
    Command("open photo", "Search with a photo…", "Ctrl+P", "Ask with any photo file", "File"),
    Command("open sample", "Sample collection", "", "Open the pictures that come with the program", "File"),
    Command("window", "New window", "Ctrl+N", "A further window, with a collection of its own", "File", rule=True),
    Command("refresh", "Refresh", "F5", "Index what is new or changed in the folder", "File", rule=True),
    Command("exclude", "Leave out…", "", "Patterns of files and folders that are not indexed", "File"),
    Command("skipped", "Skipped photos", "", "List the photos that could not be indexed, and why", "File"),
    Command("settings", "Settings…", "Ctrl+,", "Theme, keys, and threads for indexing", "File", rule=True),
    Command("quit", "Quit", "Ctrl+Q", "Close all windows; indexing goes on at the next start", "File"),
)
_EDIT = (
    Command("undo", "Undo", "Ctrl+Z", "Take the last change of the query, star or tag back", "Edit"),
    Command("redo", "Redo", "Ctrl+Shift+Z", "Do again what was undone", "Edit"),
    Command("back", "Back", "Alt+Left", "The query before", "Edit", rule=True),
    Command("forward", "Forward", "Alt+Right", "The query after", "Edit"),
    Command("paste", "Paste a picture", "Ctrl+V", "Search with a picture out of another program", "Edit", rule=True),
    Command("box", "Box in numbers", "Ctrl+B", "Type where the box lies", "Edit"),
    Command("clear", "Clear box", "Ctrl+Backspace", "Take the box away and search for the whole photo (Esc)", "Edit"),
    Command("mark star", "Star", "S", "Star the chosen photos, or take the star away", "Edit", rule=True),
    Command("mark tag", "Tag…", "T", "Give the chosen photos a tag, or take it away", "Edit"),
    Command("mark export", "Export marks…", "", "A table of all stars and tags", "Edit"),
    Command("filter", "Filter photos", "Ctrl+F", "Type what the gallery is to show", "Edit", rule=True),
)
_VIEW = (
    Command("fit", "Fit", "F", "The whole photo in the view", "View"),
    Command("actual", "1:1", "Ctrl+1", "One image pixel on one screen pixel", "View"),
    Command("full", "Full screen", "F11", "The window over the whole screen, or back", "View", checkable=True),
    Command("photo next", "Next photo", "Ctrl+PgDown", "The photo after this one in the gallery", "View", rule=True),
    Command("photo previous", "Previous photo", "Ctrl+PgUp", "The photo before this one in the gallery", "View"),
    Command("layer keypoints", "SIFT keypoints", "K", "Show or hide the keypoints", "View", checkable=True, rule=True),
    Command("layer sift", "SIFT mask", "1", "Show or hide the cells that the SIFT mask keeps", "View", checkable=True),
    Command("layer sum", "SUM mask", "2", "Show or hide the cells that the SUM mask keeps", "View", checkable=True),
    Command("layer max", "MAX mask", "3", "Show or hide the cells that the MAX mask keeps", "View", checkable=True),
    Command("lens sums", "Heat: Σ", "4", "The sum over all channels of each cell", "View", rule=True),
    Command("lens winners", "Heat: channels won", "5", "How many channels have their maximum on each cell", "View"),
    Command("lens channel", "Heat: one channel", "6", "The activations of one channel", "View"),
    Command("lens similar", "Heat: likeness", "7", "How much each cell is like the pinned one", "View"),
    Command("lens grid", "Borders of cells", "G", "Show or hide the grid", "View"),
    Command("lens pin", "Pin a cell", "P", "Click a cell to keep its numbers on show", "View"),
    Command("lens paint", "Paint cells", "E", "Choose the cells to search with, one by one", "View"),
    Command("theme system", "System theme", "", "Colours as the desktop has them", "View", checkable=True, rule=True),
    Command("theme light", "Light theme", "", "For a bright room", "View", checkable=True),
    Command("theme dark", "Dark theme", "", "For a dim room", "View", checkable=True),
)
_QUERY = (
    Command("save", "Save query…", "Ctrl+S", "Keep this query in the library", "Query"),
    Command("also", "Next box is wanted too", "A", "Draw a further example of what you look for (or hold Shift)", "Query"),
    Command("not", "Next box is not wanted", "X", "Draw what you do not look for (or the right button)", "Query"),
    Command("only", "Filter results", "Ctrl+Shift+F", "Rank only some of the photos", "Query"),
    Command("verify", "Verify more hits", "V", "Compare keypoints of the first hits, or of twice as many", "Query"),
    Command("stability", "Move the box a little", "", "Which hits stay when the box moves?", "Query"),
)
_RESULT = (
    Command("previous", "Hit before", "[", "Look at the hit before", "Result"),
    Command("next", "Hit after", "]", "Look at the hit after", "Result"),
    Command("compare", "Compare large", "C", "Query and hit in the place of the photo, or back", "Result"),
    Command("hit good", "This shows it", "Y", "An example of what you look for", "Result", RESULTS, rule=True),
    Command("hit bad", "Not this", "N", "An example of what you do not look for", "Result", RESULTS),
    Command("hit apart", "Never the same", "Shift+N", "The library remembers: not what is asked", "Result", RESULTS),
    Command("hit together", "Show again what was told apart", "", "Forget what is never the same", "Result"),
    Command("hit like", "Search with this photo", "M", "Ask with the chosen hit itself", "Result", RESULTS),
    Command("hit copy", "Copy", "Ctrl+C", "The files, for a file manager, a mail or a chat", "Result", RESULTS, rule=True),
    Command("hit paths", "Copy paths", "Ctrl+Shift+C", "Their places as text, one a line", "Result", RESULTS),
    Command("hit folder", "Show in its folder", "", "Open the folder in the file manager", "Result", RESULTS),
    Command("hit open", "Open with another program", "", "What the desktop opens photos with", "Result", RESULTS),
    Command("hit export", "Export table or sheet…", "", "CSV, JSON, or pages of pictures", "Result", RESULTS, rule=True),
    Command("hit copies", "Copy into a folder…", "", "The originals stay as they are", "Result", RESULTS),
    Command("hit links", "Link into a folder…", "", "Links to the originals", "Result", RESULTS),
)
_HELP = (
    Command("accept", "Do what the message offers", "Ctrl+Return", "Press the button of the message", "Help"),
    Command("palette", "All commands…", "Ctrl+Shift+P", "Find a command by its words", "Help"),
    Command("help", "Keys and help", "F1", "What the program does, and every key", "Help"),
    Command("about", "About Cropseek", "", "Version, licence, and what runs it", "Help"),
)

COMMANDS: tuple[Command, ...] = (*_FILE, *_EDIT, *_VIEW, *_QUERY, *_RESULT, *_HELP)

PANEL_KEY = "Alt+{}"
"""Panels have keys by their place."""


def panel_commands(titles: tuple[str, ...]) -> tuple[Command, ...]:
    """A command for each panel: to the front, or away."""
    return tuple(
        Command(
            f"panel {title}",
            title,
            PANEL_KEY.format(place % 10) if place <= 10 else "",
            f"Bring the panel to the front, or hide it: {title}",
            "View",
            rule=place == 1,
        )
        for place, title in enumerate(titles, start=1)
    )


HANDS = (
    ("Draw with the mouse", "Search for what is in the box, while it is drawn"),
    ("Drag its middle or edges", "Move or resize the box"),
    ("Shift and draw", "A further example of what you look for"),
    ("Right button and draw", "What you do not look for"),
    ("Arrows", "Move the box by a pixel; with Shift by ten; with Ctrl resize it"),
    ("Esc", "Give up what is drawn, or take the box away"),
    ("Wheel", "Zoom at the mouse"),
    ("Space and drag, middle button", "Pan"),
    ("Enter, click", "Open a photo of the gallery, or look at a hit"),
    ("Drop or paste", "Photos, pictures, folders and libraries"),
)
"""What is done by hand on the photo, for the page of keys: its gestures belong to no command."""
