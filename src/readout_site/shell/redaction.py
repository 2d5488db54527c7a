"""Words of other programs → words that may be shown: no password and no token in them."""

import os
import re

USER_INFO = re.compile(r"(?<=://)[^/\s]+(?=@)")
HEADER = re.compile(
    r"(?i)\b(authorization(?::|(?=\s+\w+\s+\S{8}))(?:\s*(?:basic|bearer|digest|token|aws4-hmac-sha256)\b)?"
    r"|(?:x-amz-security-token|x-amz-signature|signature|token|password)[:=])\s*\S+"
)
SECRET_NAME = re.compile(r"(?i)TOKEN|SECRET|PASSW|_KEY|CREDENTIAL")
SHORT = 8
"""A value of fewer characters is no secret that is worth the name, and may be a word of any message."""
STARS = "***"


def redact(text: str) -> str:
    """Return `text` without user names and passwords in addresses, and without the secrets of the environment."""
    text = HEADER.sub(rf"\1 {STARS}", USER_INFO.sub(STARS, text))
    for name, value in os.environ.items():
        if SECRET_NAME.search(name) and len(value) >= SHORT:
            text = text.replace(value, STARS)
    return text
