"""The results printed in the paper (mAP in per cent; ALGORITHMS section 12), to compare ours with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

THREE = ("oxford5k", "paris6k", "holidays")
SIX = ("oxford5k", "oxford105k", "paris6k", "paris106k", "holidays", "holidays1m")
FIVE = SIX[:5]

TABLE_III: dict[str, dict[str, tuple[float, float, float, float]]] = {
    "fv+average": {
        "oxford5k": (67.8, 65.1, 65.5, 59.5), "paris6k": (78.4, 76.4, 75.8, 68.0), "holidays": (83.2, 80.0, 81.5, 78.2)},
    "fv+democratic": {
        "oxford5k": (72.2, 71.8, 72.0, 69.6), "paris6k": (84.5, 82.2, 82.4, 76.9), "holidays": (87.8, 86.7, 87.1, 85.2)},
    "vlad+sum": {
        "oxford5k": (66.3, 65.6, 66.4, 65.1), "paris6k": (77.7, 74.5, 76.0, 73.2), "holidays": (83.3, 82.0, 83.6, 82.7)},
    "vlad+democratic": {
        "oxford5k": (69.2, 70.5, 71.3, 69.4), "paris6k": (80.3, 79.5, 81.3, 79.3), "holidays": (85.5, 86.4, 87.5, 86.1)},
    "temb+democratic": {
        "oxford5k": (75.8, 75.7, 75.3, 73.4), "paris6k": (86.9, 84.8, 85.3, 83.9), "holidays": (89.1, 88.1, 88.6, 87.3)},
    "faemb+democratic": {
        "oxford5k": (75.2, 74.7, 74.4, 73.8), "paris6k": (86.6, 85.9, 85.6, 82.9), "holidays": (88.6, 88.4, 88.5, 86.4)},
}  # fmt: skip
"""By framework and data set: MAX, SUM, SIFT, no mask."""

TABLE_V: dict[tuple[str, int], dict[str, float]] = {
    ("sum", 724): {"oxford5k": 56.4, "paris6k": 79.3}, ("sum", 1024): {"oxford5k": 64.0, "paris6k": 78.6},
    ("max", 724): {"oxford5k": 60.9, "paris6k": 81.2}, ("max", 1024): {"oxford5k": 65.7, "paris6k": 81.6},
}  # fmt: skip

TABLE_VI: dict[str, tuple[float, float, float]] = {
    "conv5_3": (72.2, 83.2, 88.4),
    "conv5_3+conv5_2": (73.3, 83.5, 90.4),
    "conv5_3+conv5_1": (74.2, 83.8, 90.9),
    "conv5_3+conv5_2+conv5_1": (74.8, 84.5, 90.8),
}
"""By layers: Oxford5k, Paris6k, Holidays."""

BITS = (64, 128, 256, 512)

TABLE_VII: dict[tuple[str, int], tuple[tuple[float, float, float, float], ...]] = {
    ("itq", 512): ((18.3, 31.6, 45.0, 57.3), (32.9, 49.7, 63.0, 74.7), (57.5, 70.7, 79.5, 83.5)),
    ("itq", 1024): ((18.7, 29.5, 42.9, 55.8), (33.5, 49.0, 61.0, 72.4), (58.7, 71.5, 79.4, 82.9)),
    ("itq", 2048): ((18.3, 27.7, 38.4, 50.3), (28.4, 44.3, 57.9, 68.6), (57.9, 71.1, 79.1, 82.3)),
    ("itq", 4096): ((16.0, 23.0, 33.6, 45.8), (26.1, 40.1, 52.9, 65.4), (56.1, 70.2, 78.8, 80.5)),
    ("rba", 512): ((17.8, 31.3, 45.3, 57.1), (31.5, 50.8, 63.7, 74.9), (56.7, 71.6, 78.5, 83.2)),
    ("rba", 1024): ((18.4, 30.1, 42.7, 55.7), (32.8, 49.4, 61.3, 72.8), (57.6, 71.1, 79.3, 82.7)),
    ("rba", 2048): ((17.3, 30.9, 39.1, 53.5), (29.0, 45.0, 59.1, 68.6), (57.1, 70.8, 78.8, 81.8)),
    ("rba", 4096): ((15.7, 25.1, 39.0, 48.3), (25.8, 39.3, 55.6, 64.6), (55.6, 67.5, 77.5, 80.1)),
    ("kmh", 512): ((18.5, 26.5, 39.1, 54.4), (32.0, 45.7, 61.6, 75.3), (53.4, 65.0, 75.0, 80.8)),
    ("kmh", 1024): ((18.1, 28.1, 41.4, 53.5), (30.0, 48.3, 61.4, 73.7), (54.6, 68.0, 78.0, 82.4)),
    ("kmh", 2048): ((15.7, 26.7, 38.5, 51.4), (26.0, 40.8, 56.7, 69.2), (51.2, 68.4, 76.4, 81.2)),
    ("kmh", 4096): ((13.4, 20.7, 31.2, 47.0), (21.1, 33.3, 49.8, 63.7), (50.0, 63.2, 72.8, 80.1)),
}
"""By method and dimension, for Oxford5k, Paris6k and Holidays: 64, 128, 256 and 512 bits."""

_: float | None = None
TABLE_VIII: dict[tuple[str, int], tuple[float | None, ...]] = {
    ("SIFT T-emb", 512): (52.8, 46.1, _, _, 61.7, 46.9), ("SIFT T-emb", 1024): (56.0, 50.2, _, _, 72.0, 49.4),
    ("SIFT F-FAemb", 512): (53.9, 50.9, _, _, 69.0, 65.3), ("SIFT F-FAemb", 1024): (58.2, 53.2, _, _, 70.8, 68.5),
    ("SPoC", 256): (53.1, _, 50.1, _, 80.2, _), ("MOP-CNN", 512): (_, _, _, _, 78.4, _),
    ("CroW", 512): (70.8, 65.3, 79.7, 72.2, 85.1, _), ("MAC", 512): (56.4, 47.8, 72.3, 58.0, 76.7, _),
    ("R-MAC", 512): (66.9, 61.6, 83.0, 75.7, 86.6, 71.5),
    ("NetVLAD", 1024): (62.6, _, 73.3, _, 87.3, _), ("NetVLAD", 4096): (66.6, _, 77.4, _, 88.3, _),
    ("SIFT mask", 512): (64.4, 59.4, 79.5, 70.6, 86.5, _), ("SIFT mask", 1024): (69.9, 64.3, 81.7, 73.8, 87.1, _),
    ("SUM mask", 512): (64.0, 58.8, 78.6, 70.4, 86.4, _), ("SUM mask", 1024): (70.8, 64.4, 80.6, 73.8, 86.9, _),
    ("MAX mask", 512): (65.7, 60.5, 81.6, 72.4, 85.0, 71.9), ("MAX mask", 1024): (72.2, 67.9, 83.2, 76.1, 88.4, 79.1),
    ("MAX conv5-3,2,1", 512): (69.2, 65.3, 82.5, 74.0, 88.7, 73.0),
    ("MAX conv5-3,2,1", 1024): (74.8, 70.4, 84.5, 78.6, 90.8, 81.7),
    ("siaMAC + MAC", 512): (79.7, 73.9, 82.4, 74.6, 79.5, _), ("siaMAC + R-MAC", 512): (77.0, 69.2, 83.8, 76.4, 82.5, _),
    ("NetVLAD*", 1024): (69.2, _, 76.5, _, 86.5, _), ("NetVLAD*", 4096): (71.6, _, 79.7, _, 87.5, _),
    ("siaMAC + MAX", 512): (77.7, 72.7, 83.2, 76.5, 86.3, _), ("siaMAC + MAX", 1024): (81.4, 77.4, 84.8, 78.9, 88.9, 82.1),
    ("siaMAC + MAX", 4096): (83.8, 80.6, 88.3, 83.1, 90.1, _),
    ("NetVLAD* + MAX", 1024): (75.2, 71.7, 84.4, 76.9, 91.5, _),
    ("NetVLAD* + MAX", 4096): (78.2, 75.7, 87.8, 81.8, 92.2, _),
}  # fmt: skip
"""By method and dimension: Oxford5k, Oxford105k, Paris6k, Paris106k, Holidays, Holidays with 1M."""

TABLE_IX: dict[str, tuple[float, ...]] = {
    "siaMAC + MAC, 16 floats": (56.2, 45.5, 57.3, 43.4, 51.3),
    "siaMAC + R-MAC, 16 floats": (46.9, 37.9, 58.8, 45.6, 54.4),
    "GeM, 16 floats": (56.2, 44.4, 63.5, 45.5, 60.9),
    "MAX, 256 bits": (45.0, 38.3, 63.0, 50.5, 79.5),
    "MAX, 512 bits": (57.3, 49.8, 74.7, 56.1, 83.5),
    "siaMAC + MAX, 256 bits": (58.5, 49.1, 74.1, 63.6, 79.9),
    "siaMAC + MAX, 512 bits": (68.9, 60.9, 79.1, 70.3, 83.6),
}
"""By row: Oxford5k, Oxford105k, Paris6k, Paris106k, Holidays."""

ILIAS: dict[str, tuple[float, float]] = {
    "alexnet": (1.9, 1.3), "vgg16": (2.3, 1.6), "resnet50": (2.5, 1.8), "resnet101": (2.7, 1.8),
}  # fmt: skip
"""mAP@1k of global descriptors of networks trained on ImageNet, at 384 pixels, among 5 and 100 million distractors, as the
authors of ILIAS list them with their data set (not of our paper)."""


def by_protocol(names: Sequence[str], values: Sequence[float | None]) -> Mapping[str, float]:
    """The printed results by protocol, without gaps."""
    return {name: value for name, value in zip(names, values, strict=True) if value is not None}
