"""What several verbs share: the option that names the site, and what shows how far long work has come."""

import sys
from pathlib import Path

import click

from readout_site.shell.track import Track, silently

site_option = click.option(
    "--site",
    type=click.Path(path_type=Path),
    default=Path(),
    show_default="the folder you are in",
    help="Folder of the site.",
)


def progress() -> Track:
    """Return what shows how far long work has come: a bar, where there is a terminal to draw it on."""
    if sys.stderr.isatty():
        from readout_site.shell.progress import track  # noqa: PLC0415 - late

        return track
    return silently
