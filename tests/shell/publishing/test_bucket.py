"""A bucket: what its service may answer, told clearly; tried again within limits; nothing deleted by halves."""

import io
import re
import sys
from collections.abc import Callable
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse

from readout_site.settings import Publication
from readout_site.shell.publishing.ledger import PublishError
from readout_site.shell.publishing.opening import open_target
from readout_site.shell.publishing.publish import Terms

NONE = Terms()


class Raw(io.BytesIO):
    """A body as the library reads it."""

    def stream(self, **_: Any) -> Any:
        yield self.read()


class Faults:
    """Answers some requests of a client in the place of the service."""

    def __init__(self, method: str, status: int, code: str, first: int = 1, last: int = 10_000) -> None:
        self.method = method
        self.status = status
        self.body = f"<Error><Code>{code}</Code><Message>No.</Message></Error>".encode() if code else b""
        self.first = first
        self.last = last
        self.seen: list[str] = []
        self.count = 0

    def put_before(self, target: Any) -> Any:
        target.client.meta.events.register("before-send.s3", self)
        return target

    def __call__(self, request: Any, **_: Any) -> AWSResponse | None:
        self.seen.append(request.method)
        if request.method != self.method:
            return None
        self.count += 1
        if not self.first <= self.count <= self.last:
            return None
        headers = {"content-type": "application/xml", "x-amz-bucket-region": "eu-central-1"}
        return AWSResponse(request.url, self.status, headers, Raw(self.body))


@pytest.fixture
def place(make_place: Callable[[str], Any]) -> Any:
    return make_place("bucket")


REFUSALS = [
    ("GET", 403, "AccessDenied", "access is refused; allow listing, reading, writing and deleting there"),
    ("PUT", 403, "AccessDenied", "access is refused; allow listing, reading, writing and deleting there"),
    ("GET", 403, "InvalidAccessKeyId", "the credentials are not right"),
    ("GET", 403, "SignatureDoesNotMatch", "the credentials are not right"),
    ("PUT", 400, "ExpiredToken", "the credentials are out of date"),
    ("GET", 403, "RequestTimeTooSkewed", "the clock of this machine is wrong; set it right"),
    ("PUT", 403, "RequestTimeTooSkewed", "the clock of this machine is wrong; set it right"),
    ("GET", 400, "AuthorizationHeaderMalformed", "it lies in another region; name it as `region`"),
    ("GET", 301, "PermanentRedirect", "it lies in another region; name it as `region`"),
    ("PUT", 400, "IllegalLocationConstraintException", "it lies in another region"),
    ("GET", 404, "NoSuchBucket", "there is no such bucket"),
    ("PUT", 418, "Teapot", "Teapot.*mend this and publish again"),
]
BUSY = [
    ("GET", 500, "InternalError"),
    ("PUT", 500, "InternalError"),
    ("PUT", 502, ""),
    ("PUT", 503, "SlowDown"),
    ("DELETE", 503, "ServiceUnavailable"),
    ("DELETE", 504, ""),
    ("GET", 429, ""),
    ("PUT", 429, ""),
]
"""A request by its method, the status and the code that it is answered with."""


@pytest.mark.parametrize("answer", REFUSALS)
def test_a_refusal_is_told_with_its_remedy_and_nothing_is_deleted(
    place: Any, sites: Any, answer: tuple[str, int, str, str]
) -> None:
    method, status, code, told = answer
    sites.bring(place)
    faults = Faults(method, status, code)
    with pytest.raises(PublishError, match=f"^bucket example-.*{told}"):
        sites.bring(place, sites.after, NONE, faults.put_before(place.open()))
    assert "DELETE" not in faults.seen
    assert sites.own(place) == sites.shown(sites.before)
    assert faults.count < 3


@pytest.mark.parametrize("fault", BUSY)
def test_a_busy_service_is_tried_again_within_limits_and_the_repeat_does_the_rest(
    place: Any, sites: Any, fault: tuple[str, int, str]
) -> None:
    sites.bring(place)
    faults = Faults(*fault, first={"GET": 1, "PUT": 3, "DELETE": 1}[fault[0]])
    with pytest.raises(PublishError, match="the service is too busy or broken, as several tries showed"):
        sites.bring(place, sites.after, NONE, faults.put_before(place.open()))
    assert 1 < faults.count < 200
    before, after = sites.shown(sites.before), sites.shown(sites.after)
    live = sites.own(place)
    assert before.keys() <= live.keys()
    survey = sites.bring(place, sites.after, NONE)
    assert set(survey.plan.puts()) == {path for path in after if live.get(path) != after[path]}
    assert sites.own(place) == after


@pytest.mark.parametrize(("status", "code"), [(500, "InternalError"), (503, "SlowDown"), (429, "")])
def test_a_service_that_stumbles_now_and_then_is_no_trouble(place: Any, sites: Any, status: int, code: str) -> None:
    faults = Faults("PUT", status, code, first=5, last=6)
    sites.bring(place, target=faults.put_before(place.open(out=sites.before)))
    assert sites.own(place) == sites.shown(sites.before)


def test_pages_have_their_types(place: Any, sites: Any) -> None:
    sites.bring(place)
    types = {path: place.get(f"site/{path}")["ContentType"] for path in sites.own(place)}
    assert types["index.html"] == "text/html; charset=utf-8"
    assert types["static/site.css"] == "text/css; charset=utf-8"
    assert {types[path] for path in types if re.search(r"readouts/.*\.txt$", path)} == {"text/plain"}


def test_what_lies_beside_the_prefix_is_neither_seen_nor_touched(place: Any, sites: Any) -> None:
    for key in ("index.html", "sitemap.xml", "site2/index.html"):
        place.client.put_object(Bucket=place.bucket, Key=key, Body=b"mine")
    sites.bring(place)
    sites.bring(place, sites.after, NONE)
    keys = {each["Key"] for each in place.client.list_objects_v2(Bucket=place.bucket)["Contents"]}
    assert {key for key in keys if not key.startswith("site/")} == {"index.html", "sitemap.xml", "site2/index.html"}


def test_a_service_whose_tags_are_no_digests_is_read_instead(place: Any, sites: Any) -> None:
    sites.bring(place)
    target = place.open(out=sites.before)
    there = target.survey()
    target.tags = dict.fromkeys(target.tags, '"0123456789abcdef0123456789abcdef-2"')
    assert set(target.same([path for path in there if path in sites.shown(sites.before)])) == set(
        sites.shown(sites.before)
    )


def test_where_no_credentials_are_the_remedy_is_told(place: Any, sites: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    with pytest.raises(PublishError, match="set them as for the AWS tools"):
        sites.bring(place)


def test_a_service_that_is_not_there_is_told(sites: Any, place: Any) -> None:
    with pytest.raises(PublishError, match="look to the network, and publish again"):
        sites.bring(place, target=place.open(endpoint="http://127.0.0.1:1"))


def test_without_the_library_the_extra_is_named(sites: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "boto3", None)
    monkeypatch.delitem(sys.modules, "readout_site.shell.publishing.bucket", raising=False)
    with pytest.raises(PublishError, match=r"needs boto3, which is not installed; run `pip install"):
        open_target(Publication("bucket", "example"), sites.site, sites.after, adopt=False)
