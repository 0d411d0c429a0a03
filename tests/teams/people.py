"""Who takes part: what Teams knows of a person."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4


@dataclass(eq=False, kw_only=True)
class Person:
    """Someone in Teams; anonymous meeting guests have no `object_id`."""

    name: str
    mri: str
    object_id: str
    tenant_id: str
    role: str
    locale: str
    time_zone: str

    def account(self) -> dict[str, Any]:
        """Give the `from` of this person's activities."""
        account = {"id": self.mri, "name": self.name}
        if self.object_id:
            return account | {"aadObjectId": self.object_id}
        return account | {"tenantId": self.tenant_id, "userRole": self.role}

    def member(self, id_key: str) -> dict[str, Any]:
        """Give this person as rosters do, with the object id under `id_key`."""
        member = {"id": self.mri, "name": self.name, "tenantId": self.tenant_id}
        member["userRole"] = self.role
        if not self.object_id:
            return member
        first, _, last = self.name.partition(" ")
        mail = f"{self.name.replace(' ', '.').lower()}@{self.tenant_id[:8]}.example"
        names = {"givenName": first, "surname": last, "email": mail, "userPrincipalName": mail}
        return member | names | {id_key: self.object_id}


def new_mri() -> str:
    """Make a user's `29:` id, which means something to one bot only."""
    return f"29:1{uuid4().hex}{uuid4().hex}"
