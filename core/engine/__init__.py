"""The façade: everything that the window and the command line may call, with its types and constants.

Importing it does not import torch, OpenCV, FAISS or scikit-learn.  These take seconds to load and are imported on first
use, on the calling thread.  The records that it returns are in ``core.records``, boxes in ``core.geometry``.
"""

from core.backbones import check_device
from core.browse.service import Arrangement
from core.chain.config import CHOICES, RANGES
from core.chain.presets import DEFAULT_PRESET
from core.chain.subwindows import DEFAULT_LAYOUT, LAYOUTS, subwindow_count
from core.engine.engine import Engine, Opened
from core.evaluation.judgements import is_for
from core.evaluation.quality import quality
from core.exports.hits import collect, export_hits
from core.fitting.pipelines import changed
from core.library.filters import HELP, parse_filter
from core.library.kinds import Kind
from core.library.listing import Listing
from core.library.opening import agree_to_library
from core.library.ordering import Order, ordered
from core.library.saved_queries import dump_query, parse_query
from core.masks.painted import cells_of, mask_of, read_cells
from core.photos.details import photo_details
from core.photos.disk import is_folder, is_there
from core.photos.images import SUFFIXES, Rgb, reduced
from core.photos.scan import present
from core.photos.workers import DECODER, begin_decoding
from core.remote.address import address_of, is_address, shown
from core.remote.causes import PasswordError, ServerGoneError
from core.remote.opening import kind_of, load_driver, publish_library
from core.remote.passwords import use_password
from core.search.service import BEST_RANKING, DEFAULT_RANKING, DEPTH, LIVE_DEPTH, VERIFIED
from core.search.stability import poor, scaled
from core.util.battery import on_battery
from core.util.errors import PassingError, UserError
from core.util.log import last_lines, log_file, log_versions, package_version, start_log, stop_log, versions
from core.util.progress import Cancelled, Pace, Ticket
from core.util.resources import DESKTOP, SAMPLE, TRANSLATIONS, cache_folder, own_folder
from core.util.threads import stand_back

__all__ = [
    "BEST_RANKING",
    "CHOICES",
    "DECODER",
    "DEFAULT_LAYOUT",
    "DEFAULT_PRESET",
    "DEFAULT_RANKING",
    "DEPTH",
    "DESKTOP",
    "HELP",
    "LAYOUTS",
    "LIVE_DEPTH",
    "RANGES",
    "SAMPLE",
    "SUFFIXES",
    "TRANSLATIONS",
    "VERIFIED",
    "Arrangement",
    "Cancelled",
    "Engine",
    "Kind",
    "Listing",
    "Opened",
    "Order",
    "Pace",
    "PassingError",
    "PasswordError",
    "Rgb",
    "ServerGoneError",
    "Ticket",
    "UserError",
    "address_of",
    "agree_to_library",
    "begin_decoding",
    "cache_folder",
    "cells_of",
    "changed",
    "check_device",
    "collect",
    "dump_query",
    "export_hits",
    "is_address",
    "is_folder",
    "is_for",
    "is_there",
    "kind_of",
    "last_lines",
    "load_driver",
    "log_file",
    "log_versions",
    "mask_of",
    "on_battery",
    "ordered",
    "own_folder",
    "package_version",
    "parse_filter",
    "parse_query",
    "photo_details",
    "poor",
    "present",
    "publish_library",
    "quality",
    "read_cells",
    "reduced",
    "scaled",
    "shown",
    "stand_back",
    "start_log",
    "stop_log",
    "subwindow_count",
    "use_password",
    "versions",
]
