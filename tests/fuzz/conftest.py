"""What the tests of this room share with those of the desk: a stage on SQLite, and pages."""

from tests.desk.conftest import plain

__all__ = ["plain"]
