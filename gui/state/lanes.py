"""The kinds of background work, and the threads that each may take."""

from __future__ import annotations

from enum import Enum, auto


class Crew(Enum):
    """Groups of threads, so that long work never delays what the user waits for."""

    ASK = auto()
    LOOK = auto()
    LONG = auto()
    WRITE = auto()
    EXPORT = auto()


THREADS = {Crew.ASK: 3, Crew.LOOK: 6, Crew.LONG: 8, Crew.WRITE: 1, Crew.EXPORT: 1}
"""Number of threads.  A cancelled search runs on to its next checkpoint, and the next one must not wait for it."""


class Lane(Enum):
    """What is done in the background; of a lane the newest job wins, unless the lane is a queue.

    Args:
        crew: the threads of its jobs.
        bound: whether its jobs are about the open collection, and are cancelled with it.
        queue: every job is done, in order.
    """

    SEARCH = "search", Crew.ASK, True
    PHOTO = "photo", Crew.ASK, True
    OPEN = "open", Crew.LOOK
    KIND = "kind", Crew.LOOK
    DRIVER = "driver", Crew.LOOK
    PASTE = "paste", Crew.LOOK
    NEW = "new", Crew.LOOK, True
    REST = "rest", Crew.LOOK, True
    EARLY = "early", Crew.LOOK, True
    REOPEN = "reopen", Crew.LOOK, True
    ORDER = "order", Crew.LOOK, True
    FACETS = "facets", Crew.LOOK, True
    WATCH = "watch", Crew.LOOK, True
    MISSING = "missing", Crew.LOOK, True
    GONE = "gone", Crew.LOOK, True
    DETAILS = "details", Crew.LOOK, True
    AHEAD = "ahead", Crew.LOOK, True
    VERIFY = "verify", Crew.LOOK, True
    EXPLAIN = "explain", Crew.LOOK, True
    INSPECT = "inspect", Crew.LOOK, True
    HEAT = "heat", Crew.LOOK, True
    PAIRS = "pairs", Crew.LOOK, True
    SHEET = "sheet", Crew.LOOK, True
    STABILITY = "stability", Crew.LOOK, True
    BETTER = "better", Crew.LOOK, True
    QUERIES = "queries", Crew.LOOK, True
    REJECTED = "rejected", Crew.LOOK, True
    JUDGED = "judged", Crew.LOOK, True
    PRESETS = "presets", Crew.LOOK
    NETWORKS = "networks", Crew.LOOK
    POWER = "power", Crew.LOOK
    LOG = "log", Crew.LOOK
    CLOSE = "close", Crew.LOOK, False, True
    INDEX = "index", Crew.LONG, True
    MAP = "map", Crew.LONG, True
    SURVEY = "survey", Crew.LONG, True
    COMPARE = "compare", Crew.LONG, True
    FIT = "fit", Crew.LONG
    WARM = "warm", Crew.LONG
    PLOTS = "plots", Crew.LONG
    WRITE = "write", Crew.WRITE, False, True
    EXPORT = "export", Crew.EXPORT, False, True

    def __init__(self, word: str, crew: Crew, bound: bool = False, queue: bool = False) -> None:
        self.word, self.crew, self.bound, self.queue = word, crew, bound, queue
