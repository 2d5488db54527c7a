"""Labels → their names and meanings, as the pages and the method page tell them."""

from collections.abc import Mapping

from msgspec import Struct

from readout_site.labels import TOPICS, Act, Kind, Topic, is_annotated


class Word(Struct, frozen=True):
    """A label of the vocabulary."""

    name: str  #: As a page writes it.
    says: str  #: What it means, in a phrase.


# fmt: off
TOPIC_WORDS: dict[Topic, Word] = {
    "security": Word("Security", "Defence, war and ceasefires, terrorism, crime, narcotics, arms, detained citizens."),
    "trade": Word("Trade", "Trade, investment, the economy, jobs, finance, supply chains and infrastructure."),
    "migration": Word("Migration", "People crossing borders: migration, refugees, asylum, visas, returns."),
    "climate": Word("Climate", "Climate, energy, the environment, nature, water and fisheries."),
    "health": Word("Health", "Pandemics, vaccines, public health and care."),
    "technology": Word("Technology", "Science, artificial intelligence, semiconductors, telecommunications, space."),
    "democracy": Word("Democracy", "Human rights, elections, the rule of law, corruption, equality, free media."),
    "humanitarian": Word("Humanitarian", "Aid and access, food security, disaster relief, development assistance."),
    "society": Word("Society", "Education, culture, sport, religion and commemoration."),
    "overview": Word("Overview", "Who met whom, greetings, the relationship as a whole, and what comes next."),
}
ACT_WORDS: dict[Act, Word] = {
    "commit": Word("commits", "A party promises to do something."),
    "agree": Word("agrees", "The parties agree or decide something together."),
    "announce": Word("announces", "A party makes a concrete new step known."),
    "reaffirm": Word("reaffirms", "A party restates a position or stresses its importance."),
    "welcome": Word("welcomes", "A party thanks, praises, congratulates or gives its support."),
    "urge": Word("urges", "A party asks another to act."),
    "concern": Word("voices concern", "A party warns, objects, regrets or condemns."),
    "discuss": Word("discusses", "The parties talk something over, with no outcome told."),
    "state": Word("states", "A plain statement of fact or background."),
}
KIND_NAMES: dict[Kind, str] = {
    "call": "Call", "meeting": "Meeting", "video": "Video conference", "visit": "Visit", "other": "Statement",
}
UNREAD = "Could not be read"
"""What stands for the form of an encounter where a capture gave no text."""
LANGUAGE_NAMES = {
    "ar": "Arabic", "bg": "Bulgarian", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "es": "Spanish",
    "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian",
    "hy": "Armenian", "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ka": "Georgian", "ko": "Korean",
    "nb": "Norwegian", "nl": "Dutch", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian",
    "si": "Sinhala", "sv": "Swedish", "ta": "Tamil", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian",
    "vi": "Vietnamese", "zh": "Chinese",
}
"""English names of the languages that the reading tells (ISO 639-1)."""
FIELD_NAMES = {
    "title": "title", "date": "day", "kind": "form", "place": "place", "language": "language", "issuer": "publisher",
    "participants": "who took part",
}
"""Names of the fields that an editor may set."""
VALUE_NAMES: dict[str, Mapping[str, str]] = {
    "kind": {str(kind): name for kind, name in KIND_NAMES.items()},
    "language": LANGUAGE_NAMES,
}
"""Names of what may stand in such a field, where the record has a code."""
RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
# fmt: on


def kind_label(kind: Kind, language: str) -> str:
    """Return the form of an encounter in words; of a text that is not annotated, which language it is in."""
    if is_annotated(language):
        return KIND_NAMES[kind]
    return f"In {LANGUAGE_NAMES.get(language.partition('-')[0], language)}, not annotated"


def section_topic(section_id: str) -> Topic:
    """Return the topic of a section from its id, such as `trade-2`."""
    head = section_id.partition("-")[0]
    return next((topic for topic in TOPICS if topic == head), "overview")


def direction(language: str) -> str:
    """Return the direction in which a language is written."""
    return "rtl" if language.partition("-")[0].lower() in RIGHT_TO_LEFT else "ltr"
