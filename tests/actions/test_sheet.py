"""Where the buttons of a form's pages lead."""

from hypothesis import given
from hypothesis import strategies as st

from actions.about import About
from actions.conditions import Condition, Operator
from actions.content import Content
from actions.paging import Page
from actions.sheet import REVIEW, Filling, Move, Receipt, Sheet, filling_of
from actions.typed import Sent
from tests.actions.builders import ACTION_ID, VOTER
from tests.actions.surveys import a_survey
from tests.actions.test_typed import yes_or_no

rules = st.none() | st.tuples(st.integers(0, 9), st.sampled_from(["y", "n"]))
surveys = st.lists(st.tuples(st.booleans(), rules), min_size=1, max_size=10)
answers = st.dictionaries(st.sampled_from("0123456789"), st.sampled_from(["y", "n", "", "?"]))


def content_of(made: list[tuple[bool, tuple[int, str] | None]]) -> Content:
    """Give questions of yes or no, some with a page break, some with a rule about an earlier."""
    questions = []
    for number, (breaks, rule) in enumerate(made):
        earlier = rule is not None and rule[0] < number
        shown_if = Condition(str(rule[0]), Operator.IS, rule[1]) if rule and earlier else None
        about = About(starts_page=breaks, shown_if=shown_if)
        questions.append(yes_or_no(str(number), about))
    return Content("T", tuple(questions))


def a_filling(content: Content, values: dict[str, str]) -> Filling:
    """Give a form with these values on its first page."""
    action = a_survey(*content.questions)
    receipt = Receipt(action, VOTER.key, (), is_open=True, sees_results=True)
    filling = filling_of(receipt, Sheet(ACTION_ID), None)
    return filling.taking(Sent((), values), Sheet(ACTION_ID).reading)


def sent(filling: Filling) -> Sent:
    """Give what the page sends that a form is at."""
    return Sent(tuple(question.id for question in filling.page))


@given(surveys, answers)
def test_going_on_shows_every_page_once_and_then_the_review(
    made: list[tuple[bool, tuple[int, str] | None]], values: dict[str, str]
) -> None:
    right = {name: value for name, value in values.items() if value != "?"}
    filling = a_filling(content_of(made), right)
    seen = []
    while filling.at != REVIEW:
        seen.append(filling.page)
        filling = filling.moved(sent(filling), Move.NEXT)
    assert tuple(seen) == filling.pages
    back: list[Page] = []
    filling = filling.moved(Sent(), Move.BACK)
    while not back or back[-1] != filling.page:
        back.append(filling.page)
        filling = filling.moved(sent(filling), Move.BACK)
    assert tuple(reversed(back)) == filling.pages


@given(surveys, answers, st.sampled_from(Move))
def test_a_button_leads_on_only_from_a_page_that_is_right(
    made: list[tuple[bool, tuple[int, str] | None]], values: dict[str, str], move: Move
) -> None:
    filling = a_filling(content_of(made), values)
    page = sent(filling)
    after = filling.moved(page, move)
    looks = move in {Move.NEXT, Move.DONE}
    wrong = filling.problems_of(page.questions)
    assert after.wrong == (wrong if looks else {})
    assert (after.page == filling.page and after.at != REVIEW) or not (looks and wrong)
    assert (after.values, after.read) == (filling.values, filling.read)
