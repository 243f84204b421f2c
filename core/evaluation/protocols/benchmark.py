"""A benchmark: the photos that are searched, the queries, and what each should find."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from core.geometry import Box
from core.util.errors import UserError

MISSING = -1
"""Index of a positive that cannot be read; it still counts as one that was not found."""


@dataclass(frozen=True)
class Question:
    """One query, with the indices of its positives and junk by setup.

    ``box`` is its crop in pixels of the original photo; None: the whole photo.
    """

    path: Path
    box: Box | None
    positives: Mapping[str, tuple[int, ...]]
    junk: Mapping[str, tuple[int, ...]]


@dataclass(frozen=True)
class Benchmark:
    """The photos that are searched, and the queries.

    Attributes:
        images: the database: those of the ground truth, then the distractors.
        own: number of images that are not distractors.
        setups: ``("",)``, or easy, medium and hard.
        measure: ``"map"``; ``"map@1k"``: of the first thousand; or ``"ukb"``: the mean number of photos of the query's
            group among the first four, the query included.
        skip_empty: queries without positives in a setup are left out of its mean instead of counting as 0.
    """

    protocol: str
    images: tuple[Path, ...]
    own: int
    questions: tuple[Question, ...]
    setups: tuple[str, ...] = ("",)
    measure: str = "map"
    skip_empty: bool = False

    def without(self, unreadable: Collection[Path]) -> Benchmark:
        """The benchmark without unreadable photos; as positives they count as not found."""
        bad = set(unreadable)
        if not bad:
            return self
        kept = [index for index, path in enumerate(self.images) if path not in bad]
        new_index = {old: new for new, old in enumerate(kept)}
        questions = [question for question in self.questions if question.path not in bad]
        return replace(
            self,
            images=tuple(self.images[index] for index in kept),
            own=sum(index < self.own for index in kept),
            questions=tuple(
                replace(
                    question,
                    positives={
                        s: tuple(new_index.get(i, MISSING) for i in found) for s, found in question.positives.items()
                    },
                    junk={s: tuple(new_index[i] for i in found if i in new_index) for s, found in question.junk.items()},
                )
                for question in questions
            ),
        )

    def with_distractors(self, distractors: Sequence[Path], protocol: str) -> Benchmark:
        """The same queries on more photos, which are distractors."""
        known = set(self.images)
        more = tuple(path for path in distractors if path not in known)
        return replace(self, protocol=protocol, images=self.images + more)


def make_question(path: Path, positives: Iterable[int], junk: Iterable[int], box: Box | None = None) -> Question:
    """A query of a benchmark with one setup."""
    return Question(path, box, {"": tuple(positives)}, {"": tuple(junk)})


def find_images(names: Iterable[str], images: Sequence[Path], folder: Path, where: Path) -> dict[str, int]:
    """The index of each image that the ground truth names: without suffix, or else with its folders below ``folder``.

    Raises:
        UserError: some are missing; says how many, and the first.
    """
    index_of = {image.stem: index for index, image in enumerate(images)}
    for index, image in enumerate(images):
        if image.is_relative_to(folder):
            index_of.setdefault(image.relative_to(folder).as_posix(), index)
    wanted = list(dict.fromkeys(names))
    missing = [name for name in wanted if name not in index_of]
    if missing:
        raise UserError(
            f"the ground truth names {len(missing)} photos that are not there, {missing[0]} first",
            str(where),
            f"Looked for {missing[0]}.jpg and the like in {folder}.",
        )
    return {name: index_of[name] for name in wanted}
