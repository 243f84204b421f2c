"""The training of the embedded network: what it starts from, what it is shown, what it ships."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from core.backbones.compact import WEIGHTS, build_network, load_weights
from core.photos.images import read_photo, resize_longest
from core.util.resources import SAMPLE
from resources.tools.backbone import crops, follow, last_layers, losses
from resources.tools.backbone.network import folded, trainable
from resources.tools.backbone.pruning import inner_of, pruned
from resources.tools.backbone.validation import as_input


def test_training_starts_from_the_shipped_network_and_ships_what_it_trained() -> None:
    inputs = torch.randn(2, 3, 96, 128, generator=torch.Generator().manual_seed(1))
    shipped = build_network()
    shipped.load_state_dict(load_weights(WEIGHTS))
    network = trainable(load_weights(WEIGHTS), [inputs])
    with torch.no_grad():
        wanted = shipped(inputs)
        torch.testing.assert_close(network.eval()(inputs), wanted, atol=1e-3, rtol=1e-3)
        # In training its statistics are those of the batch, from which they were taken.
        torch.testing.assert_close(network.train()(inputs), wanted, atol=2e-2, rtol=2e-2)
        for parameter in network.parameters():
            parameter.mul_(1.01)
        again = build_network()
        again.load_state_dict(folded(network))
        torch.testing.assert_close(again(inputs), network.eval()(inputs), atol=1e-3, rtol=1e-3)


def test_a_view_shows_what_its_homography_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crops, "_relit", lambda picture, rng: picture)
    x, y = np.meshgrid(np.linspace(0, 255, 600), np.linspace(0, 255, 400))
    photo = np.stack([x, y, x], axis=2).astype(np.uint8)
    pairs = next(iter(crops.PairedViews([photo], [1.0], 8, 3, 96, 0)))
    assert pairs.pixels.shape == (8, 96 + 2 * crops.BORDER, 96 + 2 * crops.BORDER, 3)
    for pair in range(4):
        first, second = pairs.pixels[2 * pair].numpy().astype(int), pairs.pixels[2 * pair + 1].numpy().astype(int)
        for place in ((40.0, 50.0), (64.0, 64.0), (90.0, 45.0)):
            u, v, w = (pairs.homographies[pair].numpy() @ (*place, 1.0)).tolist()
            column, row = u / w, v / w
            if 2 <= column < len(second) - 2 and 2 <= row < len(second) - 2:
                there = second[round(row), round(column)]
                here = first[int(place[1]), int(place[0])]
                reflected = {0, 255} & {int(here[0]), int(here[1])}
                assert reflected or np.abs(here - there).max() <= 8


def test_cells_are_matched_with_their_places() -> None:
    side = 8
    row, column = torch.meshgrid(torch.arange(side) * 1.0, torch.arange(side) * 1.0, indexing="ij")
    features = torch.stack([torch.stack([column, row])] * 4)
    shift = torch.tensor([[1.0, 0, 32], [0, 1, -16], [0, 0, 1]]).repeat(2, 1, 1)  # two cells to the right, one up
    first, second, places, pair = losses._corresponding(features, shift)
    assert len(first) == len(second) == len(places) == len(pair) > 0
    torch.testing.assert_close(second - first, torch.tensor([[2.0, -1.0]]).expand(len(first), 2))
    assert int(pair.max()) == 1


def test_losses_fall_when_views_agree() -> None:
    torch.manual_seed(0)
    heads = losses.Heads(16, 8)
    grid = torch.rand(8, 16, 6, 6)
    same = grid.clone()
    same[1::2] = same[::2]
    straight = torch.eye(3).repeat(4, 1, 1)
    apart, together = losses.metric(grid, heads, straight), losses.metric(same, heads, straight)
    assert all(together[name] < apart[name] for name in ("views", "cells"))
    cells = [torch.rand(8, 8, 3, 3), torch.rand(8, 8, 6, 6), torch.rand(8, 8, 6, 6)]
    grid.requires_grad_()
    parts = losses.distillation(grid, heads, cells, torch.eye(8)) | losses.metric(grid, heads, straight)
    assert set(parts) == set(losses.WEIGHTS)
    torch.stack(list(parts.values())).sum().backward()
    assert grid.grad is not None
    assert torch.isfinite(grid.grad).all()


def test_the_last_layers_alone_learn_from_kept_views() -> None:
    torch.manual_seed(0)
    network = build_network()
    network.load_state_dict(load_weights(WEIGHTS))
    trunk, tail = last_layers.split(network)
    inputs = torch.randn(6, 3, 128, 128)
    with torch.no_grad():
        grids = trunk(inputs)
        torch.testing.assert_close(tail(grids), network(inputs))
    cells = [torch.randn(6, 256, 4, 4) for _ in range(2)]
    views = torch.nn.functional.normalize(torch.randn(6, 256), dim=1)
    learner = last_layers.Learner(tail, last_layers.Kept(grids, cells, views), 1e-3, torch.device("cpu"))
    fixed, head = network.stem.weight.clone(), network.head.weight.clone()
    first = learner.step(torch.arange(6), 0.1)
    for _ in range(10):
        last = learner.step(torch.arange(6), 0.1)
    assert set(first) == set(last_layers.WEIGHTS_OF)
    assert sum(last.values()) < sum(first.values())
    assert torch.equal(network.stem.weight, fixed)
    assert not torch.equal(network.head.weight, head)


@pytest.fixture(scope="module")
def full() -> torch.nn.Sequential:
    """The shipped network."""
    network = build_network()
    network.load_state_dict(load_weights(WEIGHTS))
    return network.eval()


@pytest.fixture(scope="module")
def inputs() -> list[torch.Tensor]:
    """Two photos of the sample, as the network takes them."""
    paths = sorted((SAMPLE / "photos").glob("*.jpg"))[::80]
    return [as_input(torch.from_numpy(resize_longest(read_photo(path), 160).copy())[None]) for path in paths]


def test_a_network_without_some_channels_gives_nearly_the_same(
    full: torch.nn.Sequential, inputs: list[torch.Tensor]
) -> None:
    with torch.no_grad():
        wanted = torch.cat([full(x).flatten() for x in inputs])
        off = {}
        for inner in ((64, 128, 224), (64, 112, 192), (32, 64, 112)):
            thin = pruned(full, inner, inputs)
            assert inner_of(thin.state_dict()) == inner
            off[inner] = float((torch.cat([thin(x).flatten() for x in inputs]) - wanted).norm() / wanted.norm())
    assert off[64, 128, 224] < 1e-6 < off[64, 112, 192] < off[32, 64, 112] < 1


def test_a_thinner_network_comes_closer_to_the_full_one(full: torch.nn.Sequential, inputs: list[torch.Tensor]) -> None:
    follower = follow.Follower(pruned(full, (64, 64, 112), inputs), full, 1e-4, 400)
    stem, before = follower.thin.stem.weight.clone(), follower.compare(inputs)
    first = follower.advance(inputs[0])
    for _ in range(12):
        last = follower.advance(inputs[0])
    assert set(first) == {"stage2", "stage3", "head_relu", "cosine"}
    assert all(last[name] < first[name] for name in first)
    assert follower.compare(inputs)[0] > before[0]
    assert torch.equal(follower.thin.stem.weight, stem)
