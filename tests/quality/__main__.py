"""Measure how well the labelled readouts are read; `make quality` runs it."""

from collections.abc import Mapping, Sequence

import click
import msgspec
from rich.console import Console
from rich.table import Table
from tests.quality.floors import Floor, faults, raised, read_floors, write_floors
from tests.quality.labelled import MEASURES, PLACES, Found, Labelled, load_set, measure, scores_of

from readout_site.rendering.accuracy import Measure, Measurement, Sample
from readout_site.shell.quality import MEASURED, reading_version
from readout_site.shell.rulebook import load_rules

HELD_BACK = "dev"
"""Its misses are shown only where it is named: nothing is learned from it."""


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(list(PLACES)), metavar="[SET]...")
@click.option("--misses", is_flag=True, help="List what was missed and what is extra.")
@click.option("--measure", "only", type=click.Choice(list(MEASURES)), help="List those of one measure alone.")
@click.option("--update", is_flag=True, help="Raise the floors, and write the figures that the method page shows.")
@click.option("--relabelled", is_flag=True, help="With --update: pin floors anew where the labels changed.")
def main(names: Sequence[str], only: str | None, *, misses: bool, update: bool, relabelled: bool) -> None:
    """Print how well each SET of labelled readouts is read: all of them, where none is named."""
    rules = load_rules()
    sets = [labelled for name in names or PLACES if (labelled := load_set(name))]
    found = {labelled.name: measure(labelled, rules) for labelled in sets}
    scores = {name: scores_of(counts) for name, counts in found.items()}
    Console(width=100).print(table(sets, scores))
    if misses or only:
        show_misses({name: counts for name, counts in found.items() if name != HELD_BACK or name in names}, only)
    if update:
        pin(sets, scores, relabelled=relabelled)
    wrong = [
        fault
        for labelled in sets
        for fault in faults(labelled, read_floors().get(labelled.name), scores[labelled.name])
    ]
    for fault in wrong:
        click.echo(fault, err=True)
    if not update and msgspec.json.decode(MEASURED.read_bytes(), type=Measurement).version != reading_version():
        click.echo("The method page shows figures of another version; renew them: make quality ARGS=--update")
    raise SystemExit(bool(wrong))


def table(sets: Sequence[Labelled], scores: Mapping[str, Mapping[str, float]]) -> Table:
    """Return the scores by measure and set."""
    shown = Table("measure", title="Share that is right, or F1")
    for labelled in sets:
        shown.add_column(f"{labelled.name} ({len(labelled.pairs)})", justify="right")
    for name in MEASURES:
        row = [scores[labelled.name].get(name) for labelled in sets]
        if any(score is not None for score in row):
            shown.add_row(name, *("" if score is None else f"{score:.3f}" for score in row))
    return shown


def show_misses(found: Mapping[str, Found], only: str | None) -> None:
    """Print a line for each miss: the set, the document, the measure, and what was asked for or given."""
    for name, counts in found.items():
        for measured, of in counts.items():
            for document, count in of if only in (None, measured) else ():
                for miss in count.misses:
                    click.echo(f"{name}\t{document}\t{measured}\t{miss}")


def pin(sets: Sequence[Labelled], scores: Mapping[str, Mapping[str, float]], *, relabelled: bool) -> None:
    """Raise the floors and write the package's figures; refuse where a score has fallen."""
    floors = read_floors()
    others = [s for s in sets if s.name in floors and is_other(s, floors[s.name], scores[s.name])] if relabelled else []
    bound = [s for s in sets if s.name in floors and s not in others]
    fallen = [fault for labelled in bound for fault in faults(labelled, floors[labelled.name], scores[labelled.name])]
    if fallen:
        raise click.ClickException("nothing is pinned, for floors may only rise:\n" + "\n".join(fallen))
    for labelled in sets:
        floors[labelled.name] = raised(labelled, floors.get(labelled.name), scores[labelled.name])
    write_floors({name: floors[name] for name in PLACES if name in floors})
    if len(sets) < len(PLACES):
        click.echo("The figures of the method page stay as they were: they are written when all sets are measured.")
        return
    samples = tuple(sample(labelled, scores[labelled.name]) for labelled in sets)
    figures = msgspec.json.encode(Measurement(reading_version(), samples))
    MEASURED.write_bytes(msgspec.json.format(figures, indent=1) + b"\n")


def is_other(labelled: Labelled, floor: Floor, scores: Mapping[str, float]) -> bool:
    """Tell whether the floor was pinned for other labels or other measures."""
    return floor.digest != labelled.digest or floor.least.keys() != scores.keys()


def sample(labelled: Labelled, scores: Mapping[str, float]) -> Sample:
    """Return a set with its scores, as the method page shows it."""
    measures = tuple(Measure(MEASURES[name], round(score, 3)) for name, score in scores.items())
    return Sample(PLACES[labelled.name].title, PLACES[labelled.name].says, len(labelled.pairs), measures)


if __name__ == "__main__":
    main()
