"""The language of a text."""

import pytest

from readout_site.reading.rules import Rules
from readout_site.reading.sectioning.languages import find_language


@pytest.mark.parametrize(
    ("text", "declared", "expected"),
    [
        ("The President met with the leaders of the region in Rome.", None, "en"),
        ("Le président a parlé avec les ministres des pays de la région.", None, "fr"),
        ("El presidente habló con los líderes de la región sobre el comercio.", None, "es"),
        ("Der Kanzler hat mit dem Präsidenten und den Ministern über die Lage gesprochen.", None, "de"),
        ("O presidente falou com o ministro sobre as relações entre os dois países e não mais.", None, "pt"),
        ("Il presidente ha parlato con il ministro della difesa e con gli alleati.", None, "it"),
        ("Президент провёл встречу с премьер-министром, и они говорили о торговле.", None, "ru"),
        ("Президент провів зустріч з прем’єром, і вони говорили про торгівлю та за мир.", None, "uk"),
        ("大統領は首相と会談し、協力を確認した。", None, "ja"),
        ("两国领导人举行会谈", None, "zh"),
        ("الرئيس التقى الوزير", None, "ar"),
        ("", None, "und"),
        ("Zzz qqq", "fi", "fi"),
        ("Zzz", "en-GB", "en"),
        ("El presidente habló con los líderes de la región.", "en-US", "es"),
    ],
)
def test_a_language_is_told_by_script_words_or_declaration(
    text: str, declared: str | None, expected: str, rules: Rules
) -> None:
    assert find_language(text, declared, rules.languages) == expected
