"""Parsing metadata: every value is converted to a type, or dropped with a note."""

from __future__ import annotations

import datetime
import os
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from core.photos.exif import LONGEST, TAGS, exif_of, parse_date, parse_orientation, read_metadata
from tests.core.photos.makers import exif_block

EXAMPLES = int(os.environ.get("CROPSEEK_EXAMPLES", "300"))
"""Number of examples of each property: few in the suite; for a long run set it, and run this file."""

LONG_RUN = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))

values = st.one_of(
    st.text(max_size=200), st.binary(max_size=200), st.integers(), st.floats(), st.none(),
    st.tuples(st.integers(), st.floats()), st.lists(st.text(max_size=3), max_size=4), st.just("2024:05:06 07:08:09"),
    st.from_regex(r"\A[0-9]{1,4}[:/.-][0-9]{1,2}[:/.-][0-9]{1,2}[ T][0-9]{1,2}:[0-9]{1,2}(:[0-9]{1,2})?.{0,3}\Z"),
)  # fmt: skip
known = [0x0112, 0x0132, 0x9003, 0x9004, 1, 2, 3, 4, *(tag for _, tag, _ in TAGS)]
directories = st.dictionaries(st.sampled_from(known), values)
entries = st.lists(
    st.tuples(
        st.sampled_from([0x0100, 0x0112, 0x0132, 0x8769, 0x8825, 0x9003, 0x829A, 0x010F, 0x9286, 0xA434]),
        st.integers(0, 13),
        st.binary(max_size=40),
    ),
    max_size=8,
)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2024:05:06 07:08:09", "2024-05-06 07:08:09"),
        ("2024:05:06 07:08:09\0junk\x01", "2024-05-06 07:08:09"),
        (b"2024:05:06 07:08:09\0", "2024-05-06 07:08:09"),
        ("2024-05-06T07:08:09", "2024-05-06 07:08:09"),
        ("2024-05-06T07:08:09.123+02:00", "2024-05-06 07:08:09"),
        ("2024-05-06T07:08:09Z", "2024-05-06 07:08:09"),
        ("2024/05/06", "2024-05-06 00:00:00"),
        ("2024:05:06 07:08", "2024-05-06 07:08:00"),
        ("2024:5:6 7:08:09", "2024-05-06 07:08:09"),
        ("AAAA", ""),
        ("AAAA BBBB", ""),
        ("9999-99-99", ""),
        ("9999:99:99 99:99:99", ""),
        ("0000:00:00 00:00:00", ""),
        ("2023:02:29 00:00:00", ""),
        ("2024:05:06 24:00:00", ""),
        ("2024:05:06\n07:08:09", ""),
        ("٢٠٢٤:05:06 07:08:09", ""),
        ("", ""),
        (None, ""),
        (20240506, ""),
        ((2024, 5, 6), ""),
    ],
)
def test_dates(written: object, read: str) -> None:
    assert parse_date(written) == read


def test_the_next_date_stands_in_for_one_that_is_none() -> None:
    blocks: dict[int, dict[int, str]] = {0x8769: {0x9003: "9999-99-99"}}
    found = read_metadata({0x0132: "2024:05:06 07:08:09"}, lambda number: blocks.get(number, {}))
    assert found.taken == "2024-05-06 07:08:09"
    assert found.notes == ("its date is not valid",)


def test_only_eight_turns_are_turns() -> None:
    assert [turn for turn in (*range(-3, 12), True, 1.0, "1", None, (1,)) if parse_orientation(turn)] == list(range(1, 9))


def check(taken: str, orientation: int, details: tuple[tuple[str, str], ...], notes: tuple[str, ...]) -> None:
    """The guarantees to every reader."""
    if taken:
        assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", taken, re.ASCII)
        assert datetime.datetime.fromisoformat(taken).year >= 1800
    assert orientation in range(1, 9)
    for name, value in details:
        assert name.isprintable()
        assert value.isprintable()
        assert 0 < len(value) <= LONGEST
        value.encode("utf-8")
    assert all(note.isprintable() and len(note) <= LONGEST for note in notes)
    assert len(set(notes)) == len(notes)


@LONG_RUN
@given(directories, directories, directories)
def test_whatever_the_directories_hold(main: dict[int, Any], taken: dict[int, Any], place: dict[int, Any]) -> None:
    found = read_metadata(main, lambda number: taken if number == 0x8769 else place)
    check(found.taken, found.orientation, found.details, found.notes)


@LONG_RUN
@given(entries, entries, st.binary(max_size=60))
def test_whatever_bytes_the_block_has(
    main: list[tuple[int, int, bytes]], taken: list[tuple[int, int, bytes]], more: bytes
) -> None:
    found = exif_of(Image.new("RGB", (1, 1)), exif_block(main, taken) + more)
    check(found.taken, found.orientation, found.details, found.notes)


@LONG_RUN
@given(st.binary(max_size=300))
def test_whatever_stands_in_the_place_of_a_block(data: bytes) -> None:
    for start in (b"", b"Exif\0\0", b"Exif\0\0II*\0\x08\0\0\0", b"MM\0*\0\0\0\x08"):
        found = exif_of(Image.new("RGB", (1, 1)), start + data)
        check(found.taken, found.orientation, found.details, found.notes)
