"""Buttons that say something else than they were made to: only what one may do anyway happens.

A member presses every button of real cards and dialogs with each of its fields changed.
"""

from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any, Final

import pytest

from actions.choice import Choice, Option
from actions.content import Content
from actions.errors import MusterError
from actions.poll import QUESTION
from bot.now import RandomIds
from cards.envelope import Envelope
from cards.sentences import FAILED, sentence
from cards.texts import texts_for
from tests.scenarios.rights import (
    CONTENTS,
    OTHER_TENANT,
    SECRET,
    Company,
    Tables,
    company,
    settled,
)
from tests.scenarios.steps import SQLITE
from tests.teams import Answer
from tests.teams.cards import actions, text

FAR: Final = "Plugh"
"""What is only in another chat, and in nothing of the one where buttons are pressed."""

OPENED: Final = ("show", "open", "results", "my_response", "mine", "help")
"""What a member may open of everything, to press what it offers."""

MANAGED: Final = (
    *("manage", "edit", "ask_delete", "export", "reminders", "duplicate"),
    *("co_creators", "checker"),
)
"""What only the creator may open; the member has its buttons all the same."""

PIECES: Final = ("", "-1", "0", "999999", "x" * 500, "💥", "../..", "' OR 1=1 --")
VERBS: Final = ("close", "delete", "export.make", "series.delete", "draft.send", "bank.delete")
TEXTS: Final = texts_for("en-GB")


@pytest.fixture
async def house(database_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Company]:
    async with company(database_url, monkeypatch) as made:
        yield made


@pytest.fixture
def tables(database_url: str) -> Iterator[Tables]:
    made = Tables(database_url)
    yield made
    made.close()


@SQLITE
async def test_a_member_gets_no_further_by_changing_any_field_of_any_button(
    house: Company, tables: Tables
) -> None:
    mia, ids = house.cast["M"], {}
    for name in (*CONTENTS, "series", "draft", "bank"):
        ids[name] = await house.makes(name)
    far = {"far": await posts_far(house)}
    found = [one for name in CONTENTS for one in await buttons_of(house, ids[name])]
    found += [one for name in ("series", "draft", "bank") for one in creators(name, ids[name])]
    await settled(house, tables)
    before, wrong, pressed = tables.others(mia.person.key), [], 0
    for button in found:
        for changed in tampered(button, ids | far, house):
            answer, pressed = await mia.presses(changed), pressed + 1
            told = told_wrongly(answer)
            after = tables.others(mia.person.key)
            moved = [name for name in after if after[name] != before[name]]
            before = after
            if told or moved:
                wrong.append(f"{changed}: {told} {moved}")
    assert not wrong, "\n".join(wrong)
    assert pressed > 3_000


@SQLITE
async def test_where_a_button_is_said_to_be_pressed_opens_nothing(house: Company) -> None:
    poll, far = await house.makes("poll"), await posts_far(house)
    show, far_show = (Envelope("show", one).encode() for one in (poll, far))
    mia, oz = house.cast["M"], house.cast["O"]
    here, own = house.chat.id, oz.chat.id
    thread = await mia.presses(show, conversation_id=f"{here};messageid=17")
    assert thread.card is not None, "a thread belongs to its chat"
    for answer in (
        await oz.presses(show, conversation_id=f"{own};messageid={here}"),
        await oz.presses(show, conversation_id=f"{own};{here}"),
        await oz.presses(show, reply_to_id=here),
        await mia.presses(far_show, conversation_id=f"{here};messageid={house.elsewhere.id}"),
        await mia.presses(far_show, reply_to_id="1"),
        await house.cast["C"].presses(show, tenant_id=OTHER_TENANT),
    ):
        assert answer.message == sentence(TEXTS, MusterError("no_such_action"))


@SQLITE
async def test_another_chats_name_is_not_told_by_a_form_that_is_to_be_posted_there(
    house: Company,
) -> None:
    oz, mine = house.cast["O"], RandomIds().new()
    form = {"title": "Lunch?", "more": "Pizza\nSushi"}
    kept = await oz.presses(form | Envelope("draft.keep", mine, "poll").encode())
    assert kept.card is not None
    where = {"where": house.chat.id, "post.where": house.chat.id, "step": "when"}
    when = {"post.date": "2030-01-07", "post.time": "09:00", "post.repeat": "never"}
    for verb in ("draft.schedule", "draft.repeat", "draft.plan", "draft.scheduled", "draft.send"):
        answer = await oz.presses(where | when | Envelope(verb, mine, "poll").encode())
        assert answer.status == 200
        assert SECRET not in str(answer.body), verb
    assert [one.summary for one in house.chat.messages if "Lunch?" in one.summary] == []


@SQLITE
async def test_nobody_takes_the_name_of_a_draft_that_another_is_about_to_begin(
    house: Company,
) -> None:
    poll, cleo = await house.makes("poll"), house.cast["C"]
    guessed = RandomIds().of("edit", poll, cleo.person.key)
    taken = {"title": "Mine"} | Envelope("draft.keep", guessed, "poll").encode()
    answer = await house.cast["M"].presses(taken)
    assert answer.message == sentence(TEXTS, MusterError("no_such_draft"))
    edits = {"title": "Dinner?", "edits": poll}
    answer = await cleo.presses(edits | Envelope("draft.keep", guessed, "poll").encode())
    assert "Kept as a draft: Poll, Dinner?" in text(answer.card)


@SQLITE
async def test_a_preview_sends_and_edits_ones_own_draft_alone(house: Company) -> None:
    draft, mia = await house.makes("draft"), house.cast["M"]
    content = {"actions": [{"data": Envelope("show", draft).encode()}]}
    card = {"contentType": "application/vnd.microsoft.card.adaptive", "content": content}
    for choice in ("send", "edit"):
        preview = {"botMessagePreviewAction": choice, "commandId": "quiz"}
        value = preview | {"botActivityPreview": [{"type": "message", "attachments": [card]}]}
        answer = await mia.user.invokes(mia.chat, "composeExtension/submitAction", value)
        said = answer.body["task"]["value"]["card"]["content"]
        assert sentence(TEXTS, MusterError("no_such_draft")) in text(said)


@SQLITE
async def test_the_report_of_an_import_is_its_owners(house: Company) -> None:
    pasted = {"pasted": "Is it so? {TRUE}\n\nSay something.{}"}
    report = await house.cast["C"].presses(pasted | Envelope("bank.read").encode())
    assert "1 new" in text(report.card)
    for role in "KMGXAOET":
        for argument in ("", "0", "1", house.cast["C"].person.key):
            other = Envelope("bank.report", house.cast["C"].person.key, argument).encode()
            answer = await house.cast[role].presses(other)
            assert answer.message == sentence(TEXTS, MusterError("no_such_import"))


async def posts_far(house: Company) -> str:
    """Post something in the other chat; gives its id."""
    options = Option("a", f"{FAR} one"), Option("b", f"{FAR} two")
    content = Content(f"{FAR} title", (Choice(QUESTION, f"{FAR}?", options),))
    return await house.posts("poll", house.elsewhere, content)


async def buttons_of(house: Company, action_id: str) -> list[Mapping[str, Any]]:
    """Give the data of all buttons that the cards and dialogs about something offer."""
    found: dict[str, Mapping[str, Any]] = {}
    for role, verbs in (("M", OPENED), ("C", MANAGED)):
        for verb in verbs:
            answer = await house.cast[role].presses(Envelope(verb, action_id).encode())
            for action in actions(answer.card or {}):
                data = action.get("data")
                if isinstance(data, dict) and "muster" in data:
                    # One of each verb will do: the others differ in what is changed anyway.
                    found.setdefault(str(data["muster"]).split(" ")[1], data)
    return list(found.values())


def creators(name: str, subject_id: str) -> Iterator[Mapping[str, Any]]:
    """Give the data of buttons about what only its creator can open."""
    verbs = {
        "series": ("series", "series.edit", "series.post", "series.stop", "series.results"),
        "draft": ("draft.open", "draft.preview", "draft.send", "build.open", "build.keep"),
        "bank": ("bank.open", "bank.save", "bank.delete"),
    }[name]
    return (Envelope(verb, subject_id, "quiz").encode() | {"of": "q0"} for verb in verbs)


def tampered(
    data: Mapping[str, Any], ids: Mapping[str, str], house: Company
) -> Iterator[dict[str, Any]]:
    """Give a button's data with each of its fields changed, one at a time."""
    version, verb, action, argument = (*str(data["muster"]).split(" ", 3), "", "", "")[:4]
    rest = {name: value for name, value in data.items() if name not in {"muster", "msteams"}}
    others = [house.cast["C"].person.key, house.cast["G"].person.key]
    for other in (*ids.values(), RandomIds().new(), "-"):
        yield rest | {"muster": f"{version} {verb} {other} {argument}".rstrip()}
    for other in ("0", "2", "-1", "x"):
        yield rest | {"muster": f"{other} {verb} {action} {argument}".rstrip()}
    for other in VERBS:
        yield rest | {"muster": f"{version} {other} {action} {argument}".rstrip()}
    for piece in (*PIECES, *others, ids["far"], ids["draft"]):
        yield rest | {"muster": f"{version} {verb} {action} {piece}"}
    words = argument.split(" ")
    for place in range(len(words) if len(words) > 1 else 0):
        yield rest | {
            "muster": " ".join((version, verb, action, *words[:place], "zz", *words[place + 1 :]))
        }
    for name in (*rest, "edits", "of", "where", "seen", "answer"):
        for value in (ids["far"], house.elsewhere.id, ["a", 1]):
            yield dict(data) | {name: value}


def told_wrongly(answer: Answer) -> str:
    """Give what is wrong with an answer, nothing where it is an answer."""
    if answer.status != 200:
        return f"answered {answer.status}"
    said = str(answer.body)
    if FAILED.partition("(")[0] in said:
        return "broke"
    return "told what is elsewhere" if FAR in said else ""
