"""What is said of hits: one tile each, and a sentence about all of them."""

from __future__ import annotations

from collections.abc import Mapping

from core.records import Hit, Query, Ranking, Stability
from gui.widgets.text import later, local, tr
from gui.widgets.tiles import Tile

JUDGED = {"good": later("good"), "ok": later("partly"), "junk": later("junk")}
"""What hits are judged as, in words: as in Oxford's ground truth."""

Bands = Mapping[int, tuple[int, int]]
"""By Hamming distance the ranks, first and last, of the hits at it."""


def bands_of(ranking: Ranking) -> Bands:
    """The bands of a ranking that knows distances only; empty for others."""
    found: dict[int, tuple[int, int]] = {}
    for hit in ranking.hits if ranking.ranking == "hamming" else ():
        found[hit.distance] = found.get(hit.distance, (hit.rank, 0))[0], hit.rank
    return found


def hit_tile(
    hit: Hit, ranking: Ranking, groups: Mapping[int, int], stability: Stability | None, bands: Bands, judged: str = ""
) -> Tile:
    """The tile of a hit.

    Args:
        bands: hits at one distance have no order among themselves; their ranks are shown as a range.
        groups: number of near-duplicates by the id of the first; empty: they are shown one by one.
        stability: of the ranking's box; None: not measured.
        judged: what a person said of it, of ``JUDGED``; empty: nothing.
    """
    numbers = tr("rank {rank}, score {score:.3f}, %n bits differ", "", hit.distance, rank=hit.rank, score=hit.score)
    words = [str(hit.photo.path), numbers]
    if hit.inliers:
        words.append(tr("verified: %n keypoints agree in geometry", "", hit.inliers))
    if hit.confidence is not None:
        words.append(tr("of hits like this one about {share:.0%} are right", share=hit.confidence))
    first, last = bands.get(hit.distance, (hit.rank, hit.rank))
    if first < last:
        count = last - first + 1
        shared = tr(
            "%n photos are at this distance, and share the ranks {first} to {last}", "", count, first=first, last=last
        )
        words.append(shared)
    caption = f"{hit.confidence * 100:.0f} %" if hit.confidence is not None else local(hit.score, ".2f")
    if bands:  # of codes alone, where many are equally near
        caption = f"{first}–{last}  ·  {caption}" if first < last else f"{first}  ·  {caption}"
    if groups.get(hit.like, 1) > 1:
        caption += f"  ×{groups[hit.like]}"
        words.append(tr("%n that are nearly the same", "", groups[hit.like]))
    if stability is not None and hit.photo.id in stability.stays:
        caption += f"  ⟲{stability.stays[hit.photo.id]}/{stability.boxes}"
        stays, boxes = stability.stays[hit.photo.id], stability.boxes
        words.append(tr("found by {stays} of {boxes} boxes near this one", stays=stays, boxes=boxes))
    if judged:
        caption += f"  {tr(JUDGED[judged])}"
        words.append(tr("you judged it: {kind}", kind=tr(JUDGED[judged])))
    likely = ranking.likely
    boxed = ranking.query.box is not None  # a whole photo lies nearly everywhere on its hits
    return Tile(
        hit.photo.path,
        caption,
        "\n".join(words),
        outline=_outline(hit) if boxed else (),
        sure=hit.inliers > 0,
        doubtful=likely is not None and hit.rank > likely,
    )


def state_of(ranking: Ranking, stability: Stability | None) -> str:
    """A sentence about a ranking with hits."""
    nearest = tr("%n nearest to {what}", "", len(ranking.hits), what=_what(ranking.query))
    if ranking.ranking == "verified":
        verified = sum(hit.inliers > 0 for hit in ranking.hits)
        begin = tr("%n verified", "", verified) if verified else tr("None verified")
        parts = [f"{begin}, {nearest}"]
    else:
        parts = [f"{nearest}, {ranking.seconds * 1000:.0f} ms"]
    if ranking.likely:
        parts.append(tr("%n likely right", "", ranking.likely))
    elif ranking.likely is not None:
        parts.append(tr("probably none is right"))
    if stability is not None and stability.boxes:
        parts.append(_firm(stability))
    if ranking.rejected:
        parts.append(tr("%n that you rejected are left out", "", ranking.rejected))
    return "; ".join(parts) + "."


def _firm(stability: Stability) -> str:
    """How many hits do not depend on the exact box, as a sentence."""
    firm = sum(count == stability.boxes for count in stability.stays.values())
    return tr(
        "{firm} of the first {hits} stay for all {boxes} boxes near this one",
        firm=firm,
        hits=len(stability.stays),
        boxes=stability.boxes,
    )


def _what(query: Query) -> str:
    """What the hits are near to, and what they are unlike."""
    wanted = 1 + sum(example.good for example in query.more)
    unwanted = len(query.more) + 1 - wanted
    what = tr("the box") if query.box else tr("the whole photo")
    if wanted > 1:
        what = tr("%n examples", "", wanted)
    return tr("{what}, unlike %n others", "", unwanted, what=what) if unwanted else what


def _outline(hit: Hit) -> tuple[tuple[float, float], ...]:
    """Where the query lies, in parts of the photo's sides."""
    width, height = hit.photo.width, hit.photo.height
    return tuple((x / width, y / height) for x, y in hit.corners or ()) if width and height else ()
