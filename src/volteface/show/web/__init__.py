"""The reading room: the database as pages in a browser (docs/decisions/0098-reading-room.md)."""

from volteface.show.web.app import make_app
from volteface.show.web.guard import is_loopback

__all__ = ["is_loopback", "make_app"]
