"""The command line: thin commands over the Python API."""

from volteface.cli.main import main

__all__ = ["main"]
