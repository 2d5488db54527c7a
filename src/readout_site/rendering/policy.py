"""What a page may load and run: the second net under escaping, for the page itself and for hosts that read `_headers`.

No page needs a script, a style or an image that does not come as a file of the site, so nothing in a text can be one.
"""

from markupsafe import Markup

HEADERS_FILE = "_headers"
"""The file that Netlify and Cloudflare Pages read; other hosts serve it as it is, which does no harm."""
RULES = {
    "default-src": "'none'",
    "style-src": "'self'",
    "img-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
}
"""By directive (Content Security Policy Level 3), what may be had from where."""
POLICY = Markup("; ").join(Markup(f"{name} {where}") for name, where in RULES.items())  # noqa: S704 - our own words
FOR_HOSTS = {
    "Content-Security-Policy": f"{POLICY}; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
"""What a page cannot say of itself stands here too: that no other site may frame it, that no type is guessed."""


def headers_file() -> bytes:
    """Return the file that has hosts send the policy with every file."""
    lines = ("/*", *(f"  {name}: {value}" for name, value in FOR_HOSTS.items()))
    return "".join(f"{line}\n" for line in lines).encode()
