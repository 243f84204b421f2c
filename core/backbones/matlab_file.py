"""MATLAB files, read in a process of their own: the reader of such files can be brought to crash, or to fill the memory.

What is wanted of the file comes back as arrays of numbers in a safetensors file; whatever else happens is one error.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file, save_file

MOST_S, MOST_MEMORY = 300.0, 6 << 30
"""That the process may take, in seconds and in bytes of address space; NetVLAD's own file takes 10 s and 2 GiB."""


def matlab_layers(path: Path, layers: tuple[int, ...]) -> dict[str, NDArray[np.floating]]:
    """The weights of some layers of a MatConvNet network kept as MATLAB structs, and its mean image.

    Returns:
        ``{layer}.0`` and ``{layer}.1``, the two arrays of each layer; ``mean``, (h, w, 3).  Kernels are single floats.

    Raises:
        ValueError: it is no such file, or reading it takes too much.
    """
    with tempfile.TemporaryDirectory(prefix="cropseek-") as folder:
        out = Path(folder) / "arrays.safetensors"
        # Started afresh, as a copy of this process could hold locks of threads that it has not.
        process = multiprocessing.get_context("spawn").Process(target=_convert, args=(path, layers, out), daemon=True)
        process.start()
        process.join(MOST_S)
        if process.is_alive():
            process.kill()
            process.join()
        if process.exitcode != 0 or not out.exists():
            raise ValueError("no network as MATLAB structs")
        try:
            return load_file(out)
        except SafetensorError as error:
            raise ValueError("no arrays of numbers") from error


def _convert(path: Path, layers: tuple[int, ...], out: Path) -> None:
    """In the process of its own."""
    with contextlib.suppress(ImportError, ValueError, OSError):  # systems that have no such limit
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    import scipy.io

    try:
        network: Any = scipy.io.loadmat(str(path), struct_as_record=False, squeeze_me=True)["net"]
        arrays = {"mean": network.meta.normalization.averageImage}
        for layer in layers:
            arrays |= {f"{layer}.{number}": network.layers[layer].weights[number] for number in (0, 1)}
        save_file({name: np.ascontiguousarray(array, dtype=_kept(array)) for name, array in arrays.items()}, out)
    except Exception as error:  # a damaged file fails in many ways, and all of it means the same
        raise SystemExit(1) from error


def _kept(array: NDArray[Any]) -> type[np.floating]:
    return np.float32 if np.ndim(array) == 4 else np.float64
