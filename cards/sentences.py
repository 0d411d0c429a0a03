"""What went wrong, in words that say what to do."""

from collections.abc import Mapping

from actions.errors import MusterError, Problem
from cards.markdown import plain
from cards.texts import Texts

SENTENCES: Mapping[str, str] = {
    # Fields of forms.
    "title_needed": "Write what you want to ask.",
    "too_long": "This is {length} characters long; at most {limit} fit. Shorten it.",
    "duplicate_option": "This option is there already. Change or clear it.",
    "options_count": "Give {least} to {most} options; you have {given}.",
    "places_whole": "Give a whole number of places, or leave it empty for any number.",
    "most_whole": "Give a whole number from {least}, or leave it empty for any number.",
    "date_needed": "Give a day, or switch off “Close automatically”.",
    "time_needed": "Give a time of day, or switch off “Close automatically”.",
    "due_in_past": "This time has passed. Give a later one.",
    "choose_something": "Choose something first.",
    "no_such_option": "This option is no longer there. Choose another.",
    # Everything else.
    "closed": "This is closed, so your answer was not counted.",
    "no_change": "Votes cannot be changed here, so your first one stands.",
    "too_many_chosen": "You can choose at most {most}. Take one back first.",
    "full": "“{option}” has no places left. Choose another option.",
    "sealed": "You voted before this was closed; that anonymous vote can no longer be changed.",
    "creator_only": "Only the person who made this can do that.",
    "results_hidden": "You cannot see these results yet.",
    "deleted": "This was deleted by the person who made it.",
    "no_such_action": "This is not here, or not meant for this chat.",
    "no_such_draft": "This draft is gone. Start a new one.",
    "posted": "This was posted already. Start a new one, or duplicate the posted one.",
    "is_edit": "These are changes to something posted. Save them instead.",
    "no_such_button": "This button is from another version. Ask for the card again.",
    "no_such_verb": "This button is from another version. Ask for the card again.",
    "no_such_kind": "This is not something that I can make.",
    "bot_not_there": "I am not in that chat. Add me there, then send it again: the draft is kept.",
    "not_in_conversation": (
        "You and I must both be in that chat. Choose another; the draft is kept."
    ),
    "not_saved": "I could not confirm that this was saved. Please try again; it counts only once.",
    "try_later": "Teams did not answer just now. Please try again in a moment.",
    "invalid": "Some answers need another look.",
}
"""The English sentence of every code; other languages are in the catalogue."""

LONGEST_QUOTE = 60
"""Characters of someone's own words in a sentence."""

FAILED = "Something went wrong on our side. Please try again. (Reference: {reference})"
"""What someone reads when something broke that nobody foresaw."""


def sentence(texts: Texts, failure: MusterError | Problem) -> str:
    """Give the sentence for a failure in the reader's language, as a card's text."""
    values = {
        name: plain(value, LONGEST_QUOTE) if isinstance(value, str) else value
        for name, value in failure.values.items()
    }
    return texts(SENTENCES.get(failure.code, SENTENCES["invalid"]), **values)
