"""What a machine of the cluster is sent: it finds the Cropseek that is installed there.

Ray sends this module's function whole, as the machine has no ``core`` on its path before ``cropseek`` is imported.  So it
imports nothing of ours above, and takes and returns plain values.
"""

from __future__ import annotations

from typing import Any


def describe_there(version: str, order: dict[str, Any], model: bytes, files: list[tuple[str, str, int, int]]) -> str:
    """Describe a block of photos on the machine where this runs; see ``core.cluster.describing.describe_block``.

    Args:
        version: of Cropseek, which must be the same there.

    Returns:
        Empty, or why it cannot, and the machine's name.
    """
    import contextlib
    import importlib
    import platform

    with contextlib.suppress(ImportError):  # perhaps a checkout, whose folder is on the path already
        importlib.import_module("cropseek")
    try:
        core = importlib.import_module("core")
        describing = importlib.import_module("core.cluster.describing")
    except ImportError as error:
        return f"Cropseek is not whole on the machine {platform.node()} ({error})"
    if core.__version__ != version:
        return f"the machine {platform.node()} has Cropseek {core.__version__}, and this one {version}"
    why: str = describing.describe_block(order, model, files)
    return f"{why} (on the machine {platform.node()})" if why else ""
