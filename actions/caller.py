"""Who asks for something, and from where."""

from dataclasses import dataclass

from actions.people import Person


@dataclass(frozen=True, slots=True)
class Caller:
    """Someone who pressed or wrote something in a conversation; every right is judged by this."""

    person: Person
    tenant_id: str
    conversation_id: str
    locale: str
    time_zone: str
