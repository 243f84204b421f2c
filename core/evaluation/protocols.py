"""Ground truth: which photos a query should find, and which do not count (ALGORITHMS section 9)."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.errors import UserError


@dataclass(frozen=True)
class Truth:
    """One query: the image that is asked for, and the images that should be found or do not count, as indices."""

    query: int
    positives: tuple[int, ...]
    junk: tuple[int, ...]


def holidays_truth(images: Sequence[Path]) -> list[Truth]:
    """INRIA Holidays: photos are numbers, a group shares all but the last two digits, the lowest number asks.

    The query is junk, so it is left out of its own ranking; groups of one photo ask nothing.

    Raises:
        UserError: a photo whose name is not a number of at least three digits.
    """
    for image in images:
        if not re.fullmatch(r"\d{3,}", image.stem):
            raise UserError(
                "this photo's name is not a Holidays number", str(image), "For other names use: evaluate groups."
            )
    members = _members(images, lambda image: image.stem[:-2])
    firsts = ((min(group, key=lambda i: images[i].stem), group) for group in members.values() if len(group) > 1)
    return [Truth(first, tuple(i for i in group if i != first), (first,)) for first, group in firsts]


def groups_truth(images: Sequence[Path], group_of: Callable[[Path], str | None]) -> list[Truth]:
    """Every photo of a group of two or more asks for the others; it is junk itself.

    Photos for which ``group_of`` gives None are distractors.

    Raises:
        UserError: no group has two photos.
    """
    members = _members(images, group_of)
    truths = [
        Truth(i, tuple(j for j in group if j != i), (i,)) for group in members.values() if len(group) > 1 for i in group
    ]
    if not truths:
        raise UserError("no group has two or more photos", "ground truth", "See --ground-truth and --group-by.")
    return sorted(truths, key=lambda truth: truth.query)


def read_groups(path: Path, images: Sequence[Path], root: Path) -> Callable[[Path], str | None]:
    """The groups of a JSON file ``{"photo.jpg": "group", ...}``, with names relative to ``root``.

    Raises:
        UserError: not such a file, or it names photos that are not there.
    """
    try:
        groups = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UserError(f"the ground truth cannot be read ({error.strerror})", str(path)) from error
    except ValueError as error:
        raise UserError("the ground truth is not JSON", str(path)) from error
    if not isinstance(groups, Mapping) or not all(isinstance(v, str) for v in groups.values()):
        raise UserError('the ground truth is not of the form {"photo.jpg": "group", ...}', str(path))
    names = {image.relative_to(root).as_posix() for image in images}
    if missing := sorted(set(groups) - names):
        raise UserError(
            f"the ground truth names {len(missing)} photos that are not there, {missing[0]} first",
            str(path),
            f"Looked in {root}.",
        )
    return lambda image: groups.get(image.relative_to(root).as_posix())


def groups_by_pattern(pattern: str, root: Path) -> Callable[[Path], str | None]:
    """The group is what the pattern's first parentheses match in a photo's relative name (without: the whole match).

    Raises:
        UserError: not a regular expression.
    """
    try:
        compiled = re.compile(pattern)
    except re.error as error:
        raise UserError(f"'{pattern}' is not a regular expression ({error})", "--group-by") from error

    def group_of(image: Path) -> str | None:
        match = compiled.search(image.relative_to(root).as_posix())
        return match.group(1 if compiled.groups else 0) if match else None

    return group_of


def _members(images: Sequence[Path], group_of: Callable[[Path], str | None]) -> dict[str, list[int]]:
    """Image indices by group, in the order of images."""
    members: dict[str, list[int]] = defaultdict(list)
    for index, image in enumerate(images):
        group = group_of(image)
        if group is not None:
            members[group].append(index)
    return members
