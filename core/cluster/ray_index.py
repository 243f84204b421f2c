"""Have photos described by the machines of a Ray cluster.

    files -> blocks -> a task each, on any machine -> shards in a common folder -> entries, which this process stores

Storing, moves and photos that are gone stay the work of ``core.indexing.run``, in the process that calls it, the driver.
A task whose worker or machine dies runs again on another.  When the driver dies, its tasks end; the next run takes what is
in shards, and only other files are described.
"""

from __future__ import annotations

import contextlib
import logging
import os
import re
import socket
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import ray
from ray.exceptions import RayError

from core import __version__
from core.chain.describer import Describer
from core.chain.fits import fit_key
from core.chain.model_file import dump_describer
from core.cluster import entrance
from core.cluster.blocks import BLOCK, Wanted, shards_of
from core.cluster.shards import DAMAGED, File, file_key, read_shard, shard_name
from core.library.entries import Entry
from core.photos.scan import PhotoFile, absolute
from core.util.errors import UserError
from core.util.progress import Ticket

POLL_S = 0.5
"""Seconds between two looks at a cancelled ticket."""

CONNECT_S = 5.0

SEEN_S = 30.0
"""Seconds within which a network disk shows a file that another machine has written."""

AHEAD = 2
"""Blocks that are given out for each core of the cluster, so that none waits for this process."""

_log = logging.getLogger("cropseek.cluster")


class RayCluster:
    """A Ray cluster that describes photos, while the block of ``with`` lasts; see ``core.indexing.passes.Elsewhere``.

    Args:
        address: HOST:PORT of the cluster's head.  It must be trusted, as Ray runs what its members send.
        shards: a folder that all machines see at this path.
        device: of the networks, on each machine.
        weights: a file with the backbone's weights, which all machines see at this path.
        ticket: cancels the wait for the machines.

    Raises:
        UserError: no address, nobody there, or a cluster that does not let this process in.
    """

    what = "indexing on the cluster"

    def __init__(self, address: str, shards: Path, device: str, weights: Path | None, ticket: Ticket) -> None:
        self._address, self._shards, self._ticket = address, absolute(shards), ticket
        self._device, self._weights = device, "" if weights is None else str(absolute(weights))
        self._printed = contextlib.ExitStack()

    def __enter__(self) -> RayCluster:
        _knock(self._address)
        # Ray prints to standard output which workers died, where our callers' documents go.
        self._printed.enter_context(contextlib.redirect_stdout(sys.stderr))
        try:
            ray.init(address=self._address, log_to_driver=False, logging_level=logging.ERROR, include_dashboard=False)
        except (RayError, ConnectionError, RuntimeError, ValueError, OSError) as error:
            self._printed.close()
            _log.warning("connecting to %s: %s", self._address, error)
            raise UserError("the cluster does not let this computer in", self._address, _HINT) from error
        # Ray has no public way to give a module of ours to machines where it is not on the path.
        ray.cloudpickle.register_pickle_by_value(entrance)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        ray.shutdown()  # which ends the tasks that run
        self._printed.close()

    def described(
        self, files: Sequence[PhotoFile], describer: Describer, claim: Callable[[Entry], bool], layout: str
    ) -> Iterator[tuple[Entry, bool]]:
        """As ``core.indexing.pipeline.described``; entries come in the order in which blocks are ready.

        Raises:
            UserError: a machine cannot describe photos (another Cropseek, no weights), or its shards are not seen here.
            Cancelled: by the ticket.
        """
        model = dump_describer(describer.config, describer.stages)
        folder = self._shards / f"{fit_key(model)[:16]}-{layout}-{__version__}"
        wanted = Wanted(files)
        for shard in shards_of(folder, wanted):
            told = (entry for entry in read_shard(shard) if not entry.passing)
            yield from _claimed(told, wanted, claim)
        _log.info("%d of %d photos are in shards already", len(files) - len(wanted), len(files))
        order = {"shards": str(folder), "layout": layout, "device": self._device, "weights": self._weights}
        for shard in self._written(order, model, wanted, len(files)):
            yield from _claimed(_read_when_seen(shard), wanted, claim)

    def _written(self, order: dict[str, Any], model: bytes, wanted: Wanted, total: int) -> Iterator[Path]:
        """The shards of the wanted files, each as soon as a machine has written it."""
        task = ray.remote(entrance.describe_there).options(
            max_retries=-1,
            scheduling_strategy="SPREAD",
            num_cpus=1,
            num_gpus=1 if self._device.startswith("cuda") else 0,
            name="describe photos",
        )
        shared, blocks, running = ray.put(model), wanted.blocks(BLOCK), dict[Any, Path]()
        for block in blocks:
            keys = [file_key(file.path, file.size, file.mtime_ns) for file in block]
            files = [(str(file.root), file.name, file.size, file.mtime_ns) for file in block]
            running[task.remote(__version__, order, shared, files)] = Path(order["shards"]) / shard_name(keys)
            while len(running) >= _room():
                yield from self._ready(running, wanted, total)
        while running:
            yield from self._ready(running, wanted, total)

    def _ready(self, running: dict[Any, Path], wanted: Wanted, total: int) -> Iterator[Path]:
        """The shards of the tasks that have ended, after a wait of at most ``POLL_S``."""
        try:
            for task in ray.wait(list(running), num_returns=1, timeout=POLL_S)[0]:
                if why := ray.get(task):
                    raise UserError(why, self._address, "What was described so far is kept.")
                yield running.pop(task)
        except RayError as error:
            _log.exception("a task failed")
            raise UserError(f"the cluster failed ({type(error).__name__})", self._address, "Try again.") from error
        self._ticket.checkpoint(total - len(wanted), total, self.what)


_HINT = (
    "Is Ray's head at this address, does a Ray of this version and Python run on this computer as a member,"
    " and is the token right?"
)


def _room() -> int:
    """How many blocks may be given out."""
    return max(2, int(AHEAD * ray.cluster_resources().get("CPU", 1)))


def _claimed(entries: Iterator[Entry], wanted: Wanted, claim: Callable[[Entry], bool]) -> Iterator[tuple[Entry, bool]]:
    """Entries of wanted files, and whether they must be stored; those of moved photos must not."""
    for entry in entries:
        key: File = file_key(entry.path, entry.size, entry.mtime_ns)
        if wanted.take(key):
            yield entry, bool(entry.reason) or not claim(entry)


def _read_when_seen(shard: Path) -> Iterator[Entry]:
    """The entries of a shard that another machine says it has written.

    Raises:
        UserError: it is not seen here.
    """
    deadline = time.monotonic() + SEEN_S
    while True:
        try:
            os.listdir(shard.parent)  # has a network disk look again
            entries = list(read_shard(shard))
        except DAMAGED as error:
            if time.monotonic() > deadline:
                hint = "All machines must see the same folder at the same path."
                raise UserError("this computer does not see what the cluster wrote", str(shard.parent), hint) from error
            time.sleep(POLL_S)
        else:
            return iter(entries)


def _knock(address: str) -> None:
    """Check that somebody is there, as Ray waits for minutes.

    Raises:
        UserError: nobody, or no address.
    """
    found = re.fullmatch(r"\[?([\w.:-]+?)\]?:(\d{1,5})", address)
    if found is None or int(found[2]) > 65535:
        raise UserError("this is not the address of a cluster", "--cluster", "Write HOST:PORT, as 'ray start --head' says.")
    try:
        socket.create_connection((found[1], int(found[2])), CONNECT_S).close()
    except OSError as error:
        raise UserError("no cluster answers there", address, "Start it with 'ray start --head'.") from error
