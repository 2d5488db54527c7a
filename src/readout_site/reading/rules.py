"""YAML text → Rules: what the reading knows, as data; each rule has a name that the reader of the site can see."""

from collections.abc import Mapping
from dataclasses import dataclass

from readout_site.reading.acts import ActRules, parse_acts
from readout_site.reading.boilerplate import Boilerplate, parse_boilerplate
from readout_site.reading.figures import UnitRules, parse_units
from readout_site.reading.gazetteer import Gazetteer, parse_gazetteer
from readout_site.reading.instruments import InstrumentRules, parse_instruments
from readout_site.reading.issuers import IssuerRules, parse_issuers
from readout_site.reading.topics import TopicRules, parse_topics
from readout_site.strictyaml import load_yaml


@dataclass(frozen=True)
class Rules:
    """All shipped rules and the site's additions, compiled."""

    boilerplate: Boilerplate
    issuers: IssuerRules
    gazetteer: Gazetteer
    instruments: InstrumentRules
    units: UnitRules
    topics: TopicRules
    acts: ActRules


def parse_rules(texts: Mapping[str, str]) -> Rules:
    """Compile the rule files, by file name without suffix; raise `YamlError` where one is not strict YAML."""
    data = {name: load_yaml(text) for name, text in texts.items()}
    return Rules(
        boilerplate=parse_boilerplate(data["boilerplate"]),
        issuers=parse_issuers(data["issuers"]),
        gazetteer=parse_gazetteer(data["gazetteer"]),
        instruments=parse_instruments(data["instruments"]),
        units=parse_units(data["units"]),
        topics=parse_topics(data["topics"]),
        acts=parse_acts(data["acts"]),
    )
