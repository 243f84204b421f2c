"""Protocols of groups: Holidays, UKB, and any folder whose photos belong to groups (ALGORITHMS section 9)."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from core.evaluation.protocols.benchmark import Benchmark, make_question
from core.util.errors import UserError


def holidays_benchmark(images: Sequence[Path]) -> Benchmark:
    """INRIA Holidays: names are numbers; a group shares all but the last two digits, and its lowest number is the query.

    The query is junk, so its own ranking leaves it out.  Groups of one photo have no query.

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
    questions = [make_question(images[first], (i for i in group if i != first), (first,)) for first, group in firsts]
    return Benchmark("holidays", tuple(images), len(images), tuple(questions))


def ukb_benchmark(images: Sequence[Path]) -> Benchmark:
    """UKB: sorted by name, each four photos show one thing, and every photo is a query.

    Raises:
        UserError: the number of photos is not a multiple of four.
    """
    if len(images) % 4:
        raise UserError(
            f"UKB has groups of four photos, and {len(images)} are not a multiple of four", str(images[0].parent)
        )
    ordered = sorted(images, key=lambda image: image.name)
    groups = [range(start, start + 4) for start in range(0, len(ordered), 4)]
    questions = [make_question(ordered[i], group, ()) for group in groups for i in group]
    return Benchmark("ukb", tuple(ordered), len(ordered), tuple(questions), measure="ukb")


def groups_benchmark(images: Sequence[Path], group_of: Callable[[Path], str | None]) -> Benchmark:
    """Every photo of a group of two or more is a query for the others, and junk for itself.

    Photos for which ``group_of`` returns None are distractors.

    Raises:
        UserError: no group has two photos.
    """
    members = _members(images, group_of)
    asking = sorted((i, group) for group in members.values() if len(group) > 1 for i in group)
    if not asking:
        raise UserError("no group has two or more photos", "ground truth", "See --ground-truth and --group-by.")
    questions = [make_question(images[i], (j for j in group if j != i), (i,)) for i, group in asking]
    return Benchmark("groups", tuple(images), len(images), tuple(questions))


def read_groups(path: Path, images: Sequence[Path], root: Path) -> Callable[[Path], str | None]:
    """The groups of a JSON file ``{"photo.jpg": "group", ...}``, with names relative to ``root``.

    Raises:
        UserError: not such a file, or photos are missing.
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
    """Groups by a pattern: what its first group matches in a photo's relative name, or else the whole match.

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
