"""The engine of Cropseek: everything but the window.  Imports no Qt."""

__version__ = "0.1.0"
