"""Make photos and ground truth of what ``render.py`` wrote.

    python -m resources.tools.town.finish FOLDER [--out resources/sample]

A little grain and a darker edge, a date in the EXIF data, the best JPEG quality at which all together stay small.
"""

from __future__ import annotations

import argparse
import datetime
import io
import json
import zlib
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from core.util.resources import SAMPLE
from resources.tools.town.truth import Seen, seen, write_json, write_oxford

BUDGET = int(12.8 * 2**20)
START = ("town-hall-01.jpg", "town-hall")
FIRST_DAY, DAYS = datetime.date(2023, 4, 1), 730
ORIGINAL, IFD = 0x9003, 0x8769
"""EXIF's DateTimeOriginal, and the directory it stands in."""


def number(name: str) -> int:
    """A number that depends on the name alone."""
    return zlib.crc32(name.encode())


def taken(name: str, facts: dict[str, Any]) -> str:
    """When the photo was taken: some day within two years, in winter when snow lies, about the light's hour."""
    rng = np.random.default_rng(number(name))
    day = FIRST_DAY + datetime.timedelta(days=int(rng.integers(DAYS)))
    if facts["snow"]:
        day = datetime.date(2024 + int(rng.integers(2)), 1 + int(rng.integers(2)), int(rng.integers(1, 29)))
    elif day.month in (12, 1, 2):
        day = day.replace(month=int(rng.integers(4, 11)), day=min(day.day, 28))
    moment = datetime.datetime.combine(day, datetime.time()) + datetime.timedelta(
        hours=facts["hour"] + float(rng.normal(0, 0.25))
    )
    return moment.strftime("%Y:%m:%d %H:%M:%S")


def developed(path: Path) -> NDArray[np.uint8]:
    """The picture with grain and a slightly darker edge."""
    with Image.open(path) as image:
        values = np.asarray(image.convert("RGB"), dtype=np.float32)
    rng = np.random.default_rng(number(path.stem))
    height, width = values.shape[:2]
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    values = values * (1 - 0.07 * (x**2 + y**2))[:, :, None].astype(np.float32)
    soft = cv2.GaussianBlur(values, (0, 0), 1.0)
    values = values + 0.35 * (values - soft) + rng.normal(0, 1.4, (height, width, 1))
    return np.clip(values, 0, 255).astype(np.uint8)


def encoded(picture: NDArray[np.uint8], quality: int, date: str) -> bytes:
    """A JPEG with its date."""
    exif = Image.Exif()
    exif.get_ifd(IFD)[ORIGINAL] = date
    buffer = io.BytesIO()
    Image.fromarray(picture).save(buffer, "JPEG", quality=quality, optimize=True, progressive=True, exif=exif)
    return buffer.getvalue()


def found_in(folder: Path, name: str, facts: dict[str, Any]) -> list[Seen]:
    """The things that are visible enough in a picture."""
    with np.load(folder / f"{name}.npz") as arrays:
        index = arrays["index"]
        rows = [
            seen(thing, index == k, arrays[f"xy{k}"], arrays[f"faces{k}"], facts["flat"])
            for k, thing in enumerate(facts["things"], 1)
        ]
    return [row for row in rows if row is not None]


def write_photos(folder: Path, names: list[str], facts: dict[str, dict[str, Any]], out: Path) -> int:
    """All photos at the best quality for which there is room; answers the quality."""
    out.mkdir(parents=True, exist_ok=True)
    for old in out.glob("*.jpg"):
        old.unlink()
    pictures = {name: developed(folder / f"{name}.png") for name in names}
    for quality in range(93, 60, -2):
        files = {name: encoded(picture, quality, taken(name, facts[name])) for name, picture in pictures.items()}
        if sum(map(len, files.values())) <= BUDGET:
            break
    for name, data in files.items():
        (out / f"{name}.jpg").write_bytes(data)
    return quality


def main() -> None:
    """Photos, ``ground_truth.json`` and Oxford's files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, default=SAMPLE)
    options = parser.parse_args()
    names = sorted(path.stem for path in options.folder.glob("*.png") if not path.stem.endswith(".part"))
    facts = {name: json.loads((options.folder / f"{name}.json").read_text(encoding="utf-8")) for name in names}
    quality = write_photos(options.folder, names, facts, options.out / "photos")
    photos = {f"{name}.jpg": found_in(options.folder, name, facts[name]) for name in names}
    write_json(photos, START, options.out)
    sizes = {f"{name}.jpg": tuple(facts[name]["size"]) for name in names}
    write_oxford(photos, sizes, options.out / "oxford")
    print(f"{len(names)} photos, JPEG quality {quality}")


if __name__ == "__main__":
    main()
