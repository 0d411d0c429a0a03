"""What someone's answers came to, in figures: rounded by `actions.marking`, and no further."""

from actions.exam import Exam
from actions.marking import Placed, Score, shown
from cards.texts import Texts


def percent(reached: Score | Placed, texts: Texts) -> str:
    """Give a score in percent: "66.67 %"."""
    return texts("{percent} %", percent=texts.decimal(reached.shown(), 2))


def points(score: Score, texts: Texts) -> str:
    """Give a score in points: "5.33 of 8 points"."""
    got = texts.decimal(shown(score.points), 2)
    return texts.many(
        "{points} of {count} point", "{points} of {count} points", score.of, points=got
    )


def judged(score: Score, exam: Exam, texts: Texts) -> str:
    """Give what a score amounts to: "66.67 % · not passed"; where there are no points, nothing."""
    words = [percent(score, texts)] if score.of else []
    match score.passed(exam.pass_mark):
        case True:
            words.append(texts("passed"))
        case False:
            words.append(texts("not passed"))
    return " · ".join(words)


def share(some: int, everyone: int, texts: Texts) -> str:
    """Give a part of the people in whole percent; all and none are said only where it is so."""
    rounded = round(100 * some / everyone) if everyone else 0
    whole = min(max(rounded, 1), 99) if 0 < some < everyone else rounded
    return texts("{percent} %", percent=whole)
