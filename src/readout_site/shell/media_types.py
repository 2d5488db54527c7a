"""Suffixes of the site's files → what browsers are told that they are."""

from pathlib import PurePosixPath

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".xml": "application/xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".csv": "text/csv; charset=utf-8",
}
"""A capture, `.txt`, may be in any encoding, so none is told."""


def media_type(path: str) -> str:
    """Return the type of a file by the suffix of its name."""
    return TYPES.get(PurePosixPath(path).suffix, "application/octet-stream")
