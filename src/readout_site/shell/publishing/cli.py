"""The verbs `publish` and `verify` on the command line."""

from pathlib import Path

import click

from readout_site.shell.options import progress, site_option


@click.command(short_help="Bring the site to where readers have it from.")
@click.option("--to", metavar="KIND:PLACE", help="Where to, instead of what site.yaml says.")
@click.option("--dry-run", is_flag=True, help="List uploads, deletions and bytes; change nothing there.")
@click.option("--first", is_flag=True, help="Agree that the folder holds no site of this tool's yet.")
@click.option("--adopt", is_flag=True, help="Agree to overwrite what others put where the site's files are to stand.")
@click.option("--allow-deletes", is_flag=True, help="Agree that more than a quarter of the pages, or all, go away.")
@click.option("--allow-problems", is_flag=True, help="Agree to publish a site in which something is to be mended.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder of the site.  [default: build/ in the site]")
@site_option
def publish(site: Path, out: Path | None, to: str | None, **agreed: bool) -> int:
    """Build the site and bring it to where readers have it from; only what differs is uploaded.

    No page is broken on the way; what was cut is taken up again by the same command. Only files that were published
    from here are overwritten or deleted. Passwords and keys come from where git, ssh and the AWS tools keep them.

    \b
    Examples, one for each KIND:
      readout-site publish --dry-run
      readout-site publish --to branch:gh-pages             # as GitHub Pages serves
      readout-site publish --to bucket:example/readouts     # S3, with a prefix
      readout-site publish --to rsync:ada@example.org:www
      readout-site publish --to folder:/srv/www --first     # or a share that is mounted
    """  # noqa: D301 - click reads the backspace
    from readout_site.shell.publishing.publish import Terms  # noqa: PLC0415 - late
    from readout_site.shell.publishing.verbs import publish_site  # noqa: PLC0415 - late

    terms = Terms(**{name.removeprefix("allow_"): value for name, value in agreed.items()})
    return publish_site(site, site / "build" if out is None else out, to, terms, progress())


@click.command(short_help="Compare what is live with what was built.")
@click.option("--to", metavar="KIND:PLACE", help="What to look at, instead of what site.yaml says; as in publish.")
@click.option("--url", help="Ask at this address, as readers do; files that are extra cannot be told then.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder of the site.  [default: build/ in the site]")
@site_option
def verify(site: Path, out: Path | None, to: str | None, url: str | None) -> int:
    """Compare what readers get with the site as it was built; name each changed, missing and extra file.

    Nothing is changed. Exits with 1 where any of these is there; files of others at the place are named as not ours.

    \b
      readout-site verify
      readout-site verify --url https://example.org/readouts/
    """  # noqa: D301 - click reads the backspace
    from readout_site.shell.publishing.verbs import verify_site  # noqa: PLC0415 - late

    return verify_site(site, site / "build" if out is None else out, to, url, progress())
