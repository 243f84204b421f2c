"""The sample collection: ground truth fits the pictures, and drawing repeats."""

from __future__ import annotations

import json
from collections import Counter

import numpy as np
import pytest

from core.images import photo_size
from core.resources import SAMPLE
from resources.tools.render_sample import landscape, room, street


def test_ground_truth_fits_the_pictures() -> None:
    truth = json.loads((SAMPLE / "ground_truth.json").read_text())
    assert set(truth["photos"]) == {path.name for path in (SAMPLE / "photos").iterdir()}
    things: Counter[str] = Counter()
    for name, photo in truth["photos"].items():
        width, height = photo_size(SAMPLE / "photos" / name)
        for thing in photo["objects"]:
            x0, y0, x1, y1 = thing["box"]
            assert 0 <= x0 < x1 <= width
            assert 0 <= y0 < y1 <= height
            things[thing["thing"]] += 1
    assert min(things.values()) >= 4
    assert truth["start"]["photo"] in truth["photos"]


@pytest.mark.parametrize("render", [lambda: street(1, 2), lambda: room(3), lambda: landscape(4)])
def test_drawing_repeats(render: object) -> None:
    (first, _), (again, _) = render(), render()  # type: ignore[operator]
    assert np.array_equal(first, again)
