"""What people look at."""

from volteface.show.terminal import listing, show

__all__ = ["listing", "show"]
