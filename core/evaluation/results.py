"""Results of an evaluation, and their output as JSON, CSV, Markdown or LaTeX."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from core import __version__
from core.chain.config import DescriberConfig
from core.evaluation.published import ILIAS
from core.records import Skipped


@dataclass(frozen=True)
class Result:
    """The result of a row: with descriptors and cosine (``bits`` 0), or with codes and Hamming distance.

    Attributes:
        scores: mean average precision by setup (UKB: the mean number found in the first four); empty if not run.
        published: the paper's, in per cent, by protocol.
        fit_seconds: of this row's fits, without those shared with earlier rows; ``seconds``: of describing and ranking.
        reason: why it was not run.
        fit: fingerprint of the fitted stages; the configuration's own covers only the settings.
    """

    label: str
    config: DescriberConfig
    bits: int
    scores: dict[str, float]
    published: dict[str, float]
    point: tuple[str, float]
    fit_seconds: float
    seconds: float
    reason: str
    fit: str = ""

    @property
    def map(self) -> float | None:
        """The first setup's score."""
        return next(iter(self.scores.values()), None)

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for JSON."""
        config = self.config
        return {
            "preset": self.label, "backbone": config.backbone, "layer": config.layer, "mask": config.mask,
            "embedding": config.baseline or config.embedding, "aggregation": "" if config.baseline else config.aggregation,
            "dimensions": config.dimensions, "bits": self.bits, "hashing": config.hashing if self.bits else "",
            "map": self.map, "scores": self.scores, "published": self.published,
            "fit_seconds": round(self.fit_seconds, 2), "seconds": round(self.seconds, 2), "reason": self.reason,
            "seed": config.seed, "fingerprint": config.fingerprint(), "fit": self.fit, "config": config.as_dict(),
        }  # fmt: skip


@dataclass(frozen=True)
class Evaluation:
    """The results of a run, with ``versions`` of libraries and its ``seconds``."""

    protocol: str
    title: str
    queries: int
    images: int
    results: tuple[Result, ...]
    skipped: tuple[Skipped, ...]
    seconds: float
    versions: dict[str, str]

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for JSON."""
        return {
            "protocol": self.protocol, "title": self.title, "queries": self.queries, "images": self.images,
            "results": [result.as_dict() for result in self.results],
            "skipped": [{"path": str(s.path), "reason": s.reason} for s in self.skipped],
            "seconds": round(self.seconds, 1), "versions": self.versions,
        }  # fmt: skip

    def table(self) -> list[list[str]]:
        """Header and rows as text: our result, the paper's if it printed one, and the difference."""
        setups = list(next(result.scores for result in self.results if result.scores))
        unit = {"ukb": "found in 4", "ilias": "mAP@1k"}.get(self.protocol, "mAP")
        header = ["row", "numbers", "bits", *(f"{setup} {unit}".strip() for setup in setups), "paper", "difference", "s"]
        return [header, *(self._line(result, setups) for result in self.results)]

    def _line(self, result: Result, setups: list[str]) -> list[str]:
        scale = 1.0 if self.protocol == "ukb" else 100.0
        ours = [f"{result.scores[setup] * scale:.1f}" if result.scores else "-" for setup in setups]
        paper = result.published.get(self.protocol)
        difference = "" if paper is None or result.map is None else f"{result.map * 100 - paper:+.1f}"
        return [
            result.label, str(result.config.dimensions), str(result.bits or ""), *ours,
            "" if paper is None else f"{paper:.1f}", difference, f"{result.fit_seconds + result.seconds:.0f}",
        ]  # fmt: skip


def versions() -> dict[str, str]:
    """Versions of the program and of the libraries that affect results."""
    libraries = ("torch", "numpy", "scikit-learn", "opencv-python-headless", "faiss-cpu")
    return {"cropseek": __version__} | {name: version(name) for name in libraries}


def as_markdown(evaluation: Evaluation) -> str:
    """The results as a Markdown table."""
    header, *rows = evaluation.table()
    lines = [
        f"{evaluation.title or evaluation.protocol}: {evaluation.protocol}, {evaluation.queries} queries,"
        f" {evaluation.images} images, {evaluation.seconds:.0f} s",
        "",
        "| " + " | ".join(header) + " |",
        "|" + "---|" * len(header),
        *("| " + " | ".join(row) + " |" for row in rows),
    ]
    if evaluation.protocol == "ilias":
        lines += ["", "Published with ILIAS, global descriptors:", "", "| network | 5M | 100M |", "|---|---|---|"]
        lines += [f"| {name} | {few} | {many} |" for name, (few, many) in ILIAS.items()]
    lines += [f"\n{result.label}: not run: {result.reason}" for result in evaluation.results if result.reason]
    return "\n".join(lines)


def as_csv(evaluation: Evaluation) -> str:
    """The same rows, with the fingerprint and seed of each."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    header, *rows = evaluation.table()
    writer.writerow([*header, "fit", "fingerprint", "seed"])
    for row, result in zip(rows, evaluation.results, strict=True):
        writer.writerow([*row, result.fit, result.config.fingerprint(), result.config.seed])
    return out.getvalue().rstrip("\n")


def as_latex(evaluation: Evaluation) -> str:
    """The same rows as a LaTeX ``tabular``."""
    header, *rows = evaluation.table()
    lines = [" & ".join(map(_escaped, row)) + r" \\" for row in rows]
    return "\n".join(
        [
            rf"\begin{{tabular}}{{l{'r' * (len(header) - 1)}}}",
            r"\hline",
            " & ".join(map(_escaped, header)) + r" \\",
            r"\hline",
            *lines,
            r"\hline",
            r"\end{tabular}",
        ]
    )


def _escaped(text: str) -> str:
    for character in "_%&#":
        text = text.replace(character, "\\" + character)
    return text


FORMATS: dict[str, Callable[[Evaluation], str]] = {"md": as_markdown, "csv": as_csv, "tex": as_latex}
