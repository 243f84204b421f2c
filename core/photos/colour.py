"""Convert a decoded picture to sRGB: apply embedded profiles, scale deep grey, blend transparency with white.

Works on strips, so that a large photo is never in memory several times.
"""

from __future__ import annotations

import hashlib
import io
from collections import OrderedDict
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

Rgb = NDArray[np.uint8]
ToRgb = Callable[[Image.Image], Rgb]
"""Converts a strip of a picture to (h, w, 3) uint8 sRGB."""

STRIP = 1 << 18
"""Number of pixels that are converted at a time: so few that they stay in the processor's cache."""

MOST_PROFILE = 8 << 20
"""Largest embedded profile in bytes; profiles of printing presses have two million."""

SAME = 1
"""A profile that changes no colour by more than this (of 255) is sRGB under another name, and is not applied."""

KEPT = 16

_DEEP = ("I", "F")
_CLEAR = ("RGBA", "LA", "PA", "La", "RGBa")


def converter(image: Image.Image) -> tuple[ToRgb, tuple[str, ...]]:
    """The function that converts strips of this decoded picture to sRGB, and notes on what could not be applied."""
    if image.mode.startswith(_DEEP):
        return _deep(image), ()
    clear = image.mode in _CLEAR or "transparency" in image.info
    mode = "RGBA" if clear else image.mode if image.mode in ("L", "CMYK", "LAB") else "RGB"
    profile = image.info.get("icc_profile")
    if mode == "LAB":
        return (lambda strip: np.asarray(_to_srgb(strip, _lab()))), ()
    if not profile:
        return (lambda strip: _plain(strip, mode)), ()
    # Any kind of grey may have a grey profile, and the decoder may have converted it to another mode.
    try:
        transform = _transform(bytes(profile), mode)
    except (ImageCms.PyCMSError, ValueError, OSError, TypeError):
        return (lambda strip: _plain(strip, mode)), ("its colour profile cannot be applied",)
    if transform is None:
        return (lambda strip: _plain(strip, mode)), ()
    return (lambda strip: _over_white(_to_srgb(strip.convert(mode), transform))), ()


def _plain(strip: Image.Image, mode: str) -> Rgb:
    if mode == "RGBA":
        return _over_white(strip.convert("RGBA"))
    return np.asarray(strip if strip.mode == "RGB" else strip.convert("RGB"))  # ``convert`` would copy it


def _over_white(strip: Image.Image) -> Rgb:
    if strip.mode == "RGBA":
        strip = Image.alpha_composite(Image.new("RGBA", strip.size, "white"), strip)
    return np.asarray(strip.convert("RGB"))


def _to_srgb(strip: Image.Image, transform: ImageCms.ImageCmsTransform) -> Image.Image:
    done = transform.apply(strip)
    if strip.mode == "RGBA":
        done.putalpha(strip.getchannel("A"))
    return done


_TRANSFORMS: OrderedDict[tuple[bytes, str], ImageCms.ImageCmsTransform | None] = OrderedDict()


def _transform(profile: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    """The transform from a profile to sRGB; None if it would change nothing.

    Raises:
        ImageCms.PyCMSError, ValueError, OSError, TypeError: the profile is broken, too large, or for other colours.
    """
    if len(profile) > MOST_PROFILE:
        raise ValueError("too large")
    key = hashlib.blake2b(profile, digest_size=16).digest(), mode
    if key not in _TRANSFORMS:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        made = _built(source, mode)
        _TRANSFORMS[key] = None if mode in ("RGB", "RGBA") and _changes_nothing(made, mode) else made
        while len(_TRANSFORMS) > KEPT:
            _TRANSFORMS.popitem(last=False)
    return _TRANSFORMS[key]


def _built(source: ImageCms.ImageCmsProfile, mode: str) -> ImageCms.ImageCmsTransform:
    return ImageCms.buildTransform(
        source,
        ImageCms.createProfile("sRGB"),
        mode,
        "RGBA" if mode == "RGBA" else "RGB",
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )


def _lab() -> ImageCms.ImageCmsTransform:
    return _built(ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")), "LAB")


def _changes_nothing(transform: ImageCms.ImageCmsTransform, mode: str) -> bool:
    """Whether colours sampled over the whole RGB cube stay the same."""
    steps = np.arange(0, 256, 15, dtype=np.uint8)
    cube = np.stack(np.meshgrid(steps, steps, steps, indexing="ij"), -1).reshape(1, -1, 3)
    before = Image.fromarray(cube).convert(mode)
    after = np.asarray(transform.apply(before).convert("RGB"), dtype=np.int16)
    return int(np.abs(after - cube).max()) <= SAME


def _deep(image: Image.Image) -> ToRgb:
    """16-bit and floating-point grey to 8 bits: divided by 257 if the values fit 16 bits, else scaled by the largest.

    Floating-point values between 0 and 1 are taken as fractions of white.
    """
    top = max((_top(strip) for _, strip in strips(image)), default=0.0)
    if image.mode == "F":
        scale = 255.0 if top <= 1 else 1.0 if top <= 255 else 1 / 257 if top <= 65535 else 255 / top
    else:
        scale = 1 / 257 if top <= 65535 else 255 / top

    def convert(strip: Image.Image) -> Rgb:
        grey = np.nan_to_num(np.asarray(strip).astype(np.float32), posinf=top, neginf=0)
        grey = np.clip(grey * np.float32(scale), 0, 255).round().astype(np.uint8)
        return np.repeat(grey[:, :, None], 3, axis=2)

    return convert


def _top(strip: Image.Image) -> float:
    values = np.asarray(strip)
    finite = values[np.isfinite(values)] if values.dtype.kind == "f" else values
    return float(finite.max(initial=0))


def strips(image: Image.Image) -> Iterator[tuple[int, Image.Image]]:
    """The picture in strips of about ``STRIP`` pixels, each with its first row."""
    rows = max(1, STRIP // max(1, image.width))
    for top in range(0, image.height, rows):
        yield top, image.crop((0, top, image.width, min(top + rows, image.height)))
