"""The losses: distillation of cells and of similarities, and metric learning on pairs of views and of cells."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional

from resources.tools.backbone.crops import BORDER

POINTS = 16
"""Cells of each pair that are matched with their places in the other view."""
NEAR = 32.0
"""Cells nearer than this many pixels see the same thing: they are no negatives of each other."""
TEMPERATURE = 0.08
LOCAL_DIMENSION = 64
WEIGHTS = {"pw13": 1.0, "pw11": 0.5, "fire9": 0.5, "relations": 0.6, "views": 0.3, "cells": 0.3}


def weighted(metric: float) -> dict[str, float]:
    """``WEIGHTS`` with ``metric`` times as much of what compares views of one photo."""
    return {name: weight * (metric if name in ("views", "cells") else 1.0) for name, weight in WEIGHTS.items()}


class Heads(nn.Module):
    """What is thrown away after training: a linear map to each teacher, one for matching cells, and a temperature."""

    def __init__(self, channels: int, dimension: int) -> None:
        super().__init__()
        self.teachers = nn.ModuleList(nn.Conv2d(channels, dimension, 1) for _ in range(3))
        self.local = nn.Conv2d(channels, LOCAL_DIMENSION, 1)
        self.scale = nn.Parameter(torch.tensor(math.log(14.0)))


def distillation(grid: Tensor, heads: Heads, cells: list[Tensor], similarity: Tensor) -> dict[str, Tensor]:
    """Smooth L1 and cosine to each teacher's cells, and the divergence of the softmax over similarities of views.

    Args:
        grid: (N, C, h, w) of the student.
        cells: each teacher's targets, the first at half resolution.
        similarity: (N, N) after the teachers.
    """
    losses = {}
    for name, head, target in zip(("pw13", "pw11", "fire9"), heads.teachers, cells, strict=True):
        guess = head(functional.avg_pool2d(grid, 2) if name == "pw13" else grid)
        losses[name] = followed(guess, target)
    losses["relations"] = relations(functional.normalize(grid.mean((2, 3)), dim=1), similarity, heads.scale)
    return losses


def followed(guess: Tensor, target: Tensor) -> Tensor:
    """Smooth L1 and cosine of cells (N, C, h, w) to a teacher's."""
    return functional.smooth_l1_loss(guess, target) + (1 - functional.cosine_similarity(guess, target, dim=1)).mean()


def relations(descriptors: Tensor, similarity: Tensor, scale: Tensor) -> Tensor:
    """Divergence of the softmax over similarities from the teachers'; nothing is compared with itself.

    Args:
        descriptors: (N, D) of length 1.
        similarity: (N, N) after the teachers.
        scale: logarithm of the factor before the softmax.
    """
    own = torch.eye(len(descriptors), dtype=torch.bool, device=descriptors.device)
    guess = (descriptors @ descriptors.T * scale.exp().clamp(max=100)).masked_fill(own, -1e4).log_softmax(1)
    target = (similarity / 0.1).masked_fill(own, -1e4).log_softmax(1)
    return (target.exp() * (target - guess)).sum(1).mean()


def metric(grid: Tensor, heads: Heads, homographies: Tensor) -> dict[str, Tensor]:
    """InfoNCE (van den Oord et al., arXiv 1807.03748) of pooled views, and of cells that show one place.

    Args:
        grid: (N, C, h, w); rows 2i and 2i + 1 are views of one photo.
        homographies: (N / 2, 3, 3) from the first view's pixels to the second's, border included.
    """
    # Sums and maxima are what the masks of the paper compare cells by, so both poolings are trained.
    pooled = torch.cat([functional.normalize(p, dim=1) for p in (grid.mean((2, 3)), grid.amax((2, 3)))], 1) / math.sqrt(2)
    views = _info_nce(pooled[::2], pooled[1::2], torch.zeros(len(pooled) // 2, len(pooled) // 2, dtype=torch.bool))
    features = heads.local(grid)
    first, second, points, pair = _corresponding(features, homographies)
    apart = torch.cdist(points, points) < NEAR
    same_place = (pair[:, None] == pair[None]) & apart
    same_place.fill_diagonal_(False)
    return {"views": views, "cells": _info_nce(first, second, same_place)}


def _info_nce(first: Tensor, second: Tensor, ignored: Tensor) -> Tensor:
    """-log softmax of the pair's own similarity, both ways; ``ignored`` pairs (n, n) are no negatives."""
    first, second = functional.normalize(first, dim=1), functional.normalize(second, dim=1)
    scores = (first @ second.T / TEMPERATURE).masked_fill(ignored.to(first.device), -1e4)
    own = torch.arange(len(first), device=first.device)
    return (functional.cross_entropy(scores, own) + functional.cross_entropy(scores.T, own)) / 2


def _corresponding(features: Tensor, homographies: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Features (m, d) of random cells of the first views and of their places in the second, the places, and the pairs."""
    pairs, side = len(homographies), features.shape[-1]
    index = torch.randint(side * side, (pairs, POINTS), device=features.device)
    centres = torch.stack([index % side, index // side], -1) * 16 + 7.5 + BORDER
    homogeneous = torch.cat([centres, torch.ones_like(centres[..., :1])], -1)
    mapped = torch.einsum("pij,pkj->pki", homographies, homogeneous)
    places = mapped[..., :2] / mapped[..., 2:]
    inner = (places - BORDER - 7.5) / 16
    inside = ((inner >= 0) & (inner <= side - 1)).all(-1) & (mapped[..., 2] > 0)
    first = torch.gather(features[::2].flatten(2), 2, index[:, None].expand(-1, features.shape[1], -1)).transpose(1, 2)
    grid = (inner / (side - 1) * 2 - 1).clamp(-2, 2)[:, :, None]
    second = functional.grid_sample(features[1::2], grid, align_corners=True)[..., 0].transpose(1, 2)
    pair = torch.arange(pairs, device=features.device)[:, None].expand(-1, POINTS)
    return first[inside], second[inside], places[inside], pair[inside]
