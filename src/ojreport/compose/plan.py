"""The handlingsplan: what there is to improve and how to begin, on a page, on a slide and as a worksheet."""

from __future__ import annotations

from dataclasses import dataclass

from ojreport.analysis.profile import Standing
from ojreport.compose.document import Column, Table, TableCell, TableRow
from ojreport.compose.story import Story, once
from ojreport.compose.worksheet import Field, SheetColumn, WorkBook, WorkSheet
from ojreport.errors import TemplateError

SPARE_ROWS = 6


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One improvement area as the plan words it; who, when and how far are for the kommun to fill in."""

    area: str
    why: str
    answer: str  # in a word or two
    now: str  # in a sentence
    goal: str
    activities: tuple[str, ...]
    follow_up: str

    @property
    def first(self) -> str:
        """The activity to begin with."""
        return self.activities[0] if self.activities else ""


def plan_standings(story: Story) -> tuple[Standing, ...]:
    """The improvement areas that the plan takes up, most urgent first."""
    return story.profile.improvements[: story.definition.plan_rows]


@once
def plan_rows(story: Story) -> tuple[PlanRow, ...]:
    """The plan's rows; a kommun that answered nothing gets the one row that it can act on."""
    say = story.say
    if story.profile.silent:
        empty = (say(f"plan_tom_{part}") for part in ("omrade", "skal", "nulage", "mal", "aktivitet", "uppfoljning"))
        area, why, now, goal, activity, follow_up = empty
        return (PlanRow(area, why, say("plan_tom_svar"), now, goal, (activity,), follow_up),)
    return tuple(
        PlanRow(
            area=s.indicator.short,
            why=say("skal", s),
            answer=story.own_text(s.indicator, s.own),
            now=say("plan_nulage", s),
            goal=say("plan_eget_mal", s),
            activities=s.indicator.activities,
            follow_up=say("plan_uppfoljning", s),
        )
        for s in plan_standings(story)
    )


def plan_table(story: Story) -> Table:
    """The plan on a page: what is proposed at the left, empty cells to fill in at the right."""
    say = story.say
    rows = plan_rows(story)
    headings = ("plan_omrade", "plan_nulage_rubrik", "plan_mal", "plan_aktivitet", "plan_ansvarig", "plan_klart")
    columns = tuple(Column(say(h), w) for h, w in zip(headings, (1.75, 0.8, 2.0, 2.35, 0.95, 0.85), strict=True))
    fill_in = TableCell(say("plan_ej_ifylld"))
    body = tuple(
        TableRow((TableCell(r.area, bold=True), TableCell(r.answer), TableCell(r.goal), TableCell(r.first), fill_in, fill_in))
        for r in rows
    )
    facts = tuple(f for s in plan_standings(story) for f in story.facts(s, s.riket))
    note = "" if story.profile.silent else say("plan_ordning")
    return Table(say("plan_titel"), columns, body, say("plan_sammanfattning", len(rows)), note, facts=facts)


def plan_slide_table(story: Story, at_most: int) -> Table:
    """The plan on a slide: area, why now, and the goal."""
    say = story.say
    headings = ("plan_omrade", "plan_skal", "plan_mal", "plan_ansvarig", "plan_klart")
    columns = tuple(Column(say(h), w) for h, w in zip(headings, (1.6, 1.8, 2.4, 0.8, 0.8), strict=True))
    fill_in = TableCell(say("plan_ej_ifylld"))
    rows = tuple(
        TableRow((TableCell(r.area, bold=True), TableCell(r.why), TableCell(r.goal), fill_in, fill_in))
        for r in plan_rows(story)[:at_most]
    )
    return Table(say("plan_titel"), columns, rows, say("plan_sammanfattning", len(rows)))


def plan_workbook(story: Story) -> WorkBook:
    """The plan as a worksheet to work in."""
    say = story.say
    columns = (
        SheetColumn(say("plan_omrade"), 26),
        SheetColumn(say("plan_skal"), 26),
        SheetColumn(say("plan_nulage_rubrik"), 32),
        SheetColumn(say("plan_mal"), 32),
        SheetColumn(say("plan_aktivitet"), 44),
        SheetColumn(say("plan_ansvarig"), 18, prompt=say("plan_prompt_ansvarig")),
        SheetColumn(say("plan_klart"), 13, Field.DATE, prompt=say("plan_prompt_datum")),
        SheetColumn(say("plan_uppfoljning_rubrik"), 30),
        SheetColumn(say("plan_status"), 14, Field.CHOICE, story.say.lines("plan_statusar"), say("plan_prompt_status")),
    )
    if not columns[-1].choices:
        raise TemplateError("the text “plan_statusar” is empty; write a status on each of its lines")
    status = columns[-1].choices[0]
    rows = tuple(
        (r.area, r.why, r.now, r.goal, " ".join(r.activities[:2]), "", "", r.follow_up, status) for r in plan_rows(story)
    )
    count = len(plan_standings(story))
    intro = [say("undertitel"), say("plan_ingress", count, len(story.profile.improvements), i_excel=True)]
    intro += [say("plan_ordning")] if count else []
    intro += [story.meta.mark] if story.meta.mark else []
    facts = tuple(f for s in plan_standings(story) for f in story.facts(s, s.riket))
    sheet = WorkSheet(say("plan_blad"), say("plan_titel"), tuple(intro), columns, rows, SPARE_ROWS, facts)
    return WorkBook(story.meta, (sheet,))
