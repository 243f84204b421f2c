"""The engine of Cropseek: everything but the window.  Imports no Qt."""
