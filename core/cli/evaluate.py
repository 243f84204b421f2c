"""The subcommand ``evaluate``: protocols, the paper's tables and figures, and how results are written."""

from __future__ import annotations

import argparse
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.engine import DEFAULT_PRESET, LAYOUTS, Engine, Ticket, UserError

if TYPE_CHECKING:
    from core.evaluation.results import Evaluation
    from core.evaluation.rows import TableRow
    from core.records import MaskSummary

TABLE_NAMES = ("III", "IV", "V", "VI", "VII", "VIII", "IX")
FIGURE_NAMES = ("3", "4", "5", "6", "7")


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of ``evaluate`` besides those of every subcommand."""
    parser.add_argument(
        "protocol",
        help="oxford5k, paris6k, oxford105k, paris106k, roxford5k, rparis6k, holidays, holidays1m, ukb, ilias, instre"
        " or groups",
    )
    parser.add_argument("--images", type=Path, required=True)
    parser.add_argument("--ground-truth", type=Path, help="the official files' folder, .mat, or JSON; for groups: JSON")
    parser.add_argument("--group-by", metavar="REGEX", help="take the group from the photo's name")
    parser.add_argument("--distractors", type=Path, nargs="*", default=[], help="folders of photos nothing should find")
    parser.add_argument("--held-out", type=Path, nargs="*", default=[], help="folders to fit on (default: the shipped fit)")
    parser.add_argument(
        "--fit-windows",
        choices=LAYOUTS,
        default="none",
        help="learn from parts of held-out photos too (default: none, as the paper)",
    )
    parser.add_argument("--cache", type=Path, help="keep grids and descriptors here, so that a stopped run goes on")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--preset", nargs="+", help=f"presets to compare (default: {DEFAULT_PRESET})")
    what.add_argument("--table", choices=TABLE_NAMES, help="all rows of a table of the paper")
    what.add_argument("--figure", choices=FIGURE_NAMES, help="all points of a figure of the paper; needs --out")
    parser.add_argument(
        "--backbone",
        default="compact",
        help="of a table or figure: compact, vgg16, siamac, netvlad, or a library's with its layer",
    )
    parser.add_argument("--only", metavar="TEXT", help="only the rows whose label contains this")
    parser.add_argument(
        "--checkpoint", type=_checkpoint, action="append", default=[], metavar="BACKBONE=FILE", help="weights of a backbone"
    )
    parser.add_argument("--out", type=Path, help="also write it: .json, .csv, .md, .tex; a figure: .png, .pdf, .svg")


def run_evaluate(arguments: argparse.Namespace, engine: Engine, ticket: Ticket) -> tuple[dict[str, Any], str]:
    """Run the subcommand; returns its JSON document and its text."""
    if arguments.figure and arguments.out is None:
        raise UserError("a figure needs a file to be drawn to", "--figure", "Give --out FILE.png.")
    if arguments.table is None and arguments.figure is None and arguments.out is not None:
        _writer(arguments.out)  # refuse an unknown suffix before hours of work
    if arguments.figure in ("3", "7"):
        return _measured_figure(arguments, ticket)
    evaluation = engine.evaluate(_request(arguments), ticket)
    if arguments.figure:
        from core.evaluation.figures import draw_evaluation

        draw_evaluation(evaluation, arguments.figure, arguments.out)
    elif arguments.out is not None:
        _write(evaluation, arguments.out)
    from core.evaluation.results import as_markdown

    return evaluation.as_dict(), as_markdown(evaluation)


def _request(arguments: argparse.Namespace) -> Any:
    from core.evaluation.runs import Request

    rows, title = _rows(arguments)
    if arguments.only:
        rows = tuple(row for row in rows if arguments.only in row.label)
    if not rows:
        raise UserError(f"no row's label contains '{arguments.only}'", "--only")
    return Request(
        protocol=arguments.protocol,
        images=arguments.images,
        rows=rows,
        ground_truth=arguments.ground_truth,
        group_by=arguments.group_by,
        distractors=tuple(arguments.distractors),
        held_out=tuple(arguments.held_out),
        checkpoints=tuple(arguments.checkpoint),
        cache=arguments.cache,
        title=title,
        windows=arguments.fit_windows,
    )


def _rows(arguments: argparse.Namespace) -> tuple[tuple[TableRow, ...], str]:
    """The requested rows, and the title of their table."""
    from core.evaluation.rows import preset_rows
    from core.evaluation.tables import FIGURES, TABLES, base_config

    if arguments.table:
        _needs_held_out(arguments)
        return TABLES[arguments.table](base_config(arguments.backbone)), f"Table {arguments.table}"
    if arguments.figure:
        _needs_held_out(arguments)
        return FIGURES[arguments.figure](base_config(arguments.backbone)), f"Fig. {arguments.figure}"
    return preset_rows(tuple(arguments.preset or [DEFAULT_PRESET])), ""


def _needs_held_out(arguments: argparse.Namespace) -> None:
    if not arguments.held_out:
        raise UserError(
            "the rows of a table or figure must be fitted first",
            "--held-out",
            "Give a folder of other photos, as the paper does, with --held-out FOLDER.",
        )


def _measured_figure(arguments: argparse.Namespace, ticket: Ticket) -> tuple[dict[str, Any], str]:
    """Figs. 3 and 7, which measure masks and times instead of rankings."""
    from dataclasses import asdict

    from core.evaluation import figures
    from core.evaluation.tables import base_config

    base = base_config(arguments.backbone)
    with ExitStack() as stack:
        cache = arguments.cache or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="cropseek-")))
        checkpoint = dict(arguments.checkpoint).get(arguments.backbone, arguments.weights)
        if arguments.figure == "3":
            found = figures.mask_survey(base, arguments.images, arguments.device, cache, ticket, checkpoint)
            masks = tuple(found.summaries.values())
            figures.draw_masks(masks, arguments.out)
            lines = [summary_line(s) for s in masks]
            records = [{k: v for k, v in asdict(s).items() if k != "histogram"} for s in masks]
            return {"figure": "3", "masks": records}, "\n".join([*lines, f"figure: {arguments.out}"])
        _needs_held_out(arguments)
        times = figures.query_times(base, arguments.images, arguments.held_out, arguments.device, cache, ticket, checkpoint)
        figures.draw_times(times, arguments.out)
        lines = [f"{t.series:6} {t.dimensions:5}-D: {1000 * (t.encode + t.search):7.2f} ms" for t in times]
        return {"figure": "7", "times": [asdict(t) for t in times]}, "\n".join([*lines, f"figure: {arguments.out}"])


def summary_line(summary: MaskSummary) -> str:
    """Fig. 3 of one mask as text."""
    return (
        f"{summary.mask:5} keeps {100 * summary.kept:5.1f} ± {100 * summary.kept_error:.1f} %;"
        f" {100 * summary.low_covariance:5.1f} ± {100 * summary.low_covariance_error:.1f} % of pairs within 0.15"
    )


def _writer(out: Path) -> Any:
    """The function that writes a result in the format of the suffix.

    Raises:
        UserError: another suffix.
    """
    import json

    from core.evaluation.results import FORMATS

    suffix = out.suffix.removeprefix(".")
    if suffix == "json":
        return lambda evaluation: json.dumps(evaluation.as_dict(), indent=1, ensure_ascii=False)
    if suffix not in FORMATS:
        raise UserError(f"results are not written as '{out.suffix}'", str(out), "Use .json, .csv, .md or .tex.")
    return FORMATS[suffix]


def _write(evaluation: Evaluation, out: Path) -> None:
    text = _writer(out)(evaluation)
    try:
        out.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise UserError(f"the results cannot be written ({error.strerror})", str(out)) from error


def _checkpoint(text: str) -> tuple[str, Path]:
    name, separator, file = text.partition("=")
    if not separator or not file:
        raise argparse.ArgumentTypeError(f"'{text}' is not of the form BACKBONE=FILE")
    return name, Path(file)
