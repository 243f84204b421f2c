"""Near-duplicates of a collection: the quick search finds the same as comparing all pairs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.browse.duplicates import near_duplicates
from core.hashing.bits import hamming
from core.library.listing import Listing, PhotoRow
from core.library.ordering import ordered
from core.search.ranking.groups import LIMIT, groups
from core.util.progress import Cancelled, Ticket


def changed(codes: np.ndarray, bits: int, random: np.random.Generator) -> np.ndarray:
    """The codes with some of their bits flipped."""
    out = codes.copy()
    for code in out:
        for bit in random.choice(8 * codes.shape[1], bits, replace=False):
            code[bit // 8] ^= 1 << (bit % 8)
    return out


def test_the_quick_way_finds_copies_among_many() -> None:
    random = np.random.default_rng(1)
    originals = random.integers(0, 256, (4000, 64), dtype=np.uint8)
    for bits, share in ((4, 1.0), (20, 0.99), (34, 0.95)):
        codes = np.concatenate([originals, changed(originals[:200], bits, random)])
        found = near_duplicates(codes, Ticket())
        assert np.mean(found[4000:] == np.arange(200)) >= share
        assert np.array_equal(found[:4000], np.arange(4000))


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 2**32 - 1), st.integers(1, 40))
def test_groups_lie_around_their_first_photo(seed: int, count: int) -> None:
    random = np.random.default_rng(seed)
    base = random.integers(0, 256, (max(count // 3, 1), 8), dtype=np.uint8)
    codes = np.concatenate([changed(base, bits, random) for bits in (0, 1, 3, 5)])
    found = near_duplicates(codes, Ticket())
    assert all(found[found[row]] == found[row] <= row for row in range(len(codes)))
    limit = LIMIT * 64
    for row, leader in enumerate(found.tolist()):
        if leader != row:
            assert hamming(codes[leader], codes[row]) < limit
    # A photo without a group is near to no leader before it.
    leaders = [row for row in range(len(codes)) if found[row] == row]
    for row in leaders:
        assert all(hamming(codes[other], codes[row]) >= limit for other in leaders if other < row)
    assert found.tolist() == groups(codes)


def test_many_equal_photos_are_one_group_quickly() -> None:
    codes = np.tile(np.arange(64, dtype=np.uint8), (20_000, 1))
    assert not near_duplicates(codes, Ticket()).any()


@pytest.mark.parametrize("count", [0, 1])
def test_few_photos_have_no_duplicates(count: int) -> None:
    assert near_duplicates(np.zeros((count, 64), np.uint8), Ticket()).tolist() == list(range(count))


def test_it_can_be_stopped() -> None:
    ticket = Ticket()
    ticket.cancel()
    with pytest.raises(Cancelled):
        near_duplicates(np.zeros((50, 64), np.uint8), ticket)


def test_groups_are_sections_and_what_stands_alone_is_not_shown() -> None:
    listing = Listing([PhotoRow("/r", f"{index}.jpg", index) for index in range(8)])
    groups = {6: 1, 1: 1, 3: 2, 2: 2, 7: 1, 5: 0}
    order = ordered(listing, "", "duplicates", groups=groups)
    assert order.rows.tolist() == [1, 6, 7, 2, 3]
    assert order.starts.tolist() == [0, 3]
    assert order.titles == ("3", "2")
    assert ordered(listing, "-7 -3", "duplicates", groups=groups).rows.tolist() == [1, 6]
    assert not len(ordered(listing, "", "duplicates", groups={}).rows)
