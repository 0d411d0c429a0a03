"""The cards about files that Teams itself draws, and what Teams would choke on in them."""

from typing import Any

CONSENT = "application/vnd.microsoft.teams.card.file.consent"
INFO = "application/vnd.microsoft.teams.card.file.info"

Json = dict[str, Any]


def attached(activity: Json, kind: str) -> Json | None:
    """Give an activity's attachment of that kind, None where it has none."""
    attachments = activity.get("attachments") or ()
    return next((one for one in attachments if one.get("contentType") == kind), None)


def problem_with(activity: Json, *, shared: bool) -> str:
    """Say what is wrong with an activity's cards about files, nothing if all is well."""
    consent, info = attached(activity, CONSENT), attached(activity, INFO)
    if shared and (consent or info):
        return "files are sent in personal chats only"
    if consent is not None:
        return _problem_with_consent(consent)
    if info is not None:
        content = info.get("content") or {}
        values = [info.get("contentUrl"), info.get("name")]
        values += [content.get("uniqueId"), content.get("fileType")]
        if not all(isinstance(value, str) and value for value in values):
            return f"not a file info card: {info!r}"
    return ""


def _problem_with_consent(consent: Json) -> str:
    content = consent.get("content") or {}
    size = content.get("sizeInBytes")
    if not (isinstance(size, int) and size > 0):
        return f"a file has a size, not {size!r}"
    if not (consent.get("name") and content.get("description")):
        return "a file has a name and a description"
    contexts = [content.get(key) for key in ("acceptContext", "declineContext")]
    if not all(isinstance(context, dict) for context in contexts):
        return "accepting and declining have a context each"
    return ""
