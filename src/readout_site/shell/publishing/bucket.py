"""A bucket of Amazon S3, or of a service that speaks as it does, as a place to publish to."""

import base64
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import boto3
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    HTTPClientError,
    NoCredentialsError,
    NoRegionError,
)
from botocore.exceptions import (
    ConnectionError as NoConnectionError,
)

from readout_site.settings import Publication
from readout_site.shell.media_types import media_type
from readout_site.shell.publishing.ledger import LEDGER, PublishError
from readout_site.shell.publishing.target import Found, patiently
from readout_site.shell.redaction import redact

Answer = TypeVar("Answer")

AT_ONCE = 8
"""So many requests are under way at a time."""
CLIENT = Config(
    retries={"mode": "standard", "max_attempts": 5},
    connect_timeout=10,
    read_timeout=60,
    max_pool_connections=AT_ONCE,
    request_checksum_calculation="when_required",  # Other services than Amazon's know no newer ones.
    response_checksum_validation="when_required",
)
TOO_MANY = 429
EVER = datetime.min.replace(tzinfo=UTC)
MD5 = re.compile(r'"?([0-9a-f]{32})"?')
REGION = "it lies in another region; name it as `region` under `publish` in site.yaml"
KEYS = "the credentials are not right; set them as for the AWS tools (environment, ~/.aws or a role)"
BUSY = "the service is too busy or broken, as several tries showed; publish again later"
REMEDIES: Mapping[str, str] = {
    "AccessDenied": "access is refused; allow listing, reading, writing and deleting there",
    "NoSuchBucket": "there is no such bucket; make it, or mend its name",
    "RequestTimeTooSkewed": "the clock of this machine is wrong; set it right",
    "ExpiredToken": "the credentials are out of date; log in again",
    **dict.fromkeys(("InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken"), KEYS),
    **dict.fromkeys(
        ("PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException", "301", "307"),
        REGION,
    ),
    **dict.fromkeys(("SlowDown", "ServiceUnavailable", "InternalError", "429", "500", "502", "503", "504"), BUSY),
}
"""What is wrong and what to do, by the service's code."""


class BucketTarget:
    """A bucket, or what lies below a prefix in it, that readers have the site from."""

    marked = False

    def __init__(self, publication: Publication, source: Path) -> None:
        """Publish the output folder `source` to the bucket of `publication`."""
        self.name = f"bucket {publication.place}"
        self.bucket, _, prefix = publication.place.partition("/")
        self.prefix = f"{prefix.strip('/')}/" if prefix.strip("/") else ""
        self.source = source
        self.tags: dict[str, str] = {}
        self.client = self.ask(lambda: client_for(publication))

    def survey(self) -> dict[str, Found]:
        """Return all files below the prefix, doubtful from the second of our list on."""
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=self.prefix)
        objects = self.ask(lambda: [found for page in pages for found in page.get("Contents", ())])
        there = {each["Key"][len(self.prefix) :]: each for each in objects}
        self.tags = {path: each["ETag"] for path, each in there.items()}
        since = there.get(LEDGER, {}).get("LastModified", EVER)
        return {path: Found(each["Size"], each["LastModified"] >= since) for path, each in there.items()}

    def read(self, path: str) -> bytes:
        """Return the bytes of a file."""
        answer = self.ask(lambda: self.client.get_object(**self.key(path)))
        body: bytes = self.ask(answer["Body"].read)
        return body

    def same(self, paths: Sequence[str]) -> Iterator[str]:
        """Yield the files that hold the same bytes here and there."""
        for path, is_same in self.at_once(self.is_same, paths):
            if is_same:
                yield path

    def is_same(self, path: str) -> bool:
        """Return whether a file is the same here and there; only where its tag does not tell, it is read."""
        data = (self.source / path).read_bytes()
        tag = MD5.fullmatch(self.tags[path])
        return bool(tag and tag[1] == md5(data).hex()) or self.read(path) == data

    def digests(self, paths: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Yield the SHA-256 of files that are there, several read at a time."""
        yield from self.at_once(lambda path: hashlib.sha256(self.read(path)).hexdigest(), paths)

    def put(self, paths: Sequence[str]) -> Iterator[str]:
        """Put files there, several at a time."""
        yield from (path for path, _ in self.at_once(lambda path: self.write(path, self.local(path)), paths))

    def local(self, path: str) -> bytes:
        """Return the bytes of a file of the output folder."""
        return (self.source / path).read_bytes()

    def write(self, path: str, data: bytes) -> None:
        """Put a file there that holds `data`; the service checks that it has come whole."""
        about = {"ContentType": media_type(path), "ContentMD5": base64.b64encode(md5(data)).decode()}
        self.ask(lambda: self.client.put_object(**self.key(path), Body=data, **about))

    def delete(self, paths: Sequence[str]) -> Iterator[str]:
        """Delete files, several at a time."""
        remove = self.client.delete_object
        yield from (path for path, _ in self.at_once(lambda path: self.ask(lambda: remove(**self.key(path))), paths))

    def finish(self, summary: str) -> None:
        """Do nothing: what was put is seen at once."""

    def key(self, path: str) -> dict[str, str]:
        """Return the words that name a file to the service."""
        return {"Bucket": self.bucket, "Key": f"{self.prefix}{path}"}

    def at_once(self, act: Callable[[str], Answer], paths: Sequence[str]) -> Iterator[tuple[str, Answer]]:
        """Yield each path with what `act` answered, as they are done; after an error no other is begun."""
        with ThreadPoolExecutor(AT_ONCE) as crew:
            tasks = {crew.submit(act, path): path for path in paths}
            try:
                for task in as_completed(tasks):
                    yield tasks[task], task.result()
            finally:
                crew.shutdown(cancel_futures=True)

    def ask(self, act: Callable[[], Answer]) -> Answer:
        """Return what the service answers; raise `PublishError` where it does not."""
        try:
            return patiently(act, is_passing)
        except ClientError as error:
            raise PublishError(f"{self.name}: {remedy_for(error)}") from error
        except (NoCredentialsError, NoRegionError) as error:
            raise PublishError(f"{self.name}: {KEYS if isinstance(error, NoCredentialsError) else REGION}") from error
        except (HTTPClientError, NoConnectionError) as error:
            reason = redact(str(error))
            raise PublishError(f"{self.name}: {reason}; look to the network, and publish again") from error
        except BotoCoreError as error:
            raise PublishError(f"{self.name}: {redact(str(error))}; mend the settings of the AWS tools") from error


def client_for(publication: Publication) -> Any:  # noqa: ANN401 - boto3 makes its classes as it runs
    """Return a client of the service; credentials come from where the AWS tools have them."""
    style = {"addressing_style": "path"} if publication.endpoint else {}
    return boto3.session.Session().client(
        "s3",
        endpoint_url=publication.endpoint or None,
        region_name=publication.region or None,
        config=CLIENT.merge(Config(s3=style)),
    )


def remedy_for(error: ClientError) -> str:
    """Return what is wrong and what to do."""
    status = str(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", ""))
    code = error.response.get("Error", {}).get("Code", "")
    told = REMEDIES.get(code) or REMEDIES.get(status)
    return f"{told} ({redact(code)})" if told else f"{redact(str(error))}; mend this and publish again"


def is_passing(error: Exception) -> bool:
    """Return whether an error may be gone a moment later, and the library does not know it."""
    return isinstance(error, ClientError) and error.response["ResponseMetadata"]["HTTPStatusCode"] == TOO_MANY


def md5(data: bytes) -> bytes:
    """Return the digest by which the service tells what a file holds; it guards against mishaps, not against people."""
    return hashlib.md5(data, usedforsecurity=False).digest()
