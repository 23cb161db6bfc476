"""Homes in which something happened, made without Prefect."""

from tests.load.conftest import empty_home, home

__all__ = ["empty_home", "home"]
