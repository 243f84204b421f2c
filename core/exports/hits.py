"""Hits as files: tables, contact sheets, and folders of copies or links.  The photos are never changed."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from PIL import Image, ImageDraw

from core.photos.disk import is_file
from core.photos.images import Rgb
from core.records import Hit, Ranking
from core.util.errors import UserError
from core.util.forbidden_files import FENCE
from core.util.progress import Ticket

KINDS = ("csv", "json", "png", "pdf")
COLUMNS = ("rank", "path", "score", "confidence", "verified", "distance", "inliers", "corners")

SHEET = (1240, 1754)
"""A page in pixels: A4 at 150 dpi."""

ACROSS, GAP, CAPTION = 4, 24, 34
BACKGROUND, INK, LINE = (255, 255, 255), (40, 40, 40), (217, 119, 6)

LONGEST_NAME = 240
"""Longest name of a copy in bytes: disks allow 255, and a number may be added."""

Thumbnail = Callable[[Path, int], Rgb]


def record(hit: Hit) -> dict[str, object]:
    """A hit as a JSON object; corners are ``[[x, y], ...]`` in image pixels."""
    return {
        "rank": hit.rank,
        "path": str(hit.photo.path),
        "score": round(hit.score, 6),
        "confidence": None if hit.confidence is None else round(hit.confidence, 3),
        "verified": hit.verified,
        "distance": hit.distance,
        "inliers": hit.inliers,
        "corners": [[round(x, 1), round(y, 1)] for x, y in hit.corners] if hit.corners else None,
    }


def export_hits(ranking: Ranking, hits: Sequence[Hit], out: Path, thumbnail: Thumbnail, ticket: Ticket) -> Path:
    """Write hits to a .csv, .json, .png or .pdf file.

    Args:
        thumbnail: returns a small copy of a photo, (H, W, 3) uint8.

    Raises:
        UserError: another suffix, or the file cannot be written.
        Cancelled: by the ticket.
    """
    kind = out.suffix.lower().lstrip(".")
    try:
        if kind == "csv":
            out.write_text(_table(hits), encoding="utf-8", newline="")
        elif kind == "json":
            out.write_text(json.dumps(_document(ranking, hits), indent=1, ensure_ascii=False), encoding="utf-8")
        elif kind in ("png", "pdf"):
            pages = _sheets(hits, thumbnail, ticket, single=kind == "png")
            pages[0].save(out, save_all=True, append_images=pages[1:]) if kind == "pdf" else pages[0].save(out)
        else:
            raise UserError(f"hits cannot be written as '{out.suffix}'", str(out), f"Choose {', '.join(KINDS)}.")
    except OSError as error:
        raise UserError(f"the file cannot be written ({error.strerror or error})", str(out)) from error
    return out


def collect(hits: Sequence[Hit], folder: Path, links: bool, ticket: Ticket) -> int:
    """Put copies of the photos, or links to them, into a folder, with the rank before the name; nothing is overwritten.

    Returns:
        The number of copies or links; missing photos are left out.

    Raises:
        UserError: the folder cannot be written to.
        Cancelled: by the ticket.
    """
    done = 0
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for hit in ticket.each(hits, len(hits), "copying"):
            if is_file(hit.photo.path):
                _put(hit.photo.path, _free(folder / _short(f"{hit.rank:03} {hit.photo.path.name}")), links)
                done += 1
    except OSError as error:
        raise UserError(f"the folder cannot be filled ({error.strerror or error})", str(folder)) from error
    return done


def _put(photo: Path, target: Path, link: bool) -> None:
    FENCE.check(photo)
    if link:
        os.symlink(photo, target)
    else:
        shutil.copy2(photo, target)


def _short(name: str) -> str:
    """The name, cut to a length that disks allow, with its suffix and room for a number."""
    path = Path(name)
    stem = path.stem
    while len(os.fsencode(stem + path.suffix)) > LONGEST_NAME and stem:
        stem = stem[:-1]
    return stem + path.suffix if stem else os.fsdecode(os.fsencode(name)[:LONGEST_NAME])


def _free(path: Path) -> Path:
    """The path, or if it exists, the path with a free number."""
    tried, number = path, 2
    while os.path.lexists(tried):  # an inaccessible folder fails when it is written to
        tried, number = path.with_stem(f"{path.stem} ({number})"), number + 1
    return tried


def _table(hits: Sequence[Hit]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    for hit in hits:
        row = record(hit)
        writer.writerow({**row, "corners": json.dumps(row["corners"]) if row["corners"] else ""})
    return text.getvalue()


def _document(ranking: Ranking, hits: Sequence[Hit]) -> dict[str, object]:
    query = ranking.query
    box = query.box.as_tuple() if query.box else None
    return {
        "query": {"path": str(query.path), "box": box, "examples": len(query.more)},
        "ranking": ranking.ranking,
        "preset": ranking.preset,
        "hits": [record(hit) for hit in hits],
    }


def _sheets(hits: Sequence[Hit], thumbnail: Thumbnail, ticket: Ticket, single: bool) -> list[Image.Image]:
    """Contact sheets: A4 pages, or a single picture as long as needed."""
    edge = (SHEET[0] - (ACROSS + 1) * GAP) // ACROSS
    step = edge + CAPTION + GAP
    rows = max(1, -(-len(hits) // ACROSS)) if single else (SHEET[1] - GAP) // step
    size = (SHEET[0], GAP + rows * step) if single else SHEET
    pages: list[Image.Image] = []
    for index, hit in enumerate(ticket.each(hits, len(hits), "drawing")):
        row, column = divmod(index % (rows * ACROSS), ACROSS)
        if row == column == 0:
            pages.append(Image.new("RGB", size, BACKGROUND))
        _draw(pages[-1], (GAP + column * (edge + GAP), GAP + row * step), edge, hit, thumbnail)
    return pages or [Image.new("RGB", size, BACKGROUND)]


def _draw(page: Image.Image, corner: tuple[int, int], edge: int, hit: Hit, thumbnail: Thumbnail) -> None:
    """One photo with the outline of what was found, its rank, score and name."""
    pen = ImageDraw.Draw(page)
    x, y = corner
    try:
        picture = Image.fromarray(thumbnail(hit.photo.path, edge))
    except UserError:
        pen.rectangle((x, y, x + edge, y + edge), outline=INK)
        pen.text((x + 8, y + 8), "unreadable", fill=INK)
    else:
        picture.thumbnail((edge, edge))
        x0, y0 = x + (edge - picture.width) // 2, y + edge - picture.height
        page.paste(picture, (x0, y0))
        if hit.corners and hit.photo.width:
            scale = picture.width / hit.photo.width
            outline = [(x0 + u * scale, y0 + v * scale) for u, v in hit.corners]
            pen.line([*outline, outline[0]], fill=LINE, width=2)
    words = f"{hit.rank}   {hit.score:.2f}" + (f"   verified, {hit.inliers}" if hit.inliers else "")
    pen.text((x, y + edge + 4), words, fill=INK)
    pen.text((x, y + edge + 18), hit.photo.path.name[:42], fill=INK)
