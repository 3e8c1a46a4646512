"""Everything that can go wrong on purpose: one base exception and its few kinds."""

from __future__ import annotations


class VoltefaceError(Exception):
    """Base of every error this package raises itself."""


class InputError(VoltefaceError):
    """A page cannot be read. The message names the source and says what is wrong with it."""

    def __init__(self, source: str, problem: str) -> None:
        super().__init__(f"{source}: {problem}")
        self.source = source
        self.problem = problem


class CodebookError(VoltefaceError):
    """A bundled or user data file is not what its schema says."""


class ModelError(VoltefaceError):
    """A trained model is missing, damaged, or of another version than the code expects."""


class StoreError(VoltefaceError):
    """The database cannot be opened, is locked, is of a newer schema, or a query is not allowed."""


class DatabaseBusy(StoreError):
    """Another process has the database, and does not let it go in time."""


class OldSchema(StoreError):
    """The database was made by an older version, and only who writes it brings it up to date."""


class TooSlow(StoreError):
    """A question took longer than it may, and was stopped."""


class NotStored(StoreError):
    """What is asked for by its name is not in the database."""


class QueryRefused(StoreError):
    """A query from a page is not allowed, is wrong, or needs too much. The message is for who asked it."""


class TooManyQueries(StoreError):
    """So many queries run already that another has to come later."""


class DecisionRefused(StoreError):
    """A decision makes no sense, or contradicts one that holds. The message is for who decides."""


class DecidedAlready(DecisionRefused):
    """A decision that holds says just that."""

    def __init__(self, decision: int) -> None:
        super().__init__(f"decision {decision} says so already")
        self.decision = decision
