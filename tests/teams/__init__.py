"""A stand-in for Teams: towards the bot its servers, towards a test its people."""

from tests.teams.answers import Answer
from tests.teams.chats import Chat, Message
from tests.teams.client import Forgery
from tests.teams.dialogs import Dialog
from tests.teams.forms import RefusedByClient
from tests.teams.server import Teams
from tests.teams.users import User

__all__ = ["Answer", "Chat", "Dialog", "Forgery", "Message", "RefusedByClient", "Teams", "User"]
