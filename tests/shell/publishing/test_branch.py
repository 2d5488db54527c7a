"""A branch: its history is kept, others' commits stop a publication, and nothing is ever forced."""

from pathlib import Path
from typing import Any

import pytest

from readout_site.shell.publishing.branch import BranchTarget
from readout_site.shell.publishing.ledger import PublishError
from readout_site.shell.publishing.publish import Terms

NONE = Terms()


@pytest.fixture
def place(make_place: Any) -> Any:
    return make_place("branch")


def test_each_publication_is_one_commit_on_top_of_the_last(place: Any, sites: Any) -> None:
    sites.bring(place)
    (first,) = place.commits()
    sites.bring(place, sites.after, NONE)
    assert place.commits()[1:] == [first]


def test_a_branch_that_moved_on_stops_it_and_keeps_its_history(place: Any, sites: Any) -> None:
    sites.bring(place)
    place.add("CNAME", b"example.org\n")
    commits = place.commits()
    with pytest.raises(PublishError, match=r"has moved on since it was last published from here; .*--adopt"):
        sites.bring(place, sites.after, NONE)
    assert place.commits() == commits
    sites.bring(place, sites.after, Terms(adopt=True))
    assert place.commits()[1:] == commits
    assert place.live()["CNAME"] == b"example.org\n"
    sites.bring(place, sites.before, NONE)  # From here on without a word.


def test_another_who_publishes_at_the_same_time_is_not_overwritten(
    place: Any, sites: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    sites.bring(place)
    tree = BranchTarget.tree

    def meanwhile(self: BranchTarget) -> str:
        place.add("theirs.html", b"theirs")
        return tree(self)

    monkeypatch.setattr(BranchTarget, "tree", meanwhile)
    with pytest.raises(PublishError, match="has moved on"):
        sites.bring(place, sites.after, NONE)
    assert place.live()["theirs.html"] == b"theirs"
    assert sites.own(place) == {**sites.shown(sites.before), "theirs.html": b"theirs"}


def test_from_another_clone_a_publication_goes_on(place: Any, sites: Any, make_place: Any) -> None:
    sites.bring(place)
    other = make_place("branch")
    other.remote_is(place.bare)
    sites.bring(other, sites.after, NONE)
    assert len(place.commits()) == 2
    with pytest.raises(PublishError, match="has moved on"):
        sites.bring(place, sites.before, NONE)


def test_a_branch_that_was_set_back_or_removed_is_published_to_anew(place: Any, sites: Any) -> None:
    sites.bring(place)
    (first,) = place.commits()
    sites.bring(place, sites.after, NONE)
    place.git("update-ref", "refs/heads/gh-pages", first)
    sites.bring(place, sites.after, NONE)
    assert place.commits()[1:] == [first]
    place.git("update-ref", "-d", "refs/heads/gh-pages")
    sites.bring(place, sites.after, NONE)
    assert len(place.commits()) == 1
    assert sites.own(place) == sites.shown(sites.after)


def test_a_push_that_came_through_though_it_seemed_to_fail_is_no_commit_of_anothers(
    place: Any, sites: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    sites.bring(place)
    git = BranchTarget.git

    def cut(self: BranchTarget, *words: str, **options: Any) -> bytes:
        said = git(self, *words, **options)
        if words[0] == "push":
            raise PublishError("the line was cut")
        return said

    with monkeypatch.context() as patch:
        patch.setattr(BranchTarget, "git", cut)
        with pytest.raises(PublishError, match="the line was cut"):
            sites.bring(place, sites.after, NONE)
    assert sites.bring(place, sites.after, NONE).plan.touched() == ()
    assert len(place.commits()) == 2


def test_the_branch_that_the_site_is_written_on_is_refused(place: Any, sites: Any) -> None:
    place.mine("symbolic-ref", "HEAD", "refs/heads/gh-pages")
    place.mine("-c", "user.name=Cy", "-c", "user.email=cy@example.org", "commit", "--allow-empty", "-qm", "Begin")
    with pytest.raises(PublishError, match="is the branch that the site is written on"):
        sites.bring(place)


def test_a_site_in_no_repository_is_told_what_to_do(place: Any, sites: Any, tmp_path: Path) -> None:
    (tmp_path / "bare").mkdir()
    target = BranchTarget("gh-pages", "origin", tmp_path / "bare", sites.before, adopt=False)
    with pytest.raises(PublishError, match="is in no git repository; make it a repository: `git init`, then"):
        sites.bring(place, target=target)


def test_the_site_s_own_index_and_files_are_left_alone(place: Any, sites: Any) -> None:
    (place.site / "mine.txt").write_text("mine", encoding="ascii")
    place.mine("add", "mine.txt")
    sites.bring(place)
    assert place.mine("status", "--porcelain") == "A  mine.txt\n"


def test_files_arrive_byte_for_byte_whatever_git_is_told_of_line_ends(place: Any, sites: Any) -> None:
    place.mine("config", "core.autocrlf", "true")
    (place.site / ".gitattributes").write_text("* text=auto eol=crlf\n", encoding="ascii")
    sites.bring(place)
    assert sites.own(place) == sites.shown(sites.before)


def test_github_serves_files_as_they_are(place: Any, sites: Any) -> None:
    sites.bring(place)
    assert place.live()[".nojekyll"] == b""


def test_the_committer_is_who_git_says(place: Any, sites: Any) -> None:
    sites.bring(place)
    place.mine("config", "user.name", "Ada Example")
    place.mine("config", "user.email", "ada@example.org")
    sites.bring(place, sites.after, NONE)
    assert place.git("log", "--format=%an <%ae>", "gh-pages").splitlines() == [
        "Ada Example <ada@example.org>",
        "readout-site <readout-site@localhost>",
    ]


def test_a_remote_that_git_does_not_know_is_told_with_its_remedy(place: Any, sites: Any) -> None:
    place.mine("remote", "remove", "origin")
    with pytest.raises(PublishError) as failed:
        sites.bring(place)
    assert str(failed.value).endswith("has no remote `origin`; name the repository: `git remote add origin ADDRESS`")
