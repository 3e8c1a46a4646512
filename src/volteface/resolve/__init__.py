"""Mentions → actors and places, each with its reasons."""

from volteface.resolve.cast import Cast, Grounding, cast
from volteface.resolve.register import Register, register

__all__ = ["Cast", "Grounding", "Register", "cast", "register"]
