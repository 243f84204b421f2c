"""Choose and read the ground truth of a protocol."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from core.evaluation.protocols.benchmark import Benchmark
from core.evaluation.protocols.groups import (
    groups_benchmark,
    groups_by_pattern,
    holidays_benchmark,
    read_groups,
    ukb_benchmark,
)
from core.evaluation.protocols.instances import ilias_benchmark, instre_benchmark
from core.evaluation.protocols.oxford import oxford_benchmark
from core.evaluation.protocols.revisited import revisited_benchmark
from core.photos.disk import is_there
from core.photos.scan import absolute, scan
from core.util.errors import UserError
from core.util.progress import Ticket

OXFORD = ("oxford5k", "paris6k")
REVISITED = ("roxford5k", "rparis6k")
LARGE = {"oxford105k": "oxford5k", "paris106k": "paris6k", "holidays1m": "holidays"}
"""Protocols that are another protocol with distractors."""

PROTOCOLS = (*OXFORD, *REVISITED, *LARGE, "holidays", "ukb", "groups", "ilias", "instre")


def load_benchmark(
    protocol: str,
    images: Path,
    ground_truth: Path | None,
    group_by: str | None,
    distractors: Sequence[Path],
    ticket: Ticket,
) -> Benchmark:
    """The benchmark of a protocol on the photos below a folder.

    Args:
        ground_truth: a folder of official files or a file; Holidays, UKB and ILIAS need none.
        group_by: for ``groups``, a regular expression that finds the group in a photo's relative name.
        distractors: folders of photos that are never positives.

    Raises:
        UserError: unknown protocol, no photos, or ground truth that is missing or unusable.
        Cancelled: by the ticket.
    """
    if protocol not in PROTOCOLS:
        raise UserError(f"there is no protocol '{protocol}'", "evaluate", f"There are: {', '.join(PROTOCOLS)}.")
    if protocol in LARGE and not distractors:
        raise UserError(f"the protocol '{protocol}' needs distractors", "evaluate", "Give --distractors FOLDER.")
    folder = absolute(images)
    found = [file.path for file in scan([folder], ticket)]
    benchmark = _read(LARGE.get(protocol, protocol), found, folder, ground_truth, group_by)
    if not distractors:
        return benchmark
    return benchmark.with_distractors([file.path for file in scan(distractors, ticket)], protocol)


def _read(
    protocol: str, images: Sequence[Path], folder: Path, ground_truth: Path | None, group_by: str | None
) -> Benchmark:
    if protocol == "holidays":
        return holidays_benchmark(images)
    if protocol == "ukb":
        return ukb_benchmark(images)
    if protocol == "ilias":
        return ilias_benchmark(images, folder)
    if protocol == "groups":
        if ground_truth is not None:
            return groups_benchmark(images, read_groups(ground_truth, images, folder))
        if group_by is not None:
            return groups_benchmark(images, groups_by_pattern(group_by, folder))
        raise UserError(
            "the protocol 'groups' needs to know the groups",
            "evaluate",
            'Give --ground-truth FILE with {"photo.jpg": "group", ...}, or --group-by REGEX on the names.',
        )
    if ground_truth is None:
        raise UserError(
            f"the protocol '{protocol}' needs its official ground truth", "evaluate", "Give --ground-truth PATH."
        )
    if not is_there(ground_truth):
        raise UserError("the ground truth is not there", str(ground_truth))
    if protocol == "instre":
        return instre_benchmark(images, folder, absolute(ground_truth))
    read = oxford_benchmark if protocol in OXFORD else revisited_benchmark
    return read(protocol, images, folder, absolute(ground_truth))
