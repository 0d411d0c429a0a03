"""Web addresses that people typed."""

from urllib.parse import urlsplit


def is_https(address: str) -> bool:
    """Give whether this is a whole https address, and one that leads where it seems to.

    Names before an @ pass for a host, and so does what stands before a backslash in browsers;
    signs that cannot be seen can turn the rest around.
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    is_plain = address.isprintable() and not set(address) & set(" \\")
    return (
        parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc and is_plain
    )
