"""Texts that a stranger or a typing hand may give: describer files, saved queries, words of a filter.

    python -m tests.fuzz.texts [--count 20000]

Each must be read or refused with a sentence, and with nothing else; a traceback ends the run.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import random
import time
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.chain.model_file import parse_describer
from core.chain.presets import shipped_file
from core.library.filters import HELP, parse_filter, plain_words
from core.library.saved_queries import parse_query
from core.records import PhotoRecord
from core.util.errors import UserError
from tests.fuzz.libraries import JSONS, mutated_describer

PHOTO = PhotoRecord(
    Path("/photos/Rome/Night Tower.jpg"), 1, 4000, 3000, "indexed", "", "2024-05-06 07:08:09", ("*", "roof")
)

CHECKS = [HealthCheck.too_slow, HealthCheck.data_too_large]

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
)
QUERIES = (
    st.sampled_from(JSONS)
    | st.text()
    | st.fixed_dictionaries(
        {"photo": VALUES, "ranking": st.just("cells") | VALUES},
        optional={"box": VALUES, "cells": VALUES, "more": VALUES, "how": VALUES, "only": VALUES},
    ).map(json.dumps)
)
WORDS = st.text() | st.lists(
    st.sampled_from([*HELP.replace(",", "").split(), "-", "date:", "size:>", "size:>9999MP", '"', "'", "\\", ":", "is:x"])
    | st.text(max_size=6)
).map(" ".join)


def query_is_read_or_refused(text: str) -> None:
    """A saved query."""
    with contextlib.suppress(UserError):
        kept = parse_query("it", text, Path("x.cropseek"))
        for part, _ in kept.query.parts():
            part.path.exists()


def filter_is_read_or_refused(text: str) -> None:
    """Words of a filter, and the photo that they are tried on."""
    with contextlib.suppress(UserError):
        parse_filter(text)(PHOTO)
    plain_words(text)


def describer_is_read_or_refused(number: int) -> None:
    """A mutation of the standard describer's file."""
    path = shipped_file("standard")
    assert path is not None
    with contextlib.suppress(UserError):
        parse_describer(mutated_describer(path.read_bytes(), random.Random(number)), "it")


def run(count: int) -> dict[str, float]:
    """So many of each, a fiftieth of the describers; returns the seconds each took."""
    taken = {}
    targets = {
        "saved queries": (given(QUERIES)(query_is_read_or_refused), count),
        "filter words": (given(WORDS)(filter_is_read_or_refused), count),
        "describer files": (given(st.integers(0, 10**9))(describer_is_read_or_refused), max(1, count // 50)),
    }
    for name, (target, number) in targets.items():
        started = time.monotonic()
        settings(max_examples=number, deadline=None, derandomize=True, database=None, suppress_health_check=CHECKS)(
            target
        )()
        taken[name] = round(time.monotonic() - started, 1)
    return taken


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--count", type=int, default=20_000)
    print(json.dumps({"seconds": run(parser.parse_args().count)}))
