"""Take channels out of the residual blocks of the embedded network, so that the rest gives nearly the same.

Of the channels between a block's two convolutions those stay that give the second one the most: by the mean of their
squares times the squares of its weights.  What the others gave is given by those that stay, by least squares over the cells
of some photos (as in ThiNet, Luo et al., arXiv 1707.06342, which chooses greedily).
Blocks are taken one after another, each on what the thinner ones before it give.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from core.backbones.compact import Residual, build_network

Inner = tuple[int, int, int]
RIDGE = 1e-4
"""Added to the diagonal of the least squares, as a share of its mean."""
STAGES = ("stage1", "stage2", "stage3")


def inner_of(state: dict[str, Tensor]) -> Inner:
    """The channels within the residual blocks of the three stages, of stored weights."""
    first, second, third = (len(state[f"{stage}.0.a.bias"]) for stage in STAGES)
    return first, second, third


@torch.no_grad()
def pruned(network: nn.Sequential, inner: Inner, photos: Sequence[Tensor]) -> nn.Sequential:
    """A network with ``inner`` channels in the residual blocks of its three stages.

    Args:
        network: of ``core.backbones.compact.build_network``.
        photos: (1, 3, H, W) inputs on -2..2 for the least squares.
    """
    thin = build_network(inner)
    own = {name: value for name, value in network.state_dict().items() if not name.startswith("stage")}
    thin.load_state_dict(own, strict=False)
    for stage, kept in zip(STAGES, inner, strict=True):
        for index, block in enumerate(network.get_submodule(stage).children()):
            assert isinstance(block, Residual)
            _fit(thin.get_submodule(f"{stage}.{index}"), block, kept, _inputs(thin, f"{stage}.{index}", photos))
    return thin


def _inputs(network: nn.Sequential, block: str, photos: Sequence[Tensor]) -> list[Tensor]:
    """What a block is given for each photo."""
    inputs: list[Tensor] = []
    handle = network.get_submodule(block).register_forward_pre_hook(lambda _module, given: inputs.append(given[0]))
    for photo in photos:
        network(photo)
    handle.remove()
    return inputs


def _fit(thin: nn.Module, block: Residual, kept: int, inputs: Sequence[Tensor]) -> None:
    """Set a thin block's weights from a full one's."""
    assert isinstance(thin, Residual)
    between = torch.cat([torch.relu(block.a(x))[0].flatten(1).T for x in inputs]).double()
    products = between.T @ between / len(between)
    squares = products.diagonal() * (block.b.weight**2).sum((0, 2, 3))
    stay = torch.zeros(len(squares), dtype=torch.bool)
    stay[torch.topk(squares, kept).indices] = True
    ridge = RIDGE * products.diagonal().mean() * torch.eye(kept, dtype=torch.double)
    given = torch.linalg.solve(products[stay][:, stay] + ridge, products[stay][:, ~stay]).float()  # (kept, others)
    thin.a.weight.copy_(block.a.weight[stay])
    thin.b.weight.copy_(block.b.weight[:, stay] + torch.einsum("okyx,sk->osyx", block.b.weight[:, ~stay], given))
    assert block.a.bias is not None
    assert thin.a.bias is not None
    assert block.b.bias is not None
    assert thin.b.bias is not None
    thin.a.bias.copy_(block.a.bias[stay])
    thin.b.bias.copy_(block.b.bias)
