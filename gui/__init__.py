"""The window of Cropseek: PySide6 over ``core.engine``.  Computes nothing itself."""
