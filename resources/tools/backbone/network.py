"""The embedded network as it is trained: every convolution followed by batch normalisation, folded away for shipping."""

from __future__ import annotations

import torch
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.nn import functional

from core.backbones.compact import build_network

Batches = list[Tensor]


class NormalisedConvolution(nn.Module):
    """A convolution and its batch normalisation; its weights are one matrix, as the optimiser Muon wants them."""

    def __init__(self, plain: nn.Conv2d) -> None:
        super().__init__()
        self.shape, self.stride, self.padding = plain.weight.shape, plain.stride, plain.padding
        self.matrix = nn.Parameter(plain.weight.detach().flatten(1).clone())
        self.norm = nn.BatchNorm2d(plain.out_channels)
        self.norm.bias.data.copy_(plain.bias.detach() if plain.bias is not None else 0)

    def forward(self, x: Tensor) -> Tensor:
        """(N, C, H, W) to (N, C', H', W')."""
        weight = self.matrix.view(self.shape)
        result: Tensor = self.norm(functional.conv2d(x, weight, None, self.stride, self.padding))  # type: ignore[arg-type]
        return result

    def absorb(self, outputs: Tensor) -> None:
        """Set the normalisation to the identity for outputs like these, so that training starts from the given weights."""
        mean, variance = outputs.mean((0, 2, 3)), outputs.var((0, 2, 3))
        self.norm.running_mean, self.norm.running_var = mean.clone(), variance.clone()
        self.norm.weight.data.copy_((variance + self.norm.eps).sqrt())
        self.norm.bias.data.add_(mean)


def trainable(state: dict[str, Tensor] | None, batches: Batches) -> nn.Sequential:
    """The network to train: from shipped weights, whose outputs it keeps, or from random ones.

    Args:
        state: weights of ``core.backbones.compact.build_network``, or None.
        batches: some (N, 3, H, W) inputs on -2..2 to take the statistics of.
    """
    network = build_network()
    if state is not None:
        network.load_state_dict(state)
    for parent in list(network.modules()):
        for name, child in list(parent.named_children()):
            if isinstance(child, nn.Conv2d):
                setattr(parent, name, NormalisedConvolution(child))
    if state is not None:
        _take_statistics(network, batches)
    return network.to(memory_format=torch.channels_last)


@torch.no_grad()
def _take_statistics(network: nn.Sequential, batches: Batches) -> None:
    """Run layer after layer, each on what the layers before it give once they are set."""
    network.eval()

    def hook(module: nn.Module, inputs: tuple[Tensor, ...], _output: Tensor) -> Tensor:
        assert isinstance(module, NormalisedConvolution)
        outputs = functional.conv2d(inputs[0], module.matrix.view(module.shape), None, module.stride, module.padding)  # type: ignore[arg-type]
        module.absorb(outputs)
        result: Tensor = module.norm(outputs)
        return result

    hooks = [m.register_forward_hook(hook) for m in network.modules() if isinstance(m, NormalisedConvolution)]
    network(torch.cat(batches))
    for handle in hooks:
        handle.remove()


@torch.no_grad()
def folded(network: nn.Sequential) -> dict[str, Tensor]:
    """The weights without batch normalisation, by the names of ``build_network``."""
    state: dict[str, Tensor] = {}
    for name, module in network.named_modules():
        if isinstance(module, NormalisedConvolution):
            norm = module.norm
            assert norm.running_mean is not None
            assert norm.running_var is not None
            scale = norm.weight / (norm.running_var + norm.eps).sqrt()
            state[f"{name}.weight"] = (module.matrix * scale[:, None]).view(module.shape).contiguous()
            state[f"{name}.bias"] = norm.bias - norm.running_mean * scale
    return state


def save(state: dict[str, Tensor], path: str) -> None:
    """Write the weights in half precision, as they are shipped."""
    save_file({name: value.half().contiguous() for name, value in state.items()}, path, metadata={"input": "RGB 0..1"})
