"""What is said of hits: one tile each, and a sentence about all of them."""

from __future__ import annotations

from collections.abc import Mapping

from core.records import Hit, Query, Ranking, Stability
from gui.tiles import Tile

Bands = Mapping[int, tuple[int, int]]
"""By Hamming distance the ranks, first and last, of the hits at it."""


def bands_of(ranking: Ranking) -> Bands:
    """The bands of a ranking that knows distances only; empty for others."""
    found: dict[int, tuple[int, int]] = {}
    for hit in ranking.hits if ranking.ranking == "hamming" else ():
        found[hit.distance] = found.get(hit.distance, (hit.rank, 0))[0], hit.rank
    return found


def hit_tile(hit: Hit, ranking: Ranking, groups: Mapping[int, int], stability: Stability | None, bands: Bands) -> Tile:
    """The tile of a hit.

    Args:
        bands: hits at one distance have no order among themselves, and are told the ranks they share.
        groups: number of near-duplicates by the id of the first; empty: they are shown one by one.
        stability: of the ranking's box; None: not measured.
    """
    words = f"{hit.photo.path}\nrank {hit.rank}, score {hit.score:.3f}, {hit.distance} bits differ"
    if hit.inliers:
        words += f"\nverified: {hit.inliers} keypoints agree in geometry"
    if hit.confidence is not None:
        words += f"\nof hits like this one about {hit.confidence:.0%} are right"
    first, last = bands.get(hit.distance, (hit.rank, hit.rank))
    if first < last:
        words += f"\n{last - first + 1} photos are at this distance, and share the ranks {first} to {last}"
    ranks = f"{first}–{last}" if first < last else f"{hit.rank}"
    caption = f"{ranks}  ·  {hit.score:.2f}" + (f"  ✓{hit.inliers}" if hit.inliers else "")
    if groups.get(hit.like, 1) > 1:
        caption += f"  ×{groups[hit.like]}"
        words += f"\n{groups[hit.like]} that are nearly the same"
    if stability is not None and hit.photo.id in stability.stays:
        caption += f"  ⟲{stability.stays[hit.photo.id]}/{stability.boxes}"
        words += f"\nfound by {stability.stays[hit.photo.id]} of {stability.boxes} boxes near this one"
    likely = ranking.likely
    boxed = ranking.query.box is not None  # a whole photo lies nearly everywhere on its hits
    return Tile(
        hit.photo.path,
        caption,
        words,
        outline=_outline(hit) if boxed else (),
        sure=hit.inliers > 0,
        doubtful=likely is not None and hit.rank > likely,
    )


def state_of(ranking: Ranking, stability: Stability | None) -> str:
    """A sentence about a ranking with hits."""
    what = _what(ranking.query)
    text = f"{len(ranking.hits)} nearest to {what}, {ranking.seconds * 1000:.0f} ms"
    if ranking.ranking == "verified":
        verified = sum(hit.inliers > 0 for hit in ranking.hits)
        text = f"{verified or 'None'} verified by geometry, {len(ranking.hits)} nearest to {what}"
    if ranking.likely is not None:
        text += (
            f"; {ranking.likely} likely right, then probably nothing more" if ranking.likely else "; probably none is right"
        )
    if stability is not None and stability.boxes:
        firm = sum(count == stability.boxes for count in stability.stays.values())
        text += f"; {firm} of the first {len(stability.stays)} stay for all {stability.boxes} boxes near this one"
    if ranking.apart:
        text += f"; {ranking.apart} that you told apart {'is' if ranking.apart == 1 else 'are'} left out"
    return text + "."


def _what(query: Query) -> str:
    """What the hits are near to, and what they are unlike."""
    wanted = 1 + sum(example.good for example in query.more)
    unwanted = len(query.more) + 1 - wanted
    what = "the box" if query.box else "the whole photo"
    if wanted > 1:
        what = f"{wanted} examples"
    return what + (f", unlike {unwanted} other{'s' if unwanted > 1 else ''}" if unwanted else "")


def _outline(hit: Hit) -> tuple[tuple[float, float], ...]:
    """Where the query lies, in parts of the photo's sides."""
    width, height = hit.photo.width, hit.photo.height
    return tuple((x / width, y / height) for x, y in hit.corners or ()) if width and height else ()
