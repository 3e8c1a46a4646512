"""What people look at."""

from volteface.show.listing import brief, listing
from volteface.show.terminal import show

__all__ = ["brief", "listing", "show"]
