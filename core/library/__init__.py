"""The library file: what is kept of a collection, read and written; and what lies beside it."""

from core.library.library import Library
from core.library.opening import create_library, open_library

__all__ = ["Library", "create_library", "open_library"]
