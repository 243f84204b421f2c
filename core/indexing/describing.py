"""How photos are described: together on an accelerator, else one after another."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from core.chain.describer import DescribedPhoto, Describer, Shown


def describing(describer: Describer, layout: str) -> Callable[[Sequence[Shown]], list[DescribedPhoto]]:
    """A function that describes photos: on an accelerator batched if the chain is supported, else one after another.

    On the CPU the reference is as fast (tests/benchmarks/HISTORY.md).
    """
    if getattr(describer.backbone, "device", "cpu") != "cpu":
        # Imported here, as they import torch.
        from core.chain.batched import supported
        from core.indexing.batched import batched

        if supported(describer.stages):
            return batched(describer, layout)
    return lambda photos: [describer.describe_shown(shown, layout) for shown in photos]
