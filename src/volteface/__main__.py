"""`python -m volteface` is the same as `volteface`."""

from volteface.cli import main

main()
