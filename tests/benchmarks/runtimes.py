"""The embedded network alone in whatever is installed that can run it, in single precision and in eight bits.

    python -m tests.benchmarks.runtimes PHOTOS [--threads 1] [--rounds 7]

``torch`` is what the program does, and ``OpenVINO, eight bits, shipped`` where the extra ``fast`` is installed; ``torch,
frozen`` is the same network frozen and optimised for inference.  What is missing has no row: ``pip install onnx onnxruntime
openvino nncf mnn`` (without ``onnx`` there is no ONNX Runtime and no MNN).  Other eight bits are calibrated on
``CALIBRATED`` of the photos, and measured on another.

All kinds take turns, so that other work on the machine meets them alike.  A row has the milliseconds of the processor, of
all threads, and of the wall, medians, and both as shares of torch's; then how equal the grid is: the mean cosine of cells,
the share of cells where the MAX masks agree, and that of channels that are largest in the same cell.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from core.backbones.compact import WEIGHTS, build_network, load_weights
from core.backbones.compact_sizes import CHANNELS
from core.backbones.eight_bits import MODEL
from core.masks.max import max_mask
from core.photos.images import SUFFIXES, read_photo, resize_longest
from core.reduction.moments import l2_normalise

Pixels = NDArray[np.float32]
Kind = tuple[str, Callable[[Pixels], Any]]

COLUMNS = ("kind", "processor ms", "wall ms", "of torch's processor", "of its wall", "cosine", "mask", "largest cell")
HEIGHT, WIDTH = 480, 640
CALIBRATED = 31


def main() -> None:
    """Print a row for each kind."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", type=Path)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=7)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    warnings.simplefilter("ignore")
    paths = [path for path in sorted(arguments.photos.iterdir()) if path.suffix.lower() in SUFFIXES]
    paths = paths[:: max(1, len(paths) // (CALIBRATED + 1))][: CALIBRATED + 1]
    seen, *others = [_pixels(path) for path in paths]
    with tempfile.TemporaryDirectory() as folder, torch.inference_mode():
        kinds = list(_kinds(Path(folder), others, arguments.threads))
        _measure(kinds, seen, arguments.rounds)


def _pixels(path: Path) -> Pixels:
    """A photo as the network takes it, (1, 3, ``HEIGHT``, ``WIDTH``), turned and repeated where it is smaller."""
    photo = resize_longest(read_photo(path), WIDTH)
    photo = photo if photo.shape[1] >= photo.shape[0] else photo.transpose(1, 0, 2)
    photo = np.pad(photo, ((0, max(0, HEIGHT - len(photo))), (0, 0), (0, 0)), mode="symmetric")[:HEIGHT, :WIDTH]
    return np.ascontiguousarray((photo.transpose(2, 0, 1)[None] / np.float32(255) - np.float32(0.5)) * np.float32(4))


def _network() -> nn.Module:
    network = build_network()
    network.load_state_dict(load_weights(WEIGHTS))
    return network.eval()


def _kinds(folder: Path, photos: Sequence[Pixels], threads: int) -> Iterator[Kind]:
    """All kinds that can run here; torch comes first."""
    plain = _network().to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    sample = torch.from_numpy(photos[0])
    yield "torch", lambda x: plain(_last(x)).numpy()
    frozen = torch.jit.optimize_for_inference(torch.jit.freeze(torch.jit.trace(plain, _last(photos[0]))))
    yield "torch, frozen", lambda x: frozen(_last(x)).numpy()
    for engine in ("x86", "onednn"):
        yield f"torch, eight bits, {engine}", _torch_eight(engine, photos)
    if _has("openvino"):
        yield from _openvino(photos, threads)
    if _has("onnx"):
        file = str(folder / "network.onnx")
        torch.onnx.export(_network(), (sample,), file, input_names=["x"], output_names=["y"], dynamo=False)
        if _has("onnxruntime"):
            yield from _onnxruntime(file, photos, threads)
        if _has("MNN"):
            yield "MNN", _mnn(file, threads)


def _has(module: str) -> bool:
    return importlib.util.find_spec(module) is not None


def _last(x: Pixels) -> torch.Tensor:
    return torch.from_numpy(x).contiguous(memory_format=torch.channels_last)


def _torch_eight(engine: str, photos: Sequence[Pixels]) -> Callable[[Pixels], Any]:
    from torch.ao.quantization import get_default_qconfig_mapping
    from torch.ao.quantization.quantize_fx import convert_fx, prepare_fx

    torch.backends.quantized.engine = engine
    watched = prepare_fx(_network(), get_default_qconfig_mapping(engine), (torch.from_numpy(photos[0]),))
    for photo in photos:
        watched(torch.from_numpy(photo))
    network = convert_fx(watched)
    return lambda x: network(torch.from_numpy(x)).numpy()


def _openvino(photos: Sequence[Pixels], threads: int) -> Iterator[Kind]:
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]  # or the conversion reports itself
    import openvino

    runtime = openvino.Core()
    model = openvino.convert_model(_network(), example_input=torch.from_numpy(photos[0]))
    model.reshape([1, 3, HEIGHT, WIDTH])

    def forward(of: Any) -> Callable[[Pixels], Any]:
        settings = {"INFERENCE_NUM_THREADS": threads, "INFERENCE_PRECISION_HINT": "f32", "NUM_STREAMS": 1}
        request = runtime.compile_model(of, "CPU", settings).create_infer_request()
        return lambda x: request.infer({0: x}, share_inputs=True)[0]

    yield "OpenVINO", forward(model)
    yield "OpenVINO, eight bits, shipped", forward(runtime.read_model(MODEL))
    if _has("nncf"):
        import nncf

        yield "OpenVINO, eight bits", forward(nncf.quantize(model, nncf.Dataset(photos), subset_size=len(photos)))


def _onnxruntime(file: str, photos: Sequence[Pixels], threads: int) -> Iterator[Kind]:
    import onnxruntime
    from onnxruntime.quantization import CalibrationDataReader, QuantType, quantize_static

    class Reader(CalibrationDataReader):  # type: ignore[misc]
        def __init__(self) -> None:
            self._rest = iter(photos)

        def get_next(self) -> dict[str, Pixels] | None:
            photo = next(self._rest, None)
            return None if photo is None else {"x": photo}

    eight = file.replace(".onnx", "-8.onnx")
    # Without vector instructions for eight bits, products of full range would overflow.
    quantize_static(
        file, eight, Reader(), per_channel=True, reduce_range=True,
        activation_type=QuantType.QUInt8, weight_type=QuantType.QInt8,
    )  # fmt: skip
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    for name, path in (("ONNX Runtime", file), ("ONNX Runtime, eight bits", eight)):
        session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
        yield name, lambda x, session=session: session.run(None, {"x": x})[0]


def _mnn(file: str, threads: int) -> Callable[[Pixels], Any]:
    # The converter itself: the command ``mnnconvert`` around it installs a package that reports its use.
    import _tools
    import MNN.expr
    import MNN.nn

    made = file.replace(".onnx", ".mnn")
    _tools.mnnconvert(["", "-f", "ONNX", "--modelFile", file, "--MNNModel", made, "--bizCode", "x"])
    manager = MNN.nn.create_runtime_manager(({"backend": "CPU", "precision": "high", "numThread": threads},))
    network = MNN.nn.load_module_from_file(made, ["x"], ["y"], runtime_manager=manager)

    def forward(x: Pixels) -> Any:
        # ``manager`` must live as long as the network.
        assert manager is not None
        return network.forward([MNN.expr.const(x, list(x.shape), MNN.expr.NCHW, MNN.expr.float)])[0].read()

    return forward


def _measure(kinds: Sequence[Kind], seen: Pixels, rounds: int) -> None:
    grids = {name: np.array(forward(seen))[0].transpose(1, 2, 0) for name, forward in kinds}
    times: dict[str, list[tuple[float, float]]] = {name: [] for name, _ in kinds}
    for _ in range(rounds):
        for name, forward in kinds:
            wall, work = time.perf_counter(), time.process_time()
            forward(seen)
            times[name].append((time.process_time() - work, time.perf_counter() - wall))
    print("| " + " | ".join(COLUMNS) + " |\n" + "|---" * len(COLUMNS) + "|")
    first = np.median(times["torch"], axis=0)
    for name, _ in kinds:
        middle = np.median(times[name], axis=0)
        equal = " | ".join(_equal(grids["torch"], grids[name]))
        shares = f"{middle[0] / first[0]:.2f} | {middle[1] / first[1]:.2f}"
        print(f"| {name} | {1000 * middle[0]:.0f} | {1000 * middle[1]:.0f} | {shares} | {equal} |")


def _equal(expected: Pixels, found: Pixels) -> tuple[str, str, str]:
    """How equal two (H, W, K) grids are, as in the module's docstring."""
    cells, others = expected.reshape(-1, CHANNELS), found.reshape(-1, CHANNELS)
    cosine = (l2_normalise(cells) * l2_normalise(others)).sum(axis=1).mean()
    mask = (max_mask(expected) == max_mask(found)).mean()
    largest = (cells.argmax(axis=0) == others.argmax(axis=0)).mean()
    return f"{cosine:.5f}", f"{mask:.3f}", f"{largest:.3f}"


if __name__ == "__main__":
    main()
