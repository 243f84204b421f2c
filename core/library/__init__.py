"""The library file with an indexed collection: reading and writing it, and the files beside it."""

from core.library.library_file import LibraryFile
from core.library.opening import create_library, open_library

__all__ = ["LibraryFile", "create_library", "open_library"]
