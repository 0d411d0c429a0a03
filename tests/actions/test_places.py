"""What Teams' refusals say about a conversation."""

import pytest

from actions.places import is_gone


@pytest.mark.parametrize(
    "code",
    [
        "BotDisabledByAdmin",
        "BotNotInConversationRoster",
        "ConversationBlockedByUser",
        "ConversationForgotten",
        "ConversationNotFound",
        "MessageWritesBlocked",
    ],
)
def test_refusal_of_the_bot_or_the_conversation_ends_it(code: str) -> None:
    assert is_gone(code)


@pytest.mark.parametrize(
    "code",
    [
        "",
        "ActivityNotFoundInConversation",
        "Http404",
        "MemberNotFoundInConversation",
        "MessageSizeTooBig",
        "ServiceUrlNotAllowed",
    ],
)
def test_refusal_of_one_message_does_not(code: str) -> None:
    assert not is_gone(code)
