"""Bytes to pages of lines."""
