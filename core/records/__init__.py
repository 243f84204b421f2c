"""The data that the engine exchanges with its callers: frozen records of numpy arrays, paths and numbers."""

from core.records.evidence import (
    DECIDED_BY,
    BitEvidence,
    Evidence,
    EvidenceSide,
    no_matches,
)
from core.records.inspection import EXPORT_KINDS, Inspection, LensSettings, Survey
from core.records.judgements import JUDGEMENTS, Judged, Quality
from core.records.library import STAR, Cluster, IndexReport, LibraryInfo, PhotoRecord, Skipped
from core.records.masks import (
    BIN_EDGES,
    BINS,
    LAYER_COLOURS,
    LOW_COVARIANCE,
    MASK_NAMES,
    CellMaps,
    Keypoints,
    MaskStatistics,
    MaskSummary,
    PhotoMasks,
)
from core.records.networks import LayerInfo, NetworkInfo
from core.records.pipelines import PipelineInfo
from core.records.search import JOINS, RANKINGS, Example, Hit, Query, Ranking, SavedQuery, Stability

__all__ = [
    "BINS",
    "BIN_EDGES",
    "DECIDED_BY",
    "EXPORT_KINDS",
    "JOINS",
    "JUDGEMENTS",
    "LAYER_COLOURS",
    "LOW_COVARIANCE",
    "MASK_NAMES",
    "RANKINGS",
    "STAR",
    "BitEvidence",
    "CellMaps",
    "Cluster",
    "Evidence",
    "EvidenceSide",
    "Example",
    "Hit",
    "IndexReport",
    "Inspection",
    "Judged",
    "Keypoints",
    "LayerInfo",
    "LensSettings",
    "LibraryInfo",
    "MaskStatistics",
    "MaskSummary",
    "NetworkInfo",
    "PhotoMasks",
    "PhotoRecord",
    "PipelineInfo",
    "Quality",
    "Query",
    "Ranking",
    "SavedQuery",
    "Skipped",
    "Stability",
    "Survey",
    "no_matches",
]
