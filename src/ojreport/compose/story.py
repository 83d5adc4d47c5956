"""What every section of a report needs: what is true, the words to say it in, and how a value reads in a cell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from ojreport.analysis.compare import GroupResult
from ojreport.analysis.own import Own, OwnAnswer, OwnMissing
from ojreport.analysis.profile import Profile, Standing
from ojreport.catalogue import Catalogue
from ojreport.compose.definitions import Definition
from ojreport.compose.document import MARK_OF, Fact, Item, Mark, Meta, Paragraph, Run, Style, TableCell, Text
from ojreport.compose.facts import group_fact, own_fact
from ojreport.compose.texts import Texter
from ojreport.model.indicator import Indicator
from ojreport.model.results import Results


def text(words: str) -> Text:
    """Plain words as inline text."""
    return (Run(words),)


def item(words: str) -> Item:
    """Plain words as a list item."""
    return Item(text(words))


@dataclass(frozen=True, slots=True)
class Telling:
    """What every report needs: the results, the words to say them in, and what is true of the whole document."""

    definition: Definition
    results: Results
    catalogue: Catalogue
    year: int
    meta: Meta
    say: Texter
    kept: dict[object, Any] = field(init=False, default_factory=dict, repr=False, compare=False)  # see `once`

    def source(self, *years: int) -> str:
        """The source line of *years*, of the report's own edition when none is named."""
        return self.say.value("kalla", years or (self.year,))

    def paragraph(self, macro: str, *args: object, style: Style = Style.BODY, facts: tuple[Fact, ...] = ()) -> Paragraph:
        """The text of *macro* as a paragraph."""
        return Paragraph(text(self.say(macro, *args)), style, facts)

    def own_text(self, indicator: Indicator, own: Own, *, short: bool = False) -> str:
        """An area's own result in a cell: "Ja", "78 %", "7 av 10 Ja", "Uppgift saknas (bortfall)", "Nej (invändning)".

        *short*: a missing answer is named by its reason alone.
        """
        words = self.say.value("svar_kort" if short else "svar", own.value, indicator.scale.unit)
        return self.say("svar_invandning", words) if own.objections else words

    def group_text(self, result: GroupResult, *, short: bool = False) -> str:
        """A group's result: "63 % (181 av 287)", or "63 %" in *short*."""
        return self.say.value("grupp_kort" if short else "grupp", result.value, result.indicator.scale.unit)

    def group_label(self, result: GroupResult) -> str:
        """How a table's heading names a group."""
        return self.say.value("gruppnamn", result.group)


T = TypeVar("T")
S = TypeVar("S", bound=Telling)
P = ParamSpec("P")


def once(make: Callable[Concatenate[S, P], T]) -> Callable[Concatenate[S, P], T]:
    """*make*, which puts a piece of a story together, done once for each story: pages and slides have many pieces in common."""

    @wraps(make)
    def kept(story: S, /, *args: P.args, **kw: P.kwargs) -> T:
        key = make, args, *kw.items()
        if key not in story.kept:
            story.kept[key] = make(story, *args, **kw)
        found: T = story.kept[key]
        return found

    return kept


@dataclass(frozen=True, slots=True)
class Story(Telling):
    """A profile with everything that is needed to tell it."""

    profile: Profile
    focus: tuple[Standing, ...]

    def own_cell(self, standing: Standing, *, short: bool = False) -> TableCell:
        """The own result with its sign; *short*: a missing answer is named by its reason alone."""
        words = self.own_text(standing.indicator, standing.own, short=short)
        return TableCell(words, mark=own_mark(standing.own), bold=True)

    def facts(self, standing: Standing, *results: GroupResult, short: bool = False) -> tuple[Fact, ...]:
        """The facts behind an own result and the results of groups."""
        own = own_fact(standing, self.profile.area.code, self.year, self.own_text(standing.indicator, standing.own))
        return own, *(group_fact(self.results, r, self.group_text(r, short=short)) for r in results)


def meta_of(definition: Definition, say: Texter, name: str, code: str, year: int) -> Meta:
    """What is true of the whole document about the area or group *name*, with its *code*."""
    return Meta(
        report=definition.id,
        title=say("titel"),
        subtitle=say("undertitel"),
        area=name,
        code=code,
        year=year,
        edition=say("upplaga"),
        author=say("upphov"),
        subject=say("amne"),
        head=say("huvud"),
        foot=say("fot"),
        mark=say("exempelmarke"),
        keywords=say.lines("nyckelord"),
        page_of=say("sidnummer"),
    )


def own_mark(own: Own) -> Mark | None:
    """The sign of an own result: numbers, shares of stadsdelar and scales without Ja have none."""
    match own.value:
        case OwnMissing():
            return Mark.MISSING
        case OwnAnswer(option) if option.sign:
            return MARK_OF[option.sign]
    return None
