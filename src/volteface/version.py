"""The package's version; the only place it stands."""

VERSION = "0.1.0"
