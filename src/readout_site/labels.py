"""The words that a record may hold where its form lists them, in order where they have one; which texts they mark."""

from typing import Literal, get_args

# fmt: off
Topic = Literal["security", "trade", "migration", "climate", "health", "technology", "democracy", "humanitarian",
                "society", "overview"]
# fmt: on
Act = Literal["commit", "agree", "announce", "reaffirm", "welcome", "urge", "concern", "discuss", "state"]
Kind = Literal["call", "meeting", "video", "visit", "other"]
DateSource = Literal["text", "given", "front-matter", "page-metadata", "dateline", "source-url", "file-name"]
FigureKind = Literal["money", "count", "percent", "duration", "other"]

TOPICS: tuple[Topic, ...] = get_args(Topic)
ACTS: tuple[Act, ...] = get_args(Act)
KINDS: tuple[Kind, ...] = get_args(Kind)


def is_annotated(language: str) -> bool:
    """Tell whether texts in a language (BCP 47) are annotated: those in English are."""
    return language.partition("-")[0] == "en"
