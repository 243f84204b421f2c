"""A describer fitted on a held-out set of photos."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from core.chain.config import DescriberConfig
from core.chain.describer import Describer
from core.chain.load import backbone_of
from core.chain.subwindows import DEFAULT_LAYOUT
from core.fitting.grid_store import GridStore, Item
from core.photos.scan import sample, scan
from core.util.progress import Ticket


def fitted_describer(
    config: DescriberConfig,
    held_out: Sequence[Path],
    device: str,
    ticket: Ticket,
    weights: Path | None = None,
    cache: Path | None = None,
    count: int | None = None,
    layout: str | None = None,
) -> Describer:
    """A describer fitted on folders of photos that are not searched.

    Args:
        count: number of photos, a random sample; None: all.
        layout: of the windows that rotation and hashing also learn from (``core.fitting.training.Fitter``); None: the
            default layout if there are not more photos than dimensions of ψ, as the photos do not span it then; else none.
        cache: folder for the grids, so that another run need not compute them again; None: a temporary one.

    Raises:
        UserError: too few photos, or none.
        Cancelled: by the ticket.
    """
    # Imported here, as scikit-learn takes a second and a hundred megabytes, which a search does not need.
    from core.fitting.training import PHOTOS_ALONE, fit_stages

    backbone = backbone_of(config, device, weights, ticket)
    with ExitStack() as stack:
        folder = cache or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="cropseek-")))
        store = GridStore(folder, config, backbone, weights, device.partition("+")[2])
        paths = [file.path for file in scan(held_out, ticket)]
        items = store.fill([Item(path) for path in (paths if count is None else sample(paths, count))], ticket)
        if layout is None:
            layout = PHOTOS_ALONE if len(items) > config.embedded_dimension else DEFAULT_LAYOUT
        return Describer(config, fit_stages(config, store, items, ticket, layout), backbone)
