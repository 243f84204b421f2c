"""The window of Cropseek: PySide6 over ``core.engine``.  Computes nothing itself.

Every ``QObject`` class here belongs to the window's thread: its methods are called and its signals are emitted
there, unless its docstring says otherwise.  Background work is given to ``gui.state.jobs``.
"""
