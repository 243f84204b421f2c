"""Replacements of numpy's classes while a checkpoint is read, as published ones contain their whitening as numpy arrays.

numpy's ``ndarray`` and ``dtype`` do not check a pickled state: an array of objects longer than its list is read out of
bounds.  These classes keep the state, and make an array of it only if it is one of numbers with all its bytes.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

NUMBERS = frozenset(("f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "b1"))
MOST_AXES = 8


class StoredType:
    """The pickled ``numpy.dtype``: ``(code, align, copy)``, and a state whose second item is the byte order."""

    def __init__(self, *arguments: Any) -> None:
        self._code, self._order = str(arguments[0]) if arguments else "", "<"

    def __setstate__(self, state: Any) -> None:
        self._order = ">" if isinstance(state, tuple) and len(state) > 1 and state[1] == ">" else "<"

    def dtype(self) -> np.dtype[Any]:
        """The data type.

        Raises:
            ValueError: not a plain type of numbers.
        """
        if self._code not in NUMBERS:
            raise ValueError("not an array of numbers")
        return np.dtype(self._order + self._code)


class StoredArray:
    """The pickled ``numpy.ndarray``: its state is version, shape, type, whether it is column-major, and bytes."""

    def __init__(self, *_arguments: Any) -> None:
        self._state: Any = None

    def __setstate__(self, state: Any) -> None:
        self._state = state

    def array(self) -> NDArray[Any]:
        """The array.

        Raises:
            ValueError: not an array of numbers, or its bytes do not fit its shape.
        """
        state = self._state
        if not isinstance(state, tuple) or len(state) != 5:
            raise ValueError("no stored array")
        _, shape, kind, columns_first, data = state
        if not (isinstance(shape, tuple) and isinstance(kind, StoredType) and isinstance(data, bytes)):
            raise ValueError("no stored array")  # noqa: TRY004 - one kind of error for all faults
        if len(shape) > MOST_AXES or not all(type(side) is int and side >= 0 for side in shape):
            raise ValueError("no shape of an array")
        dtype = kind.dtype()
        if math.prod(shape) * dtype.itemsize != len(data):
            raise ValueError("bytes that do not fit the shape")
        flat = np.frombuffer(data, dtype=dtype)
        return np.asarray(flat.reshape(shape, order="F" if columns_first is True else "C"), dtype=dtype.newbyteorder("="))


def reconstruct(*_arguments: Any) -> StoredArray:
    """Replaces ``numpy``'s ``_reconstruct``: returns an array whose state is set next."""
    return StoredArray()


def scalar(kind: Any = None, data: Any = b"") -> float:
    """Replaces numpy's ``scalar``: one number.

    Raises:
        ValueError: not a number.
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
"""By their names in a pickle."""
