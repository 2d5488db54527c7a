"""CLDR → src/readout_site/countries.py: the English names of countries, territories and bodies, as a table.

Run `python scripts/make_countries.py` after a change here or of the pinned babel; a test compares the outcome.
"""

from collections.abc import Iterable
from pathlib import Path

from babel import Locale

TARGET = Path(__file__).resolve().parent.parent / "src" / "readout_site" / "countries.py"

WIDTH = 120

NOT_COUNTRIES = frozenset(["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"])
"""Codes in CLDR that stand for no country of ISO 3166-1: groupings, test locales, parts of countries."""

NEWSPAPER_NAMES = {
    "CD": "Democratic Republic of the Congo",
    "CG": "Republic of the Congo",
    "CI": "Ivory Coast",
    "HK": "Hong Kong",
    "MM": "Myanmar",
    "MO": "Macao",
    "PS": "Palestine",
    "TR": "Turkey",
    "VA": "Holy See",
    "VC": "St. Vincent and the Grenadines",
}
"""Where newspapers write something else than CLDR."""

OTHER_NAMES = {
    "Britain": "GB",
    "Burma": "MM",
    "Czech Republic": "CZ",
    "DPRK": "KP",
    "Great Britain": "GB",
    "UAE": "AE",
    "UK": "GB",
    "USA": "US",
}
"""Names and letters that people write beside those of the table."""

BODIES = {
    "ADB": "Asian Development Bank",
    "AFDB": "African Development Bank",
    "ASEAN": "Association of Southeast Asian Nations",
    "AUC": "African Union",
    "BIMSTEC": "BIMSTEC",
    "BRICS": "BRICS",
    "CARICOM": "Caribbean Community",
    "CIS": "Commonwealth of Independent States",
    "CSTO": "Collective Security Treaty Organization",
    "EAC": "East African Community",
    "EAEU": "Eurasian Economic Union",
    "EBRD": "European Bank for Reconstruction and Development",
    "ECOWAS": "Economic Community of West African States",
    "EU": "European Union",
    "GCC": "Gulf Cooperation Council",
    "IAEA": "International Atomic Energy Agency",
    "ICC": "International Criminal Court",
    "ICRC": "International Committee of the Red Cross",
    "IDB": "Inter-American Development Bank",
    "IGAD": "Intergovernmental Authority on Development",
    "IMF": "International Monetary Fund",
    "LAS": "Arab League",
    "NATO": "NATO",
    "OAS": "Organization of American States",
    "OECD": "OECD",
    "OIC": "Organisation of Islamic Cooperation",
    "OSCE": "Organization for Security and Co-operation in Europe",
    "PIF": "Pacific Islands Forum",
    "SADC": "Southern African Development Community",
    "SCO": "Shanghai Cooperation Organisation",
    "SICA": "Central American Integration System",
    "UN": "United Nations",
    "WB": "World Bank",
    "WHO": "World Health Organization",
    "WTO": "World Trade Organization",
}
"""Bodies that send people to talks, by usual acronym; the African Union's own, `AU`, is Australia's code."""

MODULE = '''"""Code → name: countries, territories and bodies in English, from CLDR by scripts/make_countries.py.

Do not edit: change the script and run it again.
"""

# fmt: off
COUNTRY_NAMES: dict[str, str] = {{
{countries}
{bodies}
}}
"""ISO 3166-1 alpha-2, with `XK`, and the usual acronyms of bodies → the name as newspapers write it."""

BODIES: frozenset[str] = frozenset((
{codes}
))
"""The codes in `COUNTRY_NAMES` that are of bodies, not of countries."""
OTHER_NAMES: dict[str, str] = {{
{others}
}}
"""Further names, in small letters, and letters that are no code → the code."""
# fmt: on


def country_name(code: str) -> str:
    """Return the English name of a country or body, or the code itself where it is not known."""
    return COUNTRY_NAMES.get(code, code)


def country_code(text: str) -> str | None:
    """Return the code of a country or body given by its code or its English name, in capitals or not; else None."""
    words = text.casefold().removeprefix("the ")
    known = (code for code, name in COUNTRY_NAMES.items() if words in (code.casefold(), name.casefold()))
    return next(known, OTHER_NAMES.get(words))
'''


def main() -> None:
    """Write the module."""
    TARGET.write_text(module_text(), encoding="utf-8")
    print(f"wrote {TARGET.name}")


def module_text() -> str:
    """Return the module as it should be."""
    countries = rows(f'"{code}": "{name}",' for code, name in sorted(country_names().items()))
    bodies = rows(f'"{code}": "{name}",' for code, name in sorted(BODIES.items()))
    codes = rows(f'"{code}",' for code in sorted(BODIES))
    others = rows(f'"{name.casefold()}": "{code}",' for name, code in sorted(OTHER_NAMES.items()))
    return MODULE.format(countries=countries, bodies=bodies, codes=codes, others=others)


def country_names() -> dict[str, str]:
    """Return alpha-2 code → name as newspapers write it."""
    territories = Locale("en").territories
    names = {code: plain(name) for code, name in territories.items() if len(code) == len("MX")}
    return {code: NEWSPAPER_NAMES.get(code, name) for code, name in names.items() if code not in NOT_COUNTRIES}


def plain(name: str) -> str:
    """Return a name of CLDR without its ampersand."""
    return name.replace(" & ", " and ")


def rows(items: Iterable[str]) -> str:
    """Return dictionary items as indented lines of at most 120 characters, none cut in two."""
    lines: list[str] = []
    for item in items:
        if lines and len(lines[-1]) + len(item) < WIDTH:
            lines[-1] += " " + item
        else:
            lines.append("    " + item)
    return "\n".join(lines)


if __name__ == "__main__":
    main()
