"""Render the sample collection: drawn pictures of made-up houses, posters and landscapes, with ground truth.

    python -m resources.tools.render_sample [--out resources/sample]

Everything is drawn from a seed; no picture, texture or font of anybody else is used (letters are OpenCV's strokes).
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from core.images import encode_jpeg
from core.resources import SAMPLE
from resources.tools.sample_textures import FACADES, POSTERS, Texture, clouds, facade, noise, poster

WIDTH, HEIGHT = 1024, 768
VIEWS, SEED = 5, 20
Picture = NDArray[np.float32]


@dataclass(frozen=True)
class Light:
    """Time of day: colours of the sky above and at the horizon, of the ground, and of the light on things."""

    name: str
    zenith: tuple[float, float, float]
    horizon: tuple[float, float, float]
    ground: tuple[float, float, float]
    tint: tuple[float, float, float]


LIGHTS = (
    Light("noon", (0.30, 0.52, 0.85), (0.78, 0.87, 0.95), (0.48, 0.47, 0.42), (1.0, 1.0, 0.97)),
    Light("evening", (0.32, 0.35, 0.58), (0.95, 0.70, 0.48), (0.42, 0.36, 0.32), (1.05, 0.86, 0.70)),
    Light("overcast", (0.62, 0.65, 0.69), (0.80, 0.81, 0.82), (0.44, 0.45, 0.45), (0.88, 0.90, 0.93)),
    Light("morning", (0.45, 0.62, 0.85), (0.95, 0.88, 0.78), (0.46, 0.50, 0.38), (1.02, 0.95, 0.84)),
    Light("dusk", (0.10, 0.13, 0.28), (0.45, 0.34, 0.42), (0.20, 0.20, 0.24), (0.62, 0.60, 0.74)),
)


@dataclass(frozen=True)
class Placed:
    """A thing in a picture: its name and corners, clockwise from the upper left."""

    thing: str
    corners: NDArray[np.float32]

    def as_dict(self) -> dict[str, object]:
        """Name, corners, and the box around them within the picture."""
        low, high = self.corners.min(axis=0), self.corners.max(axis=0)
        box = [max(low[0], 0), max(low[1], 0), min(high[0], WIDTH), min(high[1], HEIGHT)]
        return {"thing": self.thing, "box": [round(float(v)) for v in box], "quad": self.corners.round(1).tolist()}


def backdrop(light: Light, rng: np.random.Generator, horizon: int) -> Picture:
    """Sky with clouds over a textured ground."""
    share = np.clip(np.arange(HEIGHT) / horizon, 0, 1)[:, None, None]
    sky = (1 - share) * np.array(light.zenith) + share * np.array(light.horizon)
    cover = clouds(rng, (HEIGHT, WIDTH))[:, :, None] * (1 - share * 0.6)
    picture = sky * (1 - 0.6 * cover) + 0.6 * cover * np.minimum(np.array(light.horizon) * 1.1, 1)
    depth = np.clip((np.arange(HEIGHT) - horizon) / (HEIGHT - horizon), 0, 1)[:, None, None]
    grain = noise(rng, (HEIGHT, WIDTH), 6)[:, :, None] * 0.25 + noise(rng, (HEIGHT, WIDTH), 40)[:, :, None] * 0.2
    ground = np.array(light.ground) * (0.75 + 0.3 * depth + grain * (0.3 + depth))
    result = np.where(np.arange(HEIGHT)[:, None, None] < horizon, picture, ground)
    return result.astype(np.float32)


def paste(picture: Picture, texture: Texture, corners: NDArray[np.float32], light: Light, shade: float) -> None:
    """Draw a flat texture into four corners of the picture."""
    height, width = texture.shape[:2]
    source = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(source, corners)
    scale = max(np.linalg.norm(corners[1] - corners[0]) / width, 1e-3)
    soft = cv2.GaussianBlur(texture, (0, 0), 0.45 / scale) if scale < 1 else texture
    drawn = cv2.warpPerspective(soft, matrix, (WIDTH, HEIGHT), flags=cv2.INTER_LINEAR)
    cover = cv2.warpPerspective(np.ones((height, width), np.float32), matrix, (WIDTH, HEIGHT))[:, :, None]
    lit = drawn * np.array(light.tint, dtype=np.float32) * shade
    picture[:] = picture * (1 - cover) + lit * cover


def stand(rng: np.random.Generator, width: float, height: float, ground: float, lean: float) -> NDArray[np.float32]:
    """Corners of an upright rectangle on the ground, seen from one side: the far edge is shorter."""
    x = rng.uniform(0.04 * WIDTH, max(0.96 * WIDTH - width, 0.05 * WIDTH))
    near, far = height, height * (1 - abs(lean))
    left, right = (far, near) if lean > 0 else (near, far)
    rise = abs(lean) * height * 0.18
    low_left, low_right = (ground - rise, ground) if lean > 0 else (ground, ground - rise)
    return np.array(
        [[x, low_left - left], [x + width, low_right - right], [x + width, low_right], [x, low_left]], dtype=np.float32
    )


def trees(picture: Picture, rng: np.random.Generator, light: Light, horizon: int, count: int) -> None:
    """Trees, made of many blots of leaves, some of them before the houses."""
    for _ in range(count):
        x, base = int(rng.uniform(0, WIDTH)), int(rng.uniform(horizon, HEIGHT * 0.95))
        size = (base - horizon * 0.4) * rng.uniform(0.2, 0.35)
        trunk = np.array([0.25, 0.18, 0.12]) * light.tint
        cv2.line(picture, (x, base), (x, int(base - size)), trunk.tolist(), max(int(size * 0.07), 2), cv2.LINE_AA)
        for _ in range(160):
            offset = rng.normal(0, (size * 0.32, size * 0.3))
            green = np.array([0.16, 0.34, 0.14]) * rng.uniform(0.5, 1.5) * light.tint
            centre = (int(x + offset[0]), int(base - size * 1.3 + offset[1]))
            cv2.circle(picture, centre, max(int(size * rng.uniform(0.03, 0.09)), 1), green.tolist(), -1, cv2.LINE_AA)


def hills(picture: Picture, rng: np.random.Generator, light: Light, horizon: int) -> None:
    """Ranges of hills that fade towards the horizon."""
    for layer in range(4):
        height = noise(rng, (1, WIDTH), 180 // (layer + 1))[0] * 150 + 30
        line = horizon + layer * 36 - height * (1 - layer * 0.18)
        fade = 0.75 - layer * 0.2
        own = np.array([0.22, 0.34, 0.24]) * rng.uniform(0.8, 1.2)
        colour = own * (1 - fade) * light.tint + np.array(light.horizon) * fade
        below = np.arange(HEIGHT)[:, None] > line[None]
        grain = 1 + 0.25 * (noise(rng, (HEIGHT, WIDTH), 5 + 4 * layer) - 0.5)
        picture[below] = (colour * grain[:, :, None])[below]


def developed(picture: Picture, rng: np.random.Generator) -> NDArray[np.uint8]:
    """What the camera makes of it: exposure, vignette, blur, noise."""
    y, x = np.mgrid[-1 : 1 : HEIGHT * 1j, -1 : 1 : WIDTH * 1j]
    values = picture * rng.uniform(0.88, 1.1) * (1 - 0.16 * (x**2 + y**2))[:, :, None]
    values = cv2.GaussianBlur(values, (0, 0), rng.uniform(0.4, 0.8)) + rng.normal(0, 0.012, values.shape)
    return np.clip(values * 255, 0, 255).astype(np.uint8)


def street(number: int, view: int) -> tuple[NDArray[np.uint8], list[Placed]]:
    """One view of one house, with a poster somewhere before it."""
    rng = np.random.default_rng([SEED, number, view])
    light, horizon = LIGHTS[(view + number) % len(LIGHTS)], int(rng.uniform(0.5, 0.62) * HEIGHT)
    picture = backdrop(light, rng, horizon)
    hills(picture, rng, light, horizon)
    placed = []
    house = facade(number)
    size = rng.uniform(0.35, 0.78) * WIDTH
    tall = size * house.shape[0] / house.shape[1]
    tall, size = min(tall, HEIGHT * 0.8), size * min(1, HEIGHT * 0.8 / tall)
    corners = stand(rng, size * rng.uniform(0.75, 1.0), tall, horizon + rng.uniform(70, 120), rng.uniform(-0.3, 0.3))
    paste(picture, house, corners, light, rng.uniform(0.85, 1.05))
    placed.append(Placed(FACADES[number].name, corners))
    trees(picture, rng, light, horizon, int(rng.integers(1, 4)))
    sign = (number + view * 3) % len(POSTERS)
    picture_of = poster(sign)
    wide = rng.uniform(0.12, 0.26) * WIDTH
    high = wide * picture_of.shape[0] / picture_of.shape[1]
    corners = stand(rng, wide, high, HEIGHT * rng.uniform(0.9, 0.98), rng.uniform(-0.25, 0.25))
    paste(picture, picture_of, corners, light, 1.0)
    placed.append(Placed(POSTERS[sign].name, corners))
    return developed(picture, rng), placed


def room(number: int) -> tuple[NDArray[np.uint8], list[Placed]]:
    """A wall with two pictures hanging, and a floor."""
    rng = np.random.default_rng([SEED, 100, number])
    light = LIGHTS[number % 4]
    picture = np.empty((HEIGHT, WIDTH, 3), np.float32)
    wall = np.array([0.80, 0.76, 0.70]) * rng.uniform(0.75, 1.1, 3)
    picture[:] = wall * (0.92 + 0.1 * noise(rng, (HEIGHT, WIDTH), 60)[:, :, None]) * light.tint
    floor = int(HEIGHT * 0.8)
    boards = 0.8 + 0.2 * noise(rng, (HEIGHT - floor, WIDTH), 9)[:, :, None]
    picture[floor:] = np.array([0.45, 0.30, 0.20]) * boards * light.tint
    placed = []
    for slot in range(2):
        which = (number * 2 + slot) % len(POSTERS)
        texture = poster(which)
        wide = rng.uniform(0.2, 0.36) * WIDTH
        high = min(wide * texture.shape[0] / texture.shape[1], HEIGHT * 0.62)
        x = slot * WIDTH / 2 + rng.uniform(20, WIDTH / 2 - wide - 20)
        y = rng.uniform(30, floor - high - 20)
        bend = rng.uniform(-0.12, 0.12) * high
        corners = np.array(
            [
                [x, y + max(bend, 0)],
                [x + wide, y + max(-bend, 0)],
                [x + wide, y + high - max(-bend, 0)],
                [x, y + high - max(bend, 0)],
            ],
            dtype=np.float32,
        )
        paste(picture, texture, corners, light, 1.0)
        placed.append(Placed(POSTERS[which].name, corners))
    return developed(picture, rng), placed


def landscape(number: int) -> tuple[NDArray[np.uint8], list[Placed]]:
    """Hills and trees with no thing in them."""
    rng = np.random.default_rng([SEED, 200, number])
    light, horizon = LIGHTS[number % len(LIGHTS)], int(rng.uniform(0.35, 0.6) * HEIGHT)
    picture = backdrop(light, rng, horizon)
    hills(picture, rng, light, horizon)
    trees(picture, rng, light, horizon, int(rng.integers(3, 14)))
    return developed(picture, rng), []


def render_all(out: Path) -> None:
    """Write photos and ground truth."""
    photos = out / "photos"
    photos.mkdir(parents=True, exist_ok=True)
    truth: dict[str, object] = {}

    def write(name: str, rendered: tuple[NDArray[np.uint8], list[Placed]]) -> None:
        (photos / name).write_bytes(encode_jpeg(rendered[0], 84))
        truth[name] = {"objects": [thing.as_dict() for thing in rendered[1]]}

    for number, kind in enumerate(FACADES):
        for view in range(VIEWS):
            write(f"{kind.name}-{view + 1:02}.jpg", street(number, view))
    for number in range(8):
        write(f"room-{number + 1:02}.jpg", room(number))
    for number in range(8):
        write(f"landscape-{number + 1:02}.jpg", landscape(number))
    first = f"{FACADES[0].name}-01.jpg"
    box = truth[first]["objects"][0]["box"]  # type: ignore[index]
    document = {"start": {"photo": first, "box": box}, "photos": truth}
    (out / "ground_truth.json").write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Render into a folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=SAMPLE)
    render_all(parser.parse_args().out)


if __name__ == "__main__":
    main()
