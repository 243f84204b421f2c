"""Fine-tuned networks, read from files of exactly the public forms with random weights."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import scipy.io
import torch
from torch import nn
from torchvision.models import vgg16

from core.backbones import Backbone, load_backbone, vgg16_fc7
from core.backbones.checkpoints import Learned, read_cirtorch, read_netvlad
from core.backbones.vgg16_fc7 import Vgg16Fc7Backbone
from core.chain.config import DescriberConfig
from core.chain.describer import prepare, siamac_ratio
from core.chain.presets import baseline_config
from core.geometry import Box
from core.util.errors import UserError
from core.util.progress import Ticket

PHOTO = np.random.default_rng(0).integers(0, 255, (96, 128, 3), dtype=np.uint8)
MEAN, DEVIATION = np.array([0.485, 0.456, 0.406]), np.array([0.229, 0.224, 0.225])


@pytest.fixture(scope="module")
def features() -> nn.Sequential:
    torch.manual_seed(0)
    return vgg16().features.eval()


def convolutions(features: nn.Sequential, prefix: str) -> dict[str, torch.Tensor]:
    return {f"{prefix}{name}": value for name, value in features.state_dict().items()}


def write_cirtorch(path: Path, features: nn.Sequential, **changes: object) -> Path:
    """As cnnimageretrieval-pytorch publishes them; the whitening is numpy arrays."""
    rng = np.random.default_rng(1)
    whitening = {"P": rng.normal(size=(512, 512)), "m": rng.normal(size=(512, 1))}
    meta = {
        "architecture": "vgg16", "local_whitening": False, "pooling": "gem", "regional": False, "whitening": False,
        "mean": list(MEAN), "std": list(DEVIATION), "outputdim": 512,
        "Lw": {"retrieval-SfM-120k": {"ss": whitening, "ms": whitening}},
    }  # fmt: skip
    state = {**convolutions(features, "features."), "pool.p": torch.tensor([2.5])}
    torch.save({"epoch": 3, "meta": meta | changes, "state_dict": state}, path)
    return path


def write_pytorch_netvlad(path: Path, features: nn.Sequential, clusters: int = 64, parallel: bool = False) -> Path:
    """As pytorch-NetVlad writes them."""
    layer = {"pool.conv.weight": torch.randn(clusters, 512, 1, 1), "pool.centroids": torch.randn(clusters, 512)}
    state = {**convolutions(features, "encoder."), **layer}
    if parallel:
        state = {name.replace(".", ".module.", 1): value for name, value in state.items()}
    torch.save({"epoch": 1, "state_dict": state, "recalls": [0.8], "best_score": 0.8, "parallel": parallel}, path)
    return path


def write_matlab_netvlad(path: Path, features: nn.Sequential) -> tuple[np.ndarray, np.ndarray]:
    """As the MATLAB release exported to structs: a list of layers with weights, the mean image in meta."""
    rng = np.random.default_rng(2)
    weights: list[list[np.ndarray]] = [[] for _ in range(34)]
    for index, module in enumerate(features):
        if isinstance(module, nn.Conv2d):
            weights[index] = [module.weight.detach().numpy().transpose(2, 3, 1, 0), module.bias.detach().numpy()[:, None]]
    assignment, minus_centres = rng.normal(size=(512, 64)), rng.normal(size=(512, 64))
    weights[30] = [assignment, minus_centres]
    weights[33] = [rng.normal(size=(1, 1, 4, 3)), rng.normal(size=(3, 1))]
    layers = np.empty((1, 34), dtype=object)
    for index, arrays in enumerate(weights):
        cell = np.empty((1, len(arrays)), dtype=object)
        for place, array in enumerate(arrays):
            cell[0, place] = array
        layers[0, index] = {"name": f"layer{index}", "weights": cell}
    mean = np.broadcast_to(np.array([123.0, 117.0, 104.0]), (4, 4, 3))
    scipy.io.savemat(path, {"net": {"layers": layers, "meta": {"normalization": {"averageImage": mean}}}})
    return assignment, minus_centres


def expected_grid(features: nn.Sequential, end: int, mean: np.ndarray, deviation: np.ndarray) -> np.ndarray:
    pixels = torch.from_numpy(((PHOTO - mean) / deviation).transpose(2, 0, 1)[None].astype(np.float32))
    with torch.inference_mode():
        out = features[: end + 1](pixels)[0].permute(1, 2, 0)
    return out.numpy()


def close(got: np.ndarray, expected: np.ndarray) -> bool:
    return got.shape == expected.shape and np.abs(got - expected).max() <= 1e-3 * np.abs(expected).max()


def learned(backbone: Backbone) -> Learned:
    assert isinstance(backbone.learned, Learned)
    return backbone.learned


def test_siamac_from_its_public_form(tmp_path: Path, features: nn.Sequential) -> None:
    path = write_cirtorch(tmp_path / "gem.pth", features)
    backbone = load_backbone("siamac", "conv5_3", False, "cpu", path)
    assert close(backbone.grid(PHOTO), expected_grid(features, 29, 255 * MEAN, 255 * DEVIATION))
    assert learned(backbone).gem_power == 2.5
    whitening = learned(backbone).whitening
    assert whitening is not None
    assert [array.shape for array in whitening] == [(512,), (512, 512)]
    assert load_backbone("siamac", "conv5_3", True, "cpu", path).grid(PHOTO[:40, :40]).shape == (2, 2, 512)  # padded to 70


def test_whitening_as_a_layer_is_the_same_map(tmp_path: Path, features: nn.Sequential) -> None:
    path = write_cirtorch(tmp_path / "fc.pth", features)
    document = torch.load(path, weights_only=False)
    weight, bias = torch.randn(512, 512), torch.randn(512)
    document["state_dict"] |= {"whiten.weight": weight, "whiten.bias": bias}
    torch.save(document, path)
    mean, projection = read_cirtorch(path).learned.whitening or (None, None)
    assert projection is not None
    vector = np.random.default_rng(3).normal(size=512)
    expected = weight.double().numpy() @ vector + bias.double().numpy()
    assert np.allclose((vector - mean) @ projection.T, expected, atol=1e-5)


@pytest.mark.parametrize("parallel", [False, True])
def test_netvlad_from_torch(tmp_path: Path, features: nn.Sequential, parallel: bool) -> None:
    path = write_pytorch_netvlad(tmp_path / "netvlad.pth.tar", features, parallel=parallel)
    linear = load_backbone("netvlad", "conv5_3_linear", False, "cpu", path)
    assert close(linear.grid(PHOTO), expected_grid(features, 28, 255 * MEAN, 255 * DEVIATION))
    layer = learned(linear).netvlad
    assert layer is not None
    assert [array.shape for array in layer] == [(64, 512), (64,), (64, 512)]


def test_netvlad_from_matlab(tmp_path: Path, features: nn.Sequential) -> None:
    assignment, minus_centres = write_matlab_netvlad(tmp_path / "net.mat", features)
    backbone = load_backbone("netvlad", "conv5_3", True, "cpu", tmp_path / "net.mat")
    mean = np.array([123.0, 117.0, 104.0])
    assert close(backbone.grid(PHOTO), expected_grid(features, 30, mean, np.ones(3)))
    layer = learned(backbone).netvlad
    assert layer is not None
    assert np.allclose(layer[0], assignment.T)
    assert np.allclose(layer[2], -minus_centres.T)


def test_hypercolumn_is_its_layers_side_by_side(tmp_path: Path, features: nn.Sequential) -> None:
    torch.save(convolutions(features, "features."), tmp_path / "vgg16.pth")
    make = lambda layer: load_backbone("vgg16", layer, True, "cpu", tmp_path / "vgg16.pth")  # noqa: E731
    column = make("conv5_3+conv5_2+conv5_1")
    assert column.channels == 1536
    single = [make(layer).grid(PHOTO) for layer in ("conv5_3", "conv5_2", "conv5_1")]
    assert np.allclose(column.grid(PHOTO), np.concatenate(single, axis=2), atol=1e-4)
    for layer in ("conv5_3+conv4_3", "conv5_3+conv5_3", "conv9"):
        with pytest.raises(UserError, match=r"joined|no layer"):
            make(layer)


class _Trap:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return exec, ("raise SystemExit('ran code of a file')",)


def test_checkpoints_of_other_networks_are_told(tmp_path: Path, features: nn.Sequential) -> None:
    cases = {
        "resnet.pth": ({"meta": {"architecture": "resnet101"}, "state_dict": {}}, "is a 'resnet101'"),
        "plain.pth": (convolutions(features, "features."), "not a checkpoint of cnnimageretrieval"),
        "trap.pth": ({"meta": _Trap(), "state_dict": {}}, "read safely"),
        "no-mean.pth": ({"meta": {"architecture": "vgg16"}, "state_dict": {}}, "mean and deviation"),
    }
    for name, (document, words) in cases.items():
        torch.save(document, tmp_path / name)
        with pytest.raises(UserError, match=words):
            load_backbone("siamac", "conv5_3", True, "cpu", tmp_path / name)
    for name, words in (("plain.pth", "no 'state_dict'"), ("trap.pth", "read safely")):
        with pytest.raises(UserError, match=words):
            read_netvlad(tmp_path / name)
    with pytest.raises(UserError, match="not 64 clusters"):
        read_netvlad(write_pytorch_netvlad(tmp_path / "few.pth", features, clusters=16))
    (tmp_path / "no.mat").write_bytes(b"MATLAB 5.0 MAT-file, but nothing in it" * 9)
    with pytest.raises(UserError, match="MATLAB structs"):
        read_netvlad(tmp_path / "no.mat")
    shorter = {"features.0.weight": torch.zeros(64, 3, 3, 3)}
    torch.save(
        {"meta": {"architecture": "vgg16", "mean": [0] * 3, "std": [1] * 3}, "state_dict": shorter}, tmp_path / "s.pth"
    )
    with pytest.raises(UserError, match="not weights of VGG16"):
        load_backbone("siamac", "conv5_3", True, "cpu", tmp_path / "s.pth")
    for backbone in ("siamac", "netvlad"):
        with pytest.raises(UserError, match=f"--checkpoint {backbone}=FILE"):
            load_backbone(backbone, "conv5_3", True, "cpu")


def test_size_rule_of_siamac() -> None:
    assert siamac_ratio((768, 2048), 1024, cropped=False) == 0.5
    assert siamac_ratio((100, 1000), 1024, cropped=False) == 2.24  # too long: the shorter side becomes 224
    assert siamac_ratio((300, 500), 1024, cropped=True) == 1.0
    assert siamac_ratio((112, 500), 1024, cropped=True) == 2.0
    config = DescriberConfig(backbone="siamac", layer="conv5_3", pool=True, longest_side=1024)
    photo = np.zeros((600, 800, 3), dtype=np.uint8)
    assert prepare(photo, None, config, 32).shape[:2] == (768, 1024)
    assert prepare(photo, Box(0, 0, 299, 399), config, 32).shape[:2] == (400, 300)


def test_fc7_windows_of_mop_cnn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    windows = vgg16_fc7._windows
    scales = windows(torch.arange(256.0).expand(1, 3, 256, 256))
    assert [tuple(scale.shape) for scale in scales] == [(count, 3, 224, 224) for count in (1, 25, 49)]
    assert scales[2][0].mean() < scales[2][1].mean() < scales[2][6].mean()  # row by row
    # One window of each scale passes the network: 75 take half a minute.
    monkeypatch.setattr(vgg16_fc7, "_windows", lambda square: [scale[:1] for scale in windows(square)])
    torch.manual_seed(1)
    with torch.device("meta"):
        network = vgg16()
    zeros = {name: torch.zeros(value.shape, dtype=torch.float16) for name, value in network.state_dict().items()}
    zeros["classifier.3.bias"] += 2.0
    torch.save(zeros, tmp_path / "vgg16.pth")
    backbone = Vgg16Fc7Backbone("fc7", False, "cpu", tmp_path / "vgg16.pth", Ticket())
    rows = backbone.grid(PHOTO)
    assert rows.shape == (3, 1, 4096)
    assert (rows == 2.0).all()
    torch.save({n: v for n, v in zeros.items() if n.startswith("features.")}, tmp_path / "features.pth")
    with pytest.raises(UserError, match="with its classifier"):
        Vgg16Fc7Backbone("fc7", False, "cpu", tmp_path / "features.pth", Ticket())
    config = baseline_config(DescriberConfig(backbone="vgg16-fc7", layer="fc7"), "mop", 512)
    assert config.dimensions == 512
