"""One policy stands in every page, before anything that it holds for, and in the file for hosts."""

import re
from collections.abc import Callable, Mapping

from readout_site.records import Briefing
from readout_site.rendering.policy import POLICY, headers_file

META = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]+)">')


def test_every_page_begins_with_the_policy(
    build: Callable[..., Mapping[str, str]], several: tuple[Briefing, ...]
) -> None:
    for path, page in build(*several).items():
        assert META.findall(page) == [POLICY], path
        before = page.partition("<meta http-equiv")[0]
        assert re.findall(r"<(\w+)", before) == ["html", "head", "meta", "meta"], path


def test_the_policy_lets_nothing_in_but_files_of_the_site() -> None:
    rules = dict(rule.split(" ", 1) for rule in str(POLICY).split("; "))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    assert {where for rule in rules.values() for where in rule.split()} <= {"'none'", "'self'"}


def test_hosts_send_the_same_policy_and_let_no_one_frame_a_page() -> None:
    first, *lines = headers_file().decode().splitlines()
    headers = dict(line.strip().split(": ", 1) for line in lines)
    assert first == "/*"
    assert headers["Content-Security-Policy"] == f"{POLICY}; frame-ancestors 'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
