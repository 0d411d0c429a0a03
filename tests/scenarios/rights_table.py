"""Who may do what, as a table: the rights that product.md §2 gives, verb by verb."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from tests.scenarios.rights import CONTENTS, STRANGERS

TABLE: Final = """
# verb              on what                               who may    the others are told
help                -                                     CKMGXAOET  -
mine                -                                     CKMGXAOET  -
create              -                                     CKMGXAOET  -
bank                -                                     CKMGXAOET  -
bank.import         -                                     CKMGXAOET  -
bank.read           -                                     CKMGXAOET  -
bank.report         -                                     CKMGXAOET  -
bank.export         -                                     CKMGXAOET  -
bank.file           -                                     CKMGXAOET  -
bank.open           bank                                  C          no_such_bank_question
bank.save           bank                                  C          no_such_bank_question
bank.ask_delete     bank                                  C          no_such_bank_question
bank.delete         bank                                  C          -
draft.keep          new                                   CKMGXAOET  -
draft.open          draft                                 C          no_such_draft
draft.preview       draft                                 C          no_such_draft
draft.turn          draft                                 C          no_such_draft
draft.keep          draft                                 C          no_such_draft
draft.discard       draft                                 C          no_such_draft
draft.send          draft                                 C          no_such_draft
draft.schedule      draft                                 C          no_such_draft
draft.when          draft                                 C          no_such_draft
draft.repeat        draft                                 C          no_such_draft
draft.plan          draft                                 C          no_such_draft
draft.form          draft                                 C          no_such_draft
draft.later         draft                                 C          no_such_draft
draft.scheduled     draft                                 C          no_such_draft
build.list          draft                                 C          no_such_draft
build.add           draft                                 C          no_such_draft
build.another       draft                                 C          no_such_draft
build.open          draft                                 C          no_such_draft
build.done          draft                                 C          no_such_draft
build.more          draft                                 C          no_such_draft
build.change        draft                                 C          no_such_draft
build.rule          draft                                 C          no_such_draft
build.ruled         draft                                 C          no_such_draft
build.rule_anew     draft                                 C          no_such_draft
build.unruled       draft                                 C          no_such_draft
build.move          draft                                 C          no_such_draft
build.duplicate     draft                                 C          no_such_draft
build.delete        draft                                 C          no_such_draft
build.put_back      draft                                 C          no_such_draft
build.paste         draft                                 C          no_such_draft
build.pasted        draft                                 C          no_such_draft
build.try           draft                                 C          no_such_draft
build.bank          draft                                 C          no_such_draft
build.pick          draft                                 C          no_such_draft
build.picked        draft                                 C          no_such_draft
build.unpicked      draft                                 C          no_such_draft
build.keep          draft                                 C          no_such_draft
draft.turn          edit:poll                             CK         creator_only
draft.keep          edit:poll                             CK         creator_only
draft.preview       edit:poll                             CK         creator_only
draft.apply         edit:poll                             CK         creator_only
build.open          edit:survey                           CK         creator_only
build.delete        edit:survey                           CK         creator_only
draft.turn          edit:series                           C          creator_only
draft.apply         edit:series                           C          creator_only
series              series                                C          creator_only
series.edit         series                                C          creator_only
series.post         series                                C          creator_only
series.stop         series                                C          creator_only
series.resume       series                                C          creator_only
series.ask_delete   series                                C          creator_only
series.delete       series                                C          creator_only
series.results      series                                C          creator_only
series.together     series                                C          creator_only
refresh             poll,survey,quiz,training,shared,own  CKMGXA     -
show                poll,survey,quiz,training,shared,own  CKMGXA     -
open                poll,survey,quiz,training,shared,own  CKMGXA     -
choose              poll,hidden                           CKMGXA     -
take_back           poll,hidden                           CKMGXA     -
vote                poll,hidden                           CKMGXA     -
withdraw            poll,hidden                           CKMGXA     -
add_option          poll                                  CKMGXA     -
add_option          hidden                                -          may_not_add
tick                shared,own                            CKMGXA     -
untick              shared,own                            CKMGXA     -
list.open           shared,own                            CKMGXA     -
list.item           shared,own                            CKMGXA     -
list.why            shared,own                            CKMGXA     -
list.set            shared,own                            CKMGXA     -
list.refuse         shared                                M          checker_only
list.check          shared                                M          checker_only
list.edit           shared,own                            CK         items_fixed
list.new            shared,own                            CK         items_fixed
list.add            shared,own                            CK         items_fixed
list.change         shared,own                            CK         items_fixed
list.save           shared,own                            CK         items_fixed
list.move           shared,own                            CK         items_fixed
list.delete         shared,own                            CK         items_fixed
list.put_back       shared,own                            CK         items_fixed
fill.open           survey                                CKMGXA     -
fill.next           survey                                CKMGXA     -
fill.back           survey                                CKMGXA     -
fill.later          survey                                CKMGXA     -
fill.page           survey                                CKMGXA     -
fill.done           survey                                CKMGXA     -
fill.leave          survey                                CKMGXA     -
fill.review         survey                                CKMGXA     -
fill.hand_in        survey                                CKMGXA     -
fill.discard        survey                                CKMGXA     -
take.begin          quiz,training                         CKMGXA     -
take.answer         quiz,training                         CKMGXA     -
take.pass           quiz,training                         CKMGXA     -
take.on             quiz,training                         CKMGXA     -
take.page           quiz,training                         CKMGXA     -
take.later          quiz,training                         CKMGXA     -
take.result         quiz,training                         CKMGXA     -
take.review         quiz,training                         CKMGXA     -
take.certificate    training                              CKMGXA     -
results             poll,survey,quiz,training,shared,own  CKMGXA     -
questions           quiz,training                         CKMGXA     -
question            poll,survey                           CKMGXA     -
question            hidden,quiz,training                  CK         results_hidden
texts               survey                                CKMGXA     -
texts               quiz                                  CK         results_hidden
drill               poll,survey,own                       CKMGXA     -
drill               hidden,quiz,training                  CK         results_hidden
response            poll,survey,own                       CKMGXA     -
response            hidden,quiz,training                  CK         results_hidden
response.refuse     own                                   M          checker_only
response.check      own                                   M          checker_only
responded           poll,survey,own                       CKMGXA     -
responded           hidden,quiz,training                  CK         results_hidden
under_way           own                                   CKMGXA     -
under_way           quiz,training                         CK         creator_only
not_responded       poll,survey,own                       CKMGXA     -
not_responded       hidden,quiz,training                  CK         results_hidden
leaders             quiz                                  CK         results_hidden
missed              shared                                CKMGXA     -
done_by             shared                                CKMGXA     -
history             shared,own                            CKMGXA     -
my_response         poll,survey,quiz,training,own         CKMGXA     -
manage              poll,survey,quiz,training,shared,own  CK         creator_only
close               poll,survey,quiz,training,shared,own  CK         creator_only
reopen              poll,survey,quiz,training,shared,own  CK         creator_only
remind              poll,survey,quiz,training,shared,own  CK         creator_only
reminders           poll,survey,quiz,training,shared,own  CK         creator_only
co_creators         poll,survey,quiz,training,shared,own  CK         creator_only
co_creators.add     poll,survey,quiz,training,shared,own  CK         creator_only
co_creators.remove  poll,survey,quiz,training,shared,own  CK         creator_only
checker             shared,own                            CK         creator_only
checker.choose      shared,own                            CK         creator_only
ask_delete          poll,survey,quiz,training,shared,own  CK         creator_only
delete              poll,survey,quiz,training,shared,own  CK         creator_only
duplicate           poll,survey,quiz,training,shared,own  CK         creator_only
edit                poll,survey,quiz,training,shared,own  CK         creator_only
export              poll,survey,quiz,training,shared,own  CK         creator_only
export.make         poll,survey,quiz,training,shared,own  CK         creator_only
"""
"""By product.md §2; strangers are told no more than that there is no such thing."""

TAPS: Final = {"choose", "take_back"}
"""Verbs of a kind's own."""

NO_SUCH: Final[Mapping[str, str]] = {
    "draft": "no_such_draft",
    "bank": "no_such_bank_question",
    "series": "no_such_series",
}
"""What is said where it is nobody's business whether something exists; else no_such_action."""

ARGUMENTS: Final[Mapping[str, str]] = {
    "create": "poll",
    "choose": "a",
    "take_back": "a",
    "withdraw": "a",
    "tick": "i1",
    "untick": "i0",
    "list.item": "i0",
    "list.why": "i1 not_done",
    "list.set": "i1 done",
    "list.refuse": "i0",
    "list.check": "i0 yes",
    "list.add": "abc last",
    "list.change": "i0",
    "list.save": "i0",
    "list.move": "i0 2",
    "list.delete": "i2",
    "list.put_back": "i2",
    "fill.open": "1",
    "fill.next": "1 one",
    "fill.back": "1 one",
    "fill.later": "1 one",
    "fill.page": "1 one",
    "fill.done": "1 one",
    "fill.leave": "1 one",
    "fill.review": "1",
    "fill.hand_in": "1 one text",
    "fill.discard": "1",
    "take.begin": "1",
    "take.answer": "1 one",
    "take.pass": "1 one",
    "take.on": "1",
    "take.page": "one",
    "take.review": "1",
    "series.post": "1",
    "export.make": "csv",
    "bank.file": "csv",
    "remind": "sure",
}

TYPED: Final[Mapping[str, str]] = {
    "title": "Changed by somebody",
    "answer": "b",
    "one": "b",
    "text": "Mine",
    "own_option": "Another option",
    "reason": "It is broken",
    "name": "A name",
    "tags": "a tag",
    "q.abc.text": "One more",
    "q.i0.text": "Another text",
    "q.q0.text": "Another text",
    "of": "q0",
    "add": "yes_no",
    "change": "number",
    "pasted": "? Right (yes/no) *",
    "place": "0",
}
"""What every form sends, whoever presses: each takes what is its own."""

USED_UP: Final = {"close", "delete", "list.delete", "checker.choose"}
"""After these there is less to do for others."""

RIGHTS: Final = {
    *NO_SUCH.values(),
    *("no_such_action", "no_such_button", "no_such_verb", "no_such_kind"),
    *("creator_only", "checker_only", "items_fixed", "item_of_another", "may_not_add"),
    *("results_hidden", "answers_unknown", "not_in_conversation", "bot_not_there"),
}
"""What nobody who may do something is told."""


@dataclass(frozen=True, slots=True)
class Row:
    """Who may do one thing to one thing; the others are told a code, or nothing in particular."""

    verb: str
    subject: str
    may: str
    code: str

    @property
    def made(self) -> str:
        """What is to be there for it."""
        return self.subject.removeprefix("edit:")

    def refusal(self, role: str) -> str:
        """Give the code of what someone who may not is told, nothing where anything will do."""
        if self.made == "series" and role == "T":
            return "no_such_series" if self.subject == self.made else "no_such_action"
        if role in STRANGERS and self.made in CONTENTS:
            return "no_such_action"
        return "" if self.code == "-" else self.code


def rows() -> Iterator[Row]:
    for line in TABLE.strip().splitlines():
        if not line.startswith("#"):
            verb, subjects, may, code = line.split()
            yield from (Row(verb, one, may, code) for one in subjects.split(","))


ROWS: Final = tuple(rows())
