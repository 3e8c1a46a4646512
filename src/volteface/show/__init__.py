"""What people look at."""

from volteface.show.listing import brief, listing
from volteface.show.profile import show_profile
from volteface.show.terminal import show

__all__ = ["brief", "listing", "show", "show_profile"]
