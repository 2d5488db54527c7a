"""YAML text → Rules: what the reading knows, as data; each rule has a name that the reader of the site can see."""

from collections.abc import Mapping
from dataclasses import dataclass

from readout_site.reading.annotating.acts import ActRules, parse_acts
from readout_site.reading.annotating.instruments import InstrumentRules, parse_instruments
from readout_site.reading.annotating.topics import TopicRules, parse_topics
from readout_site.reading.annotating.units import UnitRules, parse_units
from readout_site.reading.annotating.weights import Weights, parse_weights
from readout_site.reading.cleaning.boilerplate import Boilerplate, parse_boilerplate
from readout_site.reading.gazetteer import Gazetteer, parse_gazetteer
from readout_site.reading.sectioning.encounter import EncounterRules, parse_encounters
from readout_site.reading.sectioning.issuers import IssuerRules, parse_issuers
from readout_site.reading.sectioning.languages import LanguageRules, parse_languages
from readout_site.reading.sectioning.roles import RoleRules, parse_roles
from readout_site.reading.sectioning.sentences import SentenceRules, parse_sentences
from readout_site.records import RuleDoc
from readout_site.strictyaml import load_yaml


@dataclass(frozen=True)
class Rules:
    """All shipped rules and the site's additions, compiled."""

    boilerplate: Boilerplate
    issuers: IssuerRules
    sentences: SentenceRules
    encounters: EncounterRules
    roles: RoleRules
    languages: LanguageRules
    gazetteer: Gazetteer
    instruments: InstrumentRules
    units: UnitRules
    topics: TopicRules
    acts: ActRules
    weights: Weights


def parse_rules(texts: Mapping[str, str]) -> Rules:
    """Compile the rule files, by file name without suffix; raise `YamlError` where one is not strict YAML."""
    data = {name: load_yaml(text) for name, text in texts.items()}
    return Rules(
        boilerplate=parse_boilerplate(data["boilerplate"], data["furniture"]),
        issuers=parse_issuers(data["issuers"]),
        sentences=parse_sentences(data["sentences"]),
        encounters=parse_encounters(data["encounters"]),
        roles=parse_roles(data["roles"]),
        languages=parse_languages(data["languages"]),
        gazetteer=parse_gazetteer(data["gazetteer"]),
        instruments=parse_instruments(data["instruments"]),
        units=parse_units(data["units"]),
        topics=parse_topics(data["topics"]),
        acts=parse_acts(data["acts"]),
        weights=parse_weights(data["weights"]),
    )


def describe_rules(rules: Rules) -> tuple[RuleDoc, ...]:
    """Return every rule with its group, its name and what it does, in the order of the reading."""
    cleaning = (rules.boilerplate,)
    sectioning = (rules.issuers, rules.sentences, rules.encounters, rules.roles, rules.languages)
    annotating = (rules.gazetteer, rules.instruments, rules.units, rules.topics, rules.acts, rules.weights)
    return tuple(doc for part in (*cleaning, *sectioning, *annotating) for doc in part.docs)
