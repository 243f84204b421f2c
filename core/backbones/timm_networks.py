"""Any network of timm, cut by its own feature extractor: ``timm:convnext_tiny.fb_in22k``, layer ``stages_2``.

timm is optional: ``pip install 'cropseek[networks]'``.  Weights are safetensors from where timm's configuration says, with
a checksum, or a local file.  The patch tokens of transformers become a grid, prefix tokens are dropped, and position
embeddings are interpolated to any size if the network can.
"""

from __future__ import annotations

import contextlib
import re
from pathlib import Path
from typing import Any

from torch import Tensor, nn

from core.backbones.library_networks import Cut, LibraryBackbone, refused
from core.backbones.weights import digest_of, read_state
from core.util.errors import UserError
from core.util.progress import Ticket

FILE = "model.safetensors"
ANY_SIZE: tuple[dict[str, bool], ...] = ({"dynamic_img_size": True}, {"strict_img_size": False})
"""Arguments that make networks of a fixed input size accept any."""


class TimmBackbone(LibraryBackbone):
    """A network of timm.

    Raises:
        UserError: timm is not installed; no such network or layer; weights cannot be downloaded, or do not fit.
        Cancelled: by the ticket, while downloading.
    """

    def __init__(self, name: str, layer: str, pool: bool, device: str, weights: Path | None, ticket: Ticket) -> None:
        super().__init__(_cut(name, layer, weights, ticket), f"timm:{name}", pool, device)


def _timm() -> Any:
    try:
        import timm
    except ImportError as error:
        raise UserError(
            "networks of timm need the package timm", "--backbone", "Install it: pip install 'cropseek[networks]'"
        ) from error
    return timm


def made_empty(name: str) -> Any:
    """A network without trained weights.

    Raises:
        UserError: timm is not installed, or has no such network.
    """
    timm = _timm()
    if not timm.is_model(name.partition(".")[0]):
        near = timm.list_models(f"*{name.partition('_')[0]}*")[:12]
        hint = f"It has: {', '.join(near)}." if near else ""
        raise UserError(f"timm has no network '{name}'", "configuration", hint)
    try:
        return _made(timm, name, None)
    except RuntimeError as error:
        raise UserError(f"timm has no network '{name}'", "configuration", str(error)[:200]) from error


def layer_modules(model: Any) -> dict[str, str]:
    """From the names of a network's layers to its modules'."""
    return {_spelled(info["module"]): info["module"] for info in _infos(model)}


def _cut(name: str, layer: str, weights: Path | None, ticket: Ticket) -> Cut:
    timm = _timm()
    empty = made_empty(name)
    layers = list(layer_modules(empty))
    if _spelled(layer) not in layers:
        raise refused(f"timm:{name}", layer, layers)
    path = weights or _downloaded(empty.pretrained_cfg, name, ticket)
    try:
        model = _made(timm, name, read_state(path))
    except (RuntimeError, KeyError, ValueError, TypeError) as error:
        raise UserError(f"these are not weights of timm's '{name}'", str(path)) from error
    if not hasattr(model, "forward_intermediates"):
        raise UserError(f"'{name}' of timm cannot be cut at a layer", "configuration", "Choose another network.")
    index = layers.index(_spelled(layer))
    config = model.pretrained_cfg
    return Cut(Intermediate(model, index), config["mean"], config["std"], int(_infos(empty)[index].get("reduction", 0)))


def _made(timm: Any, name: str, state: dict[str, Tensor] | None) -> Any:
    """A network of any size, with given weights; without them none are made up."""
    values: dict[str, Any] = {"pretrained": False}
    if state is not None:
        values = {"pretrained": True, "pretrained_cfg_overlay": {"state_dict": state}}
    for any_size in ANY_SIZE:
        with contextlib.suppress(TypeError):  # it has no such argument
            return timm.create_model(name, **values, **any_size).eval()
    return timm.create_model(name, **values).eval()


def _infos(model: Any) -> list[dict[str, Any]]:
    """Module, channels and stride of each layer of a network."""
    info = model.feature_info
    return list(info if isinstance(info, list) else info.info)


def _spelled(module: str) -> str:
    return module.replace(".", "_")


class Intermediate(nn.Module):
    """A network up to one of its layers, by its ``forward_intermediates``: a grid, without prefix tokens."""

    def __init__(self, model: Any, index: int) -> None:
        super().__init__()
        self.indices = model.prune_intermediate_layers([index], prune_norm=True)
        self.model = model

    def forward(self, images: Tensor) -> Tensor:
        """(N, 3, H, W) to (N, K, H', W')."""
        grids: list[Tensor] = self.model.forward_intermediates(
            images, indices=self.indices, norm=False, output_fmt="NCHW", intermediates_only=True
        )
        return grids[0]


def _downloaded(config: dict[str, Any], name: str, ticket: Ticket) -> Path:
    """The safetensors file of the network's repository, in the hub's cache, where its SHA-256 is its name."""
    repository = config.get("hf_hub_id")
    if not repository:
        raise UserError(
            f"timm has no weights of '{name}' as safetensors", "--backbone", "Give a local file with --weights."
        )
    from huggingface_hub import hf_hub_download
    from huggingface_hub.errors import EntryNotFoundError, HfHubHTTPError

    try:
        path = Path(str(hf_hub_download(repository, FILE, tqdm_class=_reporting(ticket))))
    except EntryNotFoundError as error:
        raise UserError(
            f"timm has no weights of '{name}' as safetensors", repository, "Give a file with --weights."
        ) from error
    except (OSError, HfHubHTTPError) as error:
        raise UserError(
            "the network's weights could not be downloaded",
            repository,
            "Connect to the internet, or give a local copy with --weights; the preset 'standard' needs no download.",
        ) from error
    expected = path.resolve().name
    if re.fullmatch(r"[0-9a-f]{64}", expected) and digest_of(path) != expected:
        raise UserError("the downloaded weights are damaged", str(path), "Remove the file and try again.")
    return path


def _reporting(ticket: Ticket) -> Any:
    """A progress bar that reports to a ticket."""
    from tqdm.auto import tqdm

    class Reporting(tqdm):  # type: ignore[misc]
        def __init__(self, *arguments: Any, **values: Any) -> None:
            super().__init__(*arguments, **{**values, "disable": True})
            self._done = 0

        def update(self, n: float | None = 1) -> bool | None:
            self._done += int(n or 0)
            ticket.checkpoint(self._done, int(self.total or 0), "downloading the network's weights")
            return None

    return Reporting
