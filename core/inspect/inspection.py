"""All masks of a photo or box with their statistics: what Fig. 2 shows."""

from __future__ import annotations

import dataclasses
import time

import numpy as np

from core.backbones import Backbone
from core.chain.config import DescriberConfig
from core.chain.describer import make_mask
from core.chain.presets import preset_name
from core.geometry import Box
from core.inspect.cell_maps import cell_maps
from core.inspect.covariance import mask_statistics
from core.masks.sift import sift_mask
from core.photos.images import Rgb
from core.records import MASK_NAMES, Inspection, Keypoints, LensSettings, Query
from core.search.grid_cache import View


def inspect_view(
    view: View, query: Query, config: DescriberConfig, backbone: Backbone, settings: LensSettings
) -> Inspection:
    """All masks on the grid of a photo or box."""
    started = time.monotonic()
    shown, grid, region = view.shown, view.grid, view.region
    ratio = _ratio(shown, region)
    xy, size, angle = view.keypoints(config.sift_contrast)
    masks = {name: make_mask(dataclasses.replace(config, mask=name), grid, shown) for name in MASK_NAMES if name != "sift"}
    masks["sift"] = sift_mask(xy, shown.shape[:2], grid.shape[:2], config.sift_dilation)
    # Pixel centres: the centre of pixel i is at i + 0.5 in both images.
    image_xy = (xy + 0.5) / ratio - 0.5 + (region.x0, region.y0)
    keypoints = Keypoints(image_xy.astype(np.float32), (size / ratio).astype(np.float32), angle.astype(np.float32))
    return Inspection(
        query=query,
        region=region,
        grid_shape=(grid.shape[0], grid.shape[1], grid.shape[2]),
        cell_size=(backbone.stride / ratio, backbone.stride / ratio),
        masks={name: view.statistics(name, masks[name], mask_statistics) for name in MASK_NAMES},
        keypoints=keypoints,
        preset=preset_name(config),
        seconds=time.monotonic() - started,
        maps=cell_maps(grid, config.sum_percentile, backbone.receptive_field / ratio),
        settings=settings,
    )


def _ratio(shown: Rgb, region: Box) -> float:
    """Pixels of the resized region per image pixel, measured on the longer side, which is hardly padded or rounded."""
    if region.width >= region.height:
        return float(shown.shape[1] / region.width)
    return float(shown.shape[0] / region.height)
