"""Who someone is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """Someone in Teams: `key` lasts, `name` may change, `mri` (29:…) is their address."""

    key: str
    name: str
    mri: str = ""


def person_key(tenant_id: str, object_id: str, conversation_id: str, mri: str) -> str:
    """Give the durable identity: the chat's tenant and Entra object id, or else chat and `29:` id.

    Activities do not say where people from elsewhere are at home, so the tenant is the chat's
    (docs/decisions/0005). Anonymous meeting guests have no object id; their `29:` id means
    something in one conversation only (teams.md §9).
    """
    if object_id:
        return f"{tenant_id}/{object_id}".lower()
    return f"{conversation_id}/{mri}"
