"""Stand-ins for numpy's own classes while a checkpoint is read: published ones keep their whitening in such arrays.

numpy's ``ndarray`` and ``dtype`` believe what they are told: an array of objects that is longer than its list is read out
of bounds.  These keep what was stored, and make an array of it only if it is one of numbers whose bytes are all there.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

NUMBERS = frozenset(("f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "b1"))
MOST_AXES = 8


class StoredType:
    """What ``numpy.dtype`` was stored as: ``(code, align, copy)``, and a state whose second part is the order of bytes."""

    def __init__(self, *arguments: Any) -> None:
        self._code, self._order = str(arguments[0]) if arguments else "", "<"

    def __setstate__(self, state: Any) -> None:
        self._order = ">" if isinstance(state, tuple) and len(state) > 1 and state[1] == ">" else "<"

    def dtype(self) -> np.dtype[Any]:
        """The type of numbers.

        Raises:
            ValueError: it is no plain type of numbers.
        """
        if self._code not in NUMBERS:
            raise ValueError("not an array of numbers")
        return np.dtype(self._order + self._code)


class StoredArray:
    """What ``numpy.ndarray`` was stored as: a state of version, shape, type, whether columns come first, and bytes."""

    def __init__(self, *_arguments: Any) -> None:
        self._state: Any = None

    def __setstate__(self, state: Any) -> None:
        self._state = state

    def array(self) -> NDArray[Any]:
        """The array.

        Raises:
            ValueError: it is none of numbers, or its bytes do not fit its shape.
        """
        state = self._state
        if not isinstance(state, tuple) or len(state) != 5:
            raise ValueError("no stored array")
        _, shape, kind, columns_first, data = state
        if not (isinstance(shape, tuple) and isinstance(kind, StoredType) and isinstance(data, bytes)):
            raise ValueError("no stored array")  # noqa: TRY004 - one kind of error for all that is wrong
        if len(shape) > MOST_AXES or not all(type(side) is int and side >= 0 for side in shape):
            raise ValueError("no shape of an array")
        dtype = kind.dtype()
        if math.prod(shape) * dtype.itemsize != len(data):
            raise ValueError("bytes that do not fit the shape")
        flat = np.frombuffer(data, dtype=dtype)
        return np.asarray(flat.reshape(shape, order="F" if columns_first is True else "C"), dtype=dtype.newbyteorder("="))


def reconstruct(*_arguments: Any) -> StoredArray:
    """Replaces ``numpy``'s ``_reconstruct``: an array whose state follows."""
    return StoredArray()


def scalar(kind: Any = None, data: Any = b"") -> float:
    """Replaces numpy's ``scalar``: one number.

    Raises:
        ValueError: it is none.
    """
    if not isinstance(kind, StoredType) or not isinstance(data, bytes) or len(data) != kind.dtype().itemsize:
        raise ValueError("no stored number")
    return float(np.frombuffer(data, dtype=kind.dtype())[0])


STAND_INS: dict[str, Any] = {
    "numpy.ndarray": StoredArray,
    "numpy.dtype": StoredType,
    **{f"numpy.{core}.multiarray._reconstruct": reconstruct for core in ("core", "_core")},
    **{f"numpy.{core}.multiarray.scalar": scalar for core in ("core", "_core")},
}
"""By the names that a file calls them."""
