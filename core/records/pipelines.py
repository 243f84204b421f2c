"""A pipeline, as the window shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class PipelineInfo:
    """A preset, or settings that may become one.

    ``values`` are the settings of ``core.chain.config.DescriberConfig``; ``fitted``: ready for use; ``note``: what to know.
    """

    name: str
    values: dict[str, Any]
    dimensions: int
    bits: int
    descriptor_bytes: int
    code_bytes: int
    fitted: bool
    note: str = ""
