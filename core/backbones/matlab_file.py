"""MATLAB files are read in a separate process, as a crafted file can make their reader crash or fill the memory.

The arrays are returned through a safetensors file; anything else that happens is one error.
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
"""Limits of the process: seconds, and bytes of address space.  The published NetVLAD file takes 10 s and 2 GiB."""


def matlab_layers(path: Path, layers: tuple[int, ...]) -> dict[str, NDArray[np.floating]]:
    """The weights of some layers of a MatConvNet network kept as MATLAB structs, and its mean image.

    Returns:
        ``{layer}.0`` and ``{layer}.1``, the two arrays of each layer; ``mean``, (h, w, 3).  Kernels are single floats.

    Raises:
        ValueError: not such a file, or reading it exceeds the limits.
    """
    with tempfile.TemporaryDirectory(prefix="cropseek-") as folder:
        out = Path(folder) / "arrays.safetensors"
        # Spawned: a fork could inherit locks held by threads that do not exist in the copy.
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
    """Runs in the separate process."""
    with contextlib.suppress(ImportError, ValueError, OSError):  # systems without such limits
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    import scipy.io

    try:
        network: Any = scipy.io.loadmat(str(path), struct_as_record=False, squeeze_me=True)["net"]
        arrays = {"mean": network.meta.normalization.averageImage}
        for layer in layers:
            arrays |= {f"{layer}.{number}": network.layers[layer].weights[number] for number in (0, 1)}
        save_file({name: np.ascontiguousarray(array, dtype=_kept(array)) for name, array in arrays.items()}, out)
    except Exception as error:  # a damaged file can raise anything
        raise SystemExit(1) from error


def _kept(array: NDArray[Any]) -> type[np.floating]:
    return np.float32 if np.ndim(array) == 4 else np.float64
