"""What went wrong, in words that say what to do."""

from collections.abc import Mapping

from actions.errors import MusterError, Problem
from actions.quantity import Quantity
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
    "untitled": "Give this a title.",
    "nothing_to_pass": "Nothing here gives points, so there is no pass mark. Leave it empty.",
    "key_decimals_fixed": (
        "People answered with at most {count} decimals, so what is right cannot have more. "
        "Round it."
    ),
    "questions_count": "Give {least} to {most} questions; you have {given}.",
    "questions_full": "There are {most} already, and no more fit. Delete one first.",
    "question_needed": "Write the question.",
    "items_count": "A checklist has {least} to {most} items; here are {given}.",
    "item_day_needed": "Give the day, too, or clear the time.",
    "items_overdue": "Some items are due before now already. Is that what you want?",
    "paste_items_needed": "Write or paste at least one item.",
    "paste_items_too_many": (
        "These are {given} items, and there is room for {room}: at most {most} in all."
    ),
    "image_address": "Give the picture's whole address, beginning with https://.",
    "decimals_fixed": "People answered with {count} decimals; it must stay so. Give {count}.",
    "type_is_fixed": "This was posted already, so the question must stay of its type.",
    "rule_question_gone": (
        "The question that this rule looks at was deleted. Choose another, or no rule."
    ),
    "rule_looks_ahead": (
        "The question that this rule looks at now comes later. Move it up, or choose another."
    ),
    "rule_operator_needed": "Choose how the answer is compared.",
    "rule_value_needed": "Say what the answer is compared with.",
    "rule_option_gone": "This option is no longer there. Choose another.",
    "paste_needed": "Write or paste at least one question.",
    "paste_too_many": (
        "These are {given} questions, and there is room for {room}: at most {most} in all."
    ),
    "paste_option_first": "Line {line}: an option without a question above it.",
    "paste_line_unknown": (
        "Line {line}: “{text}” is neither a question nor an option. Begin it with ? or with -."
    ),
    "paste_takes_no_options": (
        "Line {line}: a question of this type has no options. Change the type in its brackets."
    ),
    "paste_options_count": (
        "Line {line}: this question needs {least} to {most} options; it has {given}."
    ),
    "paste_option_twice": "Line {line}: this option is in line {first} already.",
    "paste_too_long": "Line {line}: {length} characters; at most {limit} fit. Shorten it.",
    "date_needed": "Give a day, or switch off “Close automatically”.",
    "time_needed": "Give a time of day, or switch off “Close automatically”.",
    "due_in_past": "This time has passed. Give a later one.",
    "post_date_needed": "Give the day on which this is to be posted.",
    "post_time_needed": "Give the time of day at which this is to be posted.",
    "post_until_needed": "Give the last day.",
    "post_too_far": "This is too far off. Give a day within the next {years} years.",
    "time_skipped": (
        "The clocks are put forward then, so that day has no such time. Give another one."
    ),
    "until_before_first": "Nothing would be posted by then. Give a later last day.",
    "choose_something": "Choose something first.",
    "whole_between": "Give a whole number from {least} to {most}.",
    "lines_count": "Give {least} to {most}, one on each line; you have {given}.",
    "too_many_rows": (
        "With {levels} levels at most {most} statements fit; you have {given}. Take some away."
    ),
    "duplicate_line": "“{line}” is there twice. Change or remove one.",
    "heading_needed": "Give this page a heading.",
    "line_address": "Line {line}: give the whole address, beginning with https://.",
    "line_over": "Line {line}: {length} characters; at most {limit} fit. Shorten it.",
    "line_too_long": "“{line}” is {length} characters long; at most {limit} fit. Shorten it.",
    "least_over_most": "There are at most {most} to choose. Give a smaller number.",
    "right_option_needed": "Choose the option that is right.",
    "right_options_needed": "Tick every option that is right.",
    "star_needed": "Put a star (*) before the option that is right.",
    "stars_needed": "Put a star (*) before every option that is right.",
    "right_either_needed": "Choose which of the two is right.",
    "right_number_needed": "Give the number that is right.",
    "right_text_needed": "Write what is right; if several spellings count, one on each line.",
    "right_option_gone": "An option that was right is no longer there. Choose anew what is right.",
    "right_only_one": "Only one option can be chosen here, so only one can be right.",
    "right_over_most": (
        "People may choose at most {most}, so no more than that can be right. Change one of them."
    ),
    "right_under_least": (
        "People must choose at least {least}, so no fewer can be right. Change one of them."
    ),
    "other_not_marked": "Answers in people's own words cannot be marked. Switch “Other” off.",
    "not_marked": "Questions of this type cannot be marked. Choose another type.",
    # Answers.
    "choose_at_most": "Choose at most {most}.",
    "choose_at_least": "Choose at least {least}.",
    "other_needed": "Write your own answer here, or take the tick at “Other” away.",
    "other_or_option": "Only one answer is asked for: choose an option or write your own.",
    "level_between": "Halves do not count here. Give a whole number from {least} to {most}.",
    "level_outside": "Choose one of the numbers from {least} to {most}.",
    "place_missing": "Give this a place, too, or no place to any.",
    "place_twice": "Place {place} is given more than once. Give each place once.",
    "number_unreadable": "This is not a number. Write it with the digits 0 to 9.",
    "number_too_long": "This number is too long: at most {most} digits fit before the decimals.",
    "decimal_sign": "Write decimals like this: {example}. Thousands may be set apart by spaces.",
    "whole_needed": "Give a whole number, without decimals.",
    "decimals_over": "It has {given} decimals, and only {most} can be kept. Round it.",
    "number_under": "Give at least {least}.",
    "number_over": "Give at most {most}.",
    "most_under_least": "This is below the smallest one allowed. Change one of them.",
    "date_unreadable": "Write the day as year, month and day, like this: 2026-11-27.",
    "no_such_date": "There is no such day. Check the month and the day.",
    "time_unreadable": "Write the time as hours and minutes, like this: 17:30.",
    "no_such_time": "There is no such time. Hours go from 0 to 23, minutes from 0 to 59.",
    "moment_before": "This is too early. Give {least} or later.",
    "moment_after": "This is too late. Give {most} or earlier.",
    "last_before_first": "This is before the first one allowed. Change one of them.",
    "no_such_option": "This option is no longer there. Choose another.",
    "option_needed": "Write your option first.",
    "option_exists": "This option is there already. Choose it to vote for it.",
    "answer_needed": "This needs an answer.",
    "answer_or_pass": "Give an answer, or choose “Go on without an answer”.",
    "attempts_used": "You have used all your attempts.",
    "too_soon": "Please take a little longer for this page: {seconds} s are left.",
    "not_completed": "There is a certificate once you have completed this.",
    # Checklists.
    "item_needed": "Write what is to be done.",
    "reason_needed": "Write why.",
    "item_gone": "This item was deleted meanwhile.",
    "items_full": "There are {most} items already, and no more fit. Delete one first.",
    "items_fixed": "Only the person who made this list can change what is on it.",
    "last_item": "A list needs one item at least. Change this one, or delete the whole list.",
    "item_checked": "This was checked and found right, so only who checked it can open it again.",
    "item_of_another": "This item is for someone else by name, and only they tick it.",
    "co_creators_full": "There are {most} people already. Remove one of them first.",
    "nobody_checks": "Nobody has to check what is done on this list.",
    "no_such_person": "They are not in the chat any more.",
    "checker_only": "Only the person who was chosen to check can do that.",
    "changed_meanwhile": (
        "Someone changed this meanwhile, to “{text}”. Save again to put your words in its place."
    ),
    # The question bank and its files.
    "no_such_bank_question": "This question is no longer in your bank.",
    "no_such_import": "Nothing was imported yet.",
    "bank_full": "Your bank holds {most} questions, and no more fit. Delete some first.",
    "pick_needed": "Tick at least one question that is still in your bank.",
    "import_needed": "Write or paste at least one question.",
    "file_not_fetched": (
        "I could not fetch this file from your OneDrive. Please send it again in a new message."
    ),
    "bank_file_too_large": (
        "This file is too large: at most {megabytes} MB are read. Divide it, and send the parts."
    ),
    "bank_file_old": "This is an old Office file. Save it as XLSX or CSV, and send that.",
    "bank_file_unknown": (
        "This is no file of questions that I can read. Send an Excel sheet (XLSX), CSV or GIFT."
    ),
    "tags_over": "These are {given} tags, and at most {most} are kept. Take some away.",
    "gift_description": (
        "This has no answers in braces, so it asks nothing. It is left out; add the answers, "
        "or make it a lesson."
    ),
    "gift_braces": (
        "A question needs one pair of braces around its answers, and no blank line in between. "
        "Write a backslash before braces that are part of a text."
    ),
    "gift_essay": "An essay cannot be marked by itself, so it is left out.",
    "gift_matching": "Matching questions cannot be asked here, so it is left out.",
    "gift_nothing_right": (
        "Nothing in it gives all of the points. Mark what is right with “=”, or give shares "
        "that add up to 100 %."
    ),
    "gift_option_blank": "An option has no words, perhaps only a picture. Give it words.",
    "gift_wildcard": (
        "An accepted answer has a star in it, which stands for anything. Write out what you "
        "accept, or put a backslash before the star."
    ),
    "gift_several_numbers": "Only one number can be right here. Keep one, or give a range.",
    "gift_span": "The range ends before it begins. Write the smaller number first.",
    "gift_weight_lost": (
        "“{option}” gives {percent} % of the points in Moodle. Here it counts as wrong."
    ),
    "gift_all_needed": (
        "Several answers are marked with “=”, where any one is enough in Moodle. "
        "Here all of them have to be ticked."
    ),
    "gift_shares_lost": (
        "Its shares are not kept: here every right tick gives the same, "
        "and a wrong one takes that away."
    ),
    "gift_comments_lost": "Comments on single answers are not kept; the explanation is.",
    "gift_picture_lost": (
        "A picture in it is not kept. Give the question a picture by its https address instead."
    ),
    "table_empty": "There is nothing in this file.",
    "table_unreadable": "This is no table that can be read. Save it as CSV or XLSX once more.",
    "table_column": "The column “{text}” is not known, so it is not read.",
    "table_column_twice": "There are two columns “{text}”. Take one away.",
    "table_columns_needed": "The first row has to name the columns. Missing: {columns}.",
    "table_type": "Write one, several, drop-down, true/false, number or text.",
    "table_no_option": "There is no option “{text}”. Give the number of an option, or its words.",
    "table_right_ambiguous": (
        "“{text}” is the number of one option and what another one says. "
        "Write # before numbers of options, like #2."
    ),
    "table_flag": "Write yes or no.",
    "table_truth": "Write true or false.",
    "table_takes_no_options": (
        "This sort of question has no options. Empty them, or write another sort under “type”."
    ),
    # Everything else.
    "closed": "This is closed, so your answer was not counted.",
    "too_late": (
        "This was closed, so your answers were not handed in. What you typed is kept, "
        "in case it is opened again."
    ),
    "handed_in": "You handed this in already, and it cannot be changed.",
    "nothing_answered": "Answer at least one question, then hand it in.",
    "no_change": "Votes cannot be changed here, so your first one stands.",
    "too_many_chosen": "You can choose at most {most}. Take one back first.",
    "may_not_add": "Options cannot be added here. Choose one of those that are there.",
    "no_more_options": "There are {most} options already, and no more fit. Choose one of them.",
    "full": "“{option}” has no places left. Choose another option.",
    "sealed": "You voted before this was closed; that anonymous vote can no longer be changed.",
    "creator_only": "Only the person who made this can do that.",
    "results_hidden": "You cannot see these results yet.",
    "answers_unknown": "This is anonymous: nobody sees who answered what.",
    "no_such_question": "This question is no longer there. Open the results anew.",
    "no_such_answer": "Nobody has given this answer any more. Open the results anew.",
    "deleted": "This was deleted by the person who made it.",
    "no_such_action": "This is not here, or not meant for this chat.",
    "no_such_response": "This response is no longer there.",
    "question_gone": "This is no longer there. What you typed elsewhere is kept.",
    "no_such_preset": "Choose a type first.",
    "all_optional": (
        "Every question may be left out, since none must be answered. Is that what you want?"
    ),
    "feedback_without_end": (
        "What was right is shown after closing, and this does not close by itself. "
        "Is that what you want?"
    ),
    "no_such_draft": "This draft is gone. Start a new one.",
    "no_such_series": "This is no longer scheduled.",
    "series_over": "Its time has passed. Edit it, and give it a new one.",
    "posted": "This was posted already. Start a new one, or duplicate the posted one.",
    "is_edit": "These are changes to something posted. Save them instead.",
    "no_such_button": "This button is from another version. Ask for the card again.",
    "no_such_verb": "This button is from another version. Ask for the card again.",
    "no_such_kind": "This is not something that I can make.",
    "bot_not_there": "I am not in that chat. Add me there, then send it again: the draft is kept.",
    "not_in_conversation": (
        "You and I must both be in that chat. Choose another; the draft is kept."
    ),
    "no_such_link": "This link is not right. Open the lesson again in Teams.",
    "link_gone": "This link is no longer in the lesson. Open the lesson again in Teams.",
    "no_such_export": "This link or button is not right. Export again under Manage.",
    "export_expired": "This is too old by now. Export again under Manage.",
    "export_failed": "The file could not be made just now. Please try again in a moment.",
    "no_such_certificate": (
        "There is no certificate of this code. Check it against the certificate, sign by sign."
    ),
    "not_saved": "I could not confirm that this was saved. Please try again; it counts only once.",
    "too_fast": "That was a lot at once, so this was not done. Please try again in a few seconds.",
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
    values = {name: _quoted(texts, value) for name, value in failure.values.items()}
    return texts(SENTENCES.get(failure.code, SENTENCES["invalid"]), **values)


def _quoted(texts: Texts, value: object) -> object:
    text = texts.quantity(value) if isinstance(value, Quantity) else value
    return plain(text, LONGEST_QUOTE) if isinstance(text, str) else text
