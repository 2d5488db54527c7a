import pytest

from readout_site.reading.annotating.terms import compile_terms, find_terms, lowered

TERMS = compile_terms(
    [("security", 1), ("national security advisor", 0), ("terror*", 2), ("arms", 3), ("arms control", 4)]
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Security matters", ["security"]),
        ("insecurity and securityx", []),
        ("The National Security Advisors met", ["national security advisors"]),
        ("counter-terrorism", ["terror"]),
        ("arms-control talks and arms", ["arms control", "arms"]),
        ("arms’ trade", ["arms"]),
    ],
)
def test_whole_words_are_found_and_the_longest_counts(text: str, found: list[str]) -> None:
    lower = lowered(text)
    assert [lower[start:end] for start, end, _ in find_terms(TERMS, lower)] == found


@pytest.mark.parametrize("text", ["", "İstanbul — ’24", "ǅ ß ﬁ", "Ünïted-States"])
def test_lowering_leaves_every_character_in_its_place(text: str) -> None:
    assert len(lowered(text)) == len(text)
