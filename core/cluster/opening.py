"""Connect to a cluster; the package that talks to it is loaded only then."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from core.records import Cluster
from core.util.extras import require
from core.util.progress import Ticket

if TYPE_CHECKING:
    from core.cluster.ray_index import RayCluster


def connected(
    cluster: Cluster | None, device: str, weights: Path | None, ticket: Ticket
) -> AbstractContextManager[RayCluster | None]:
    """The cluster, for a ``with`` statement; None: no cluster was asked for.

    Raises:
        UserError: the package for clusters is missing; on entry also as ``RayCluster``.
    """
    if cluster is None:
        return nullcontext()
    for package in ("ray", "pyarrow"):
        require(package, "cluster", "clusters")
    from core.cluster.ray_index import RayCluster

    return RayCluster(cluster.address, cluster.shards, device, weights, ticket)
