"""The form of Oxford's ground truth: four text files for each query, all in one folder.

    all_souls_1_query.txt   oxc1_all_souls_000013 136.5 34.1 648.5 955.7
    all_souls_1_good.txt, _ok.txt, _junk.txt: one name a line

Names may have blanks.  A photo whose name another has too is named with its folders and its suffix.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from core.geometry import Box
from core.util.atomic_write import replacing
from core.util.errors import UserError
from core.util.text import as_line, is_line

PREFIX = "oxc1_"
"""Prefix of photo names in Oxford's query files."""


@dataclass(frozen=True)
class OxfordQuery:
    """A query, with names of photos; ``name`` is what its files begin with."""

    image: str
    box: Box
    good: tuple[str, ...]
    ok: tuple[str, ...]
    junk: tuple[str, ...]
    name: str = ""

    @property
    def positives(self) -> tuple[str, ...]:
        """The names of good and ok photos."""
        return self.good + self.ok


def read_queries(folder: Path) -> Iterator[OxfordQuery]:
    """The queries of the official files, in the order of their names.

    Raises:
        UserError: there are none, or some are unreadable.
    """
    files = sorted(folder.glob("*_query.txt")) if folder.is_dir() else []
    if not files:
        raise UserError(
            "there are no files NAME_query.txt of the official ground truth here",
            str(folder),
            "Give the folder that the data set's gt_files archive unpacks to.",
        )
    for file in files:
        image, box = _query_line(file)
        good, ok, junk = (_names(file, kind) for kind in ("good", "ok", "junk"))
        yield OxfordQuery(image, box, good, ok, junk, file.name.removesuffix("_query.txt"))


def write_query(folder: Path, query: OxfordQuery) -> None:
    """Write the four files of a query, each whole or not at all.

    Raises:
        UserError: a name that a line cannot hold, or the files cannot be written.
    """
    for name in (query.image, *query.positives, *query.junk):
        if name != name.strip() or not is_line(name):
            raise UserError("the name of this photo cannot be a line of a text file", as_line(name), "Rename the file.")
    lists = {"good": query.good, "ok": query.ok, "junk": query.junk}
    texts = {kind: "".join(f"{name}\n" for name in names) for kind, names in lists.items()}
    texts["query"] = f"{PREFIX}{query.image} {' '.join(f'{side:.10g}' for side in query.box.as_tuple())}\n"
    for kind, text in texts.items():  # the query last, as by its file the others are found
        with writing(folder), replacing(folder / f"{query.name}_{kind}.txt") as part:
            part.write_text(text, encoding="utf-8")


def remove_query(folder: Path, name: str) -> None:
    """Remove the four files of a query.

    Raises:
        UserError: they cannot be removed.
    """
    with writing(folder):
        for kind in ("query", "good", "ok", "junk"):
            (folder / f"{name}_{kind}.txt").unlink(missing_ok=True)


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Turn what goes wrong with files of a folder into a sentence."""
    try:
        yield
    except OSError as error:
        raise UserError(f"the judgements cannot be written ({error.strerror})", str(folder)) from error


def _query_line(file: Path) -> tuple[str, Box]:
    """The photo's name and the box of a query file."""
    parts = read_text(file).strip().rsplit(maxsplit=4)
    try:
        box = Box(*(float(part) for part in parts[1:]))
    except (ValueError, TypeError):
        box = Box(0, 0, 0, 0)
    if len(parts) != 5 or not all(map(math.isfinite, box.as_tuple())) or box.width <= 0 or box.height <= 0:
        raise UserError("this is not a query of the form NAME x0 y0 x1 y1", f"{file}, line 1")
    return parts[0].removeprefix(PREFIX), box


def _names(query_file: Path, kind: str) -> tuple[str, ...]:
    """The names of the list that belongs to a query file."""
    text = read_text(query_file.with_name(query_file.name.removesuffix("query.txt") + f"{kind}.txt"))
    return tuple(name for line in text.split("\n") if (name := line.strip()))


def read_text(file: Path) -> str:
    """The text of a file of ground truth.

    Raises:
        UserError: it cannot be read, or is no text.
    """
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise UserError(f"a file of the ground truth cannot be read ({error.strerror})", str(file)) from error
    except UnicodeDecodeError as error:
        raise UserError("a file of the ground truth is not text", str(file)) from error
