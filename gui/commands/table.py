"""The table of commands: id, words, key, what it does, and the menu it lies in."""

from __future__ import annotations

from dataclasses import dataclass, replace

from gui.widgets.text import later as _  # short, as every text of the table is marked
from gui.widgets.text import tr
from gui.workspaces.names import WORKSPACES

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


MENUS = (_("File"), _("Edit"), _("View"), _("Query"), _("Result"), _("Help"))

_FILE = (
    Command("open folder", _("Open folder…"), "Ctrl+O", _("Show the photos of a folder and index them"), "File"),
    Command("add folder", _("Add folder…"), "Ctrl+Shift+O", _("Index a further folder into the open library"), "File"),
    Command("open library", _("Open library…"), "Ctrl+L", _("Open a collection that was indexed before"), "File"),
    Command("open shared", _("Open shared library…"), "", _("A collection on a server that many people search"), "File"),
    Command("open photo", _("Search with a photo…"), "Ctrl+P", _("Ask with any photo file"), "File"),
    Command("open sample", _("Sample collection"), "", _("Open the pictures that come with the program"), "File"),
    Command("window", _("New window"), "Ctrl+N", _("A further window, with a collection of its own"), "File", rule=True),
    Command("refresh", _("Refresh"), "F5", _("Index what is new or changed in the folder"), "File", rule=True),
    Command("anew", _("Describe anew"), "", _("Describe all photos again where the pipeline has a newer fit"), "File"),
    Command("exclude", _("Leave out…"), "", _("Patterns of files and folders that are not indexed"), "File"),
    Command("skipped", _("Skipped photos"), "", _("List the photos that could not be indexed, and why"), "File"),
    Command(
        "forget missing", _("Forget missing photos"), "", _("Take photos whose files are gone off the library"), "File"
    ),
    Command("settings", _("Settings…"), "Ctrl+,", _("Theme, keys, and threads for indexing"), "File", rule=True),
    Command("quit", _("Quit"), "Ctrl+Q", _("Close all windows; indexing goes on at the next start"), "File"),
)
_EDIT = (
    Command("undo", _("Undo"), "Ctrl+Z", _("Take the last change of the query, star or tag back"), "Edit"),
    Command("redo", _("Redo"), "Ctrl+Shift+Z", _("Do again what was undone"), "Edit"),
    Command("back", _("Back"), "Alt+Left", _("The query before"), "Edit", rule=True),
    Command("forward", _("Forward"), "Alt+Right", _("The query after"), "Edit"),
    Command("paste", _("Paste a picture"), "Ctrl+V", _("Search with a picture out of another program"), "Edit", rule=True),
    Command("box", _("Box in numbers"), "Ctrl+B", _("Type where the box lies"), "Edit"),
    Command("clear", _("Clear box"), "Ctrl+Backspace", _("Take the box away and search for the whole photo (Esc)"), "Edit"),
    Command(
        "mark star", _("Star"), "S", _("Star the chosen photos, or take the star away"), "Edit", checkable=True, rule=True
    ),
    Command("mark tag", _("Tag…"), "T", _("Give the chosen photos a tag, or take it away"), "Edit"),
    Command("mark keep", _("Keep"), "Shift+K", _("Of near-duplicates: this one is to be kept; nothing is deleted"), "Edit"),
    Command("mark export", _("Export marks…"), "", _("A table of all stars and tags"), "Edit"),
    Command("filter", _("Filter the gallery"), "Ctrl+F", _("Type which photos the gallery shows"), "Edit", rule=True),
)
_VIEW = (
    *(
        Command(f"workspace {name}", words, key, tip, "View", checkable=True)
        for name, (words, key, tip) in WORKSPACES.items()
    ),
    Command(
        "map", _("Map"), "Ctrl+M", _("The gallery as a map: alike photos lie together"), "View", checkable=True, rule=True
    ),
    Command("details", _("Details"), "D", _("What the photo's file says of itself"), "View", checkable=True),
    Command("sheet", _("Figure 2"), "H", _("Keypoints, masks and histograms together, linked"), "View", checkable=True),
    Command("reset layout", _("Reset layout"), "", _("Every panel at its place, as at the first start"), "View"),
    Command("fit", _("Fit"), "F", _("The whole photo in the view"), "View", rule=True),
    Command("actual", _("1:1"), "Ctrl+1", _("One image pixel on one screen pixel"), "View"),
    Command(
        "turn right", _("Turn right"), "R", _("Look at the photo turned by a quarter; the file stays as it is"), "View"
    ),
    Command("turn left", _("Turn left"), "Shift+R", _("The same the other way round"), "View"),
    Command("full", _("Full screen"), "F11", _("The window over the whole screen, or back"), "View", checkable=True),
    Command("photo next", _("Next photo"), "Ctrl+PgDown", _("The photo after this one in the gallery"), "View", rule=True),
    Command("photo previous", _("Previous photo"), "Ctrl+PgUp", _("The photo before this one in the gallery"), "View"),
    Command(
        "layer keypoints", _("SIFT keypoints"), "K", _("Show or hide the keypoints"), "View", checkable=True, rule=True
    ),
    Command(
        "layer sift", _("SIFT mask"), "1", _("Show or hide the cells that the SIFT mask keeps"), "View", checkable=True
    ),
    Command("layer sum", _("SUM mask"), "2", _("Show or hide the cells that the SUM mask keeps"), "View", checkable=True),
    Command("layer max", _("MAX mask"), "3", _("Show or hide the cells that the MAX mask keeps"), "View", checkable=True),
    Command("lens sums", _("Heat: Σ"), "4", _("The sum over all channels of each cell"), "View", rule=True),
    Command("lens winners", _("Heat: channels won"), "5", _("How many channels have their maximum on each cell"), "View"),
    Command("lens channel", _("Heat: one channel"), "6", _("The activations of one channel"), "View"),
    Command("lens similar", _("Heat: likeness"), "7", _("How much each cell is like the pinned one"), "View"),
    Command("lens grid", _("Borders of cells"), "B", _("Show or hide the grid"), "View"),
    Command("lens pin", _("Pin a cell"), "P", _("Click a cell to keep its numbers on show"), "View"),
    Command("lens paint", _("Paint cells"), "E", _("Choose the cells to search with, one by one"), "View"),
    Command("theme system", _("System theme"), "", _("Colours as the desktop has them"), "View", checkable=True, rule=True),
    Command("theme light", _("Light theme"), "", _("For a bright room"), "View", checkable=True),
    Command("theme dark", _("Dark theme"), "", _("For a dim room"), "View", checkable=True),
)
_QUERY = (
    Command("save", _("Save query…"), "Ctrl+S", _("Keep this query in the library"), "Query"),
    Command("like", _("More like this"), "M", _("Ask with the chosen photos of the gallery, or the chosen hits"), "Query"),
    Command(
        "also", _("Next box is wanted too"), "A", _("Draw a further example of what you look for (or hold Shift)"), "Query"
    ),
    Command("not", _("Next box is not wanted"), "X", _("Draw what you do not look for (or the right button)"), "Query"),
    Command("only", _("Filter results"), "Ctrl+Shift+F", _("Type which photos are searched"), "Query"),
    Command("verify", _("Verify more hits"), "V", _("Compare keypoints of the first hits, or of twice as many"), "Query"),
    Command("stability", _("Test the box"), "", _("Which hits stay when the box moves a little?"), "Query"),
)
_RESULT = (
    Command("previous", _("Previous hit"), "[", _("Look at the hit before this one"), "Result"),
    Command("next", _("Next hit"), "]", _("Look at the hit after this one"), "Result"),
    Command("return", _("Back to the query"), "Backspace", _("The photo that is searched for"), "Result"),
    Command(
        "compare",
        _("Why"),
        "C",
        _("Query and hit side by side, and what speaks for the hit; or back"),
        "Result",
        checkable=True,
    ),
    Command("hit good", _("Mark as right"), "Y", _("The hit shows it: search with it too"), "Result", rule=True),
    Command("hit bad", _("Mark as wrong"), "N", _("The hit does not show it: search for what is unlike it"), "Result"),
    Command("hit apart", _("Reject"), "Shift+N", _("Never show this hit for this query again"), "Result"),
    Command("hit together", _("Show rejected hits again"), "", _("Forget what was rejected for this query"), "Result"),
    Command(
        "judge good", _("Judge as good"), "Shift+Y", _("It shows what is asked; the ranking stays"), "Result", rule=True
    ),
    Command(
        "judge ok", _("Judge as shown in part"), "", _("It shows not all of what is asked; it counts as good"), "Result"
    ),
    Command("judge junk", _("Judge as junk"), "J", _("Too small or hidden to count, neither right nor wrong"), "Result"),
    Command("judge export", _("Export judgements…"), "", _("Those of all queries, in the form of Oxford's"), "Result"),
    Command("judge read", _("Read judgements…"), "", _("A folder in the form of Oxford's"), "Result"),
    Command(
        "hit copy", _("Copy"), "Ctrl+C", _("The files, for a file manager, a mail or a chat"), "Result", RESULTS, rule=True
    ),
    Command("hit paths", _("Copy paths"), "Ctrl+Shift+C", _("Their places as text, one a line"), "Result", RESULTS),
    Command("hit folder", _("Show in its folder"), "", _("Open the folder in the file manager"), "Result", RESULTS),
    Command("hit open", _("Open with another program"), "", _("What the desktop opens photos with"), "Result", RESULTS),
    Command(
        "hit export", _("Export table or sheet…"), "", _("CSV, JSON, or pages of pictures"), "Result", RESULTS, rule=True
    ),
    Command("hit copies", _("Copy into a folder…"), "", _("The originals stay as they are"), "Result", RESULTS),
    Command("hit links", _("Link into a folder…"), "", _("Links to the originals"), "Result", RESULTS),
)
_HELP = (
    Command("accept", _("Accept"), "Ctrl+Return", _("Press the button of the message"), "Help"),
    Command("palette", _("All commands…"), "Ctrl+Shift+P", _("Find a command by its words"), "Help"),
    Command("help", _("Keys and help"), "F1", _("What the program does, and every key"), "Help"),
    Command("tour", _("Tour in a minute"), "Shift+F1", _("Try the most important things, step by step"), "Help"),
    Command("log", _("Open log"), "", _("What ran and what failed; it names no photo"), "Help", rule=True),
    Command("report", _("Copy report"), "", _("Versions and the end of the log, to be pasted into an issue"), "Help"),
    Command("about", _("About Cropseek"), "", _("Version, licence, and what runs it"), "Help"),
)

COMMANDS: tuple[Command, ...] = (*_FILE, *_EDIT, *_VIEW, *_QUERY, *_RESULT, *_HELP)


def translated(commands: tuple[Command, ...]) -> tuple[Command, ...]:
    """The commands in the language of the window."""
    return tuple(replace(command, text=tr(command.text), tip=tr(command.tip)) for command in commands)


HANDS = (
    (_("Draw with the mouse"), _("Search for what is in the box, while it is drawn")),
    (_("Drag its middle or edges"), _("Move or resize the box")),
    (_("Shift and draw"), _("A further example of what you look for")),
    (_("Right button and draw"), _("What you do not look for")),
    (_("Arrows"), _("Move the box by a pixel; with Shift by ten; with Ctrl resize it")),
    (_("Esc"), _("Give up what is drawn, or take the box away")),
    (_("Wheel"), _("Zoom at the mouse")),
    (_("Space and drag, middle button"), _("Pan")),
    (_("Enter, double click"), _("Search with a photo of the gallery")),
    (_("Click"), _("Look at a hit")),
    (_("Drop or paste"), _("Photos, pictures, folders and libraries")),
)
"""What is done by hand on the photo, for the page of keys: its gestures belong to no command."""
