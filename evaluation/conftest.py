"""The coder that the tests share."""

from tests.conftest import coder as coder
