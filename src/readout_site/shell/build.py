"""A site's folder → the finished site in the output folder: the story of a build, as a list of plain calls."""

import contextlib
from pathlib import Path

from readout_site.shell.drafting import begin
from readout_site.shell.library import Far
from readout_site.shell.lock import locked
from readout_site.shell.output import check_output
from readout_site.shell.sources import Sources
from readout_site.shell.standing import Report, find_standing, look_again, open_cache
from readout_site.shell.track import Track


def build(site: Path, out: Path, track: Track, sources: Sources | None = None, read_far: Far | None = None) -> Report:
    """Build `site` into the folder `out`, and return what was done.

    Where that is impossible it raises a `SiteError`, and `out` stays as it was. What earlier builds found out is taken
    from the cache; without it the output is the same. `sources` are given where they were just looked at, `read_far`
    where captures are not to be read in processes of our own.
    """
    place = check_output(site, out)
    with locked(site):
        return build_alone(site, place, track, sources, read_far)


def build_alone(
    site: Path, place: Path, track: Track, sources: Sources | None = None, read_far: Far | None = None
) -> Report:
    """Build likewise into an output folder that was checked; the caller holds the site's lock."""
    with contextlib.closing(open_cache(site)) as cache:
        if not sources:
            sources = look_again(site, cache)
            if report := find_standing(place, sources, cache):
                return report
        with begin(site, sources, cache, read_far) as draft:
            from readout_site.shell.finish import finish  # noqa: PLC0415 - late: workers read meanwhile

            return finish(draft, place, track)[0]
