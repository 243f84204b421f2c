"""JSON from an untrusted file: any fault in it raises ``ValueError``."""

from __future__ import annotations

import json
import math
from typing import Any, NoReturn


def parse_json(text: str | bytes, most: int) -> Any:
    """The value of a JSON text of at most ``most`` characters or bytes.

    Raises:
        ValueError: it is longer, is not JSON, is nested too deep, or holds a number that is not finite.
    """
    if len(text) > most:
        raise ValueError("too long")
    try:
        return json.loads(text, parse_constant=_refuse, parse_float=_finite)
    except RecursionError as error:
        raise ValueError("nested too deep") from error


def parse_object(text: str | bytes, most: int) -> dict[str, Any]:
    """The same for a text that must hold an object.

    Raises:
        ValueError: as ``parse_json``, or it is not an object.
    """
    value = parse_json(text, most)
    if not isinstance(value, dict):
        raise ValueError("not an object")  # noqa: TRY004 - one kind of error for every fault
    return value


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError("not finite")
    return value
