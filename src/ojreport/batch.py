"""Many areas, one after the other: what they share is read once, and one that fails never stops the rest."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from ojreport import __version__
from ojreport.analysis.control import share_findings
from ojreport.catalogue import Catalogue, load_catalogue
from ojreport.compose import Subject, build_report, kind_of
from ojreport.compose.deck import Deck
from ojreport.compose.definitions import Definition, load_definition
from ojreport.compose.document import Document
from ojreport.compose.texts import Texts
from ojreport.compose.trace import facts_of, trace
from ojreport.compose.worksheet import Report, WorkBook
from ojreport.errors import OjreportError, TemplateError, UsageError
from ojreport.files import Written, folder_of, write_all
from ojreport.manifest import MANIFEST, digest, entries_in, manifest, sha256, spare_the_plan, unchanged
from ojreport.model.area import Group
from ojreport.model.results import Finding, Results
from ojreport.proof import Product, proof
from ojreport.render.theme import Theme, load_theme
from ojreport.resources import PACKAGE, cache_folder, find_template, reports_folder, template_folders, templates_folder
from ojreport.sources import example_folder, load_results
from ojreport.sources.kolada import is_kolada, load_kolada
from ojreport.sources.objections import read_objections
from ojreport.sources.pins import read_layout

TEXTS = (".jinja", ".toml")  # what stands as text in a folder of templates


@dataclass(frozen=True, slots=True)
class Order:
    """What the user asks for. Without *workbooks* the example is read; without *year* the newest edition; *formats* () is all."""

    report: str
    workbooks: tuple[Path, ...] = ()
    layout: Path | None = None
    objections: Path | None = None
    year: int | None = None
    out: Path = Path("output")
    formats: tuple[str, ...] = ()
    charts: Literal["native", "picture"] = "native"
    pptx_template: Path | None = None
    templates: Path | None = None
    cache: bool = True
    proof: bool = True  # open the finished files again, and deliver them only if they say what the data say
    force: bool = False  # make also what stands as it would be made
    fields: tuple[tuple[str, str], ...] = ()  # what only the user knows: a diarienummer, whom a text is to


@dataclass(frozen=True, slots=True)
class Chain:
    """What all areas of an order share, read once."""

    order: Order
    definition: Definition
    catalogue: Catalogue
    results: Results
    year: int
    texts: Texts
    theme: Theme
    deck_template: Path
    inputs: tuple[tuple[str, str], ...]  # file name and sha-256


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one area: its files, written now or *unchanged* since an earlier run, or the error."""

    area: str
    code: str = ""
    year: int = 0
    report: str = ""
    written: tuple[Written, ...] = ()
    error: Exception | None = None
    unchanged: bool = False
    seconds: float = 0.0


def read(workbooks: Iterable[Path], *, cache: bool = True, layout: Path | None = None) -> tuple[Catalogue, Results]:
    """The catalogue, and the results of *workbooks* (files or folders; the bundled example when there are none).

    *layout* is a file that says which heading is which indicator. A file of Kolada's figures stands beside the workbooks.
    """
    catalogue = load_catalogue()
    pins = read_layout(layout, catalogue) if layout is not None else None
    given = tuple(workbooks)
    books = tuple(path for path in given if not is_kolada(path))
    results = load_results(books or (example_folder(),), catalogue, cache=cache, layout=pins)
    kolada = load_kolada(given)
    return catalogue, results.with_beside((), kolada) if kolada else results


def findings(chain: Chain) -> tuple[Finding, ...]:
    """What the reader did not understand, then the stated shares that the units do not add up to."""
    groups = (chain.catalogue.riket(), *chain.catalogue.lan_groups)
    differing = (finding for year in chain.results.years for finding in share_findings(chain.results, groups, year))
    return (*chain.results.findings, *differing)


def year_of(results: Results, wanted: int | None) -> int:
    """*wanted*, or the newest edition; UsageError that lists the years when there is no such edition."""
    if wanted is None:
        return results.years[-1]
    if wanted not in results.years:
        raise UsageError(f"there is no edition of {wanted}; the workbooks hold {', '.join(map(str, results.years))}")
    return wanted


def prepare_all(order: Order, reports: Sequence[str], more_years: Sequence[int] = ()) -> tuple[Chain, ...]:
    """A chain for each of *reports* and each year, that of *order* and *more_years*; the workbooks are read once."""
    if not reports:
        raise UsageError("say which report; ojreport list reports shows them")
    stems = [Path(name).stem for name in reports]
    for stem in stems:
        if stems.count(stem) > 1:
            raise UsageError(f"two reports are called {stem} and would be written into the same files; rename one of them")
    first = prepare(replace(order, report=reports[0]))
    rest = (prepare(replace(order, report=name), (first.catalogue, first.results)) for name in reports[1:])
    years = dict.fromkeys((first.year, *more_years))
    return tuple(in_year(chain, year) for chain in (first, *rest) for year in years)


def prepare(order: Order, known: tuple[Catalogue, Results] | None = None) -> Chain:
    """Everything that the order's areas share; raises the OjreportError of whatever can not be used.

    What is *known* is not read again.
    """
    definition = _filled_in(load_definition(order.report, reports_folder()), dict(order.fields))
    for wanted in order.formats:
        if wanted not in definition.formats:
            raise UsageError(
                f"{definition.id} is not made as “{wanted}”; --format takes one or more of {', '.join(definition.formats)}"
            )
    folders = template_folders(order.templates)
    if order.pptx_template is not None and not order.pptx_template.is_file():
        raise UsageError(f"there is no file {order.pptx_template}; give --pptx-template a .pptx or .potx file")
    _check_texts(order.templates)
    theme = load_theme(find_template("theme.toml", folders))
    catalogue, results = known or read(order.workbooks, cache=order.cache, layout=order.layout)
    if order.objections is not None and known is None:
        results = results.with_beside(read_objections(order.objections, catalogue, results), results.kolada)
    year = year_of(results, order.year)
    editions = (results.edition(y) for y in results.years)
    fonts = theme.fonts
    drawn = (theme.logo.file if theme.logo is not None else None, fonts.regular, fonts.semibold, fonts.bold)
    own = (order.pptx_template, *drawn, order.layout, order.objections, *_files_in(order.templates), Path(definition.file))
    deck_template = order.pptx_template or find_template("ojreport.pptx", folders)
    fetched = dict.fromkeys((s.origin.file, s.origin.sha256) for s in results.kolada)
    others = ((p.name, sha256(p.read_bytes())) for p in own if p is not None)
    inputs = (*((e.file, e.sha256) for e in editions), *fetched, *others)
    texts = Texts(folders, cache_folder() if order.cache else None)
    return Chain(order, definition, catalogue, results, year, texts, theme, deck_template, inputs)


def in_year(chain: Chain, year: int) -> Chain:
    """The same order for another edition (UsageError when there is none of that year)."""
    return replace(chain, year=year_of(chain.results, year))


def _filled_in(definition: Definition, fields: Mapping[str, str]) -> Definition:
    """The definition with the user's own *fields*; UsageError for one that reports of its kind do not have."""
    known = kind_of(definition).fields
    for name in (*definition.fields, *fields):
        if name not in known:
            there = f"there are {', '.join(known)}" if known else "it has none"
            raise UsageError(f"{definition.id} has no field “{name}”; {there}")
    return replace(definition, fields={**definition.fields, **fields})


def _files_in(folder: Path | None) -> tuple[Path, ...]:
    return () if folder is None else tuple(sorted(path for path in folder.rglob("*") if path.is_file()))


def _check_texts(folder: Path | None) -> None:
    """TemplateError for a text in *folder* that was saved in another encoding than UTF-8."""
    for path in _files_in(folder):
        if path.suffix in TEXTS:
            try:
                path.read_text(encoding="utf-8")
            except UnicodeDecodeError as error:
                raise TemplateError(f"{path} is not UTF-8; save it as UTF-8") from error


def find(
    chain: Chain, names: Iterable[str], *, every: bool = False, groups: Iterable[str] = ()
) -> tuple[tuple[Subject, ...], tuple[Outcome, ...]]:
    """What *names* stand for, each once, and an outcome for each name that stands for nothing.

    With *every*, all kommuner that the edition has; with *groups* (names or codes), those of their members. Raises UsageError
    when nothing is named and the report must be about something.
    """
    kind = kind_of(chain.definition)
    groups = tuple(groups)
    if (every or groups) and not kind.of_kommuner:
        raise UsageError(f"--all, --lan and --group choose kommuner, and {chain.definition.id} is about no kommun")
    names = tuple(names) or (() if every or groups else tuple(filter(None, (kind.default,))))
    if not (names or every or groups):
        raise UsageError(f"say what it is about, for example: ojreport build {chain.definition.id} {kind.example}")
    areas: dict[str, Subject] = {}
    unknown: dict[str, Outcome] = {}
    for name in names:
        try:
            area = kind.find(chain.catalogue, name, chain.year)
            if areas.setdefault(area.code, area) != area:
                raise UsageError(f"{name}: another group is called {area.code} too; give the files different names")
        except OjreportError as error:
            unknown.setdefault(name, Outcome(name, error=error))
    for area in _kommuner(chain, every=every, groups=groups):
        areas.setdefault(area.code, area)
    return tuple(areas.values()), tuple(unknown.values())


def _kommuner(chain: Chain, *, every: bool, groups: Iterable[str]) -> Iterator[Subject]:
    """The kommuner of the edition, all or those in *groups*, that it has a row for."""
    chosen = (chain.catalogue.riket(),) if every else tuple(chain.catalogue.find_group(name, chain.year) for name in groups)
    for group in chosen:
        for code in group.members:
            if chain.results.has_area(code, chain.year):
                yield chain.results.area(code, chain.year)


Job = tuple[Chain, Subject]


def build(jobs: Iterable[Job]) -> Iterator[Outcome]:
    """One outcome for each of *jobs*, in their order, made here one after the other."""
    for chain, area in jobs:
        begun = time.perf_counter()
        try:
            yield settled(chain, area) or delivered(chain, area, make(chain, area), time.perf_counter() - begun)
        except Exception as error:  # noqa: BLE001 - even a bug that one area meets must not take the others down
            yield failed(chain, area, error)


def settled(chain: Chain, area: Subject) -> Outcome | None:
    """The outcome of an area whose files stand as this order would make them; None where there is something to make."""
    if chain.order.force:
        return None
    folder = folder_of(chain.order.out, area, chain.year)
    found = unchanged(chain.definition.id, source_of(chain, area), _names(chain), folder)
    if not found:
        return None
    return Outcome(area.name, area.code, chain.year, chain.definition.id, (*found, _written(folder / MANIFEST)), unchanged=True)


def delivered(chain: Chain, area: Subject, contents: Mapping[str, bytes], seconds: float) -> Outcome:
    """Write the files of *area*, that took *seconds* to make: all of them or none.

    Raises OutputError, and writes nothing, when somebody has worked in the plan that stands where the new one goes.
    """
    report, folder = chain.definition.id, folder_of(chain.order.out, area, chain.year)
    spare_the_plan(folder / f"{report}.xlsx", contents, entries_in(folder).get(report))
    whole = {**contents, MANIFEST: manifest(report, source_of(chain, area), contents, folder)}
    written = write_all(folder, whole)
    return Outcome(area.name, area.code, chain.year, report, written, seconds=seconds)


def failed(chain: Chain, area: Subject, error: Exception) -> Outcome:
    """The outcome of an area that could not be made."""
    return Outcome(area.name, area.code, chain.year, chain.definition.id, error=error)


def make(chain: Chain, area: Subject) -> dict[str, bytes]:
    """The report on *area* as the contents of its files by name, rendered whole and proof-read, with its trace.

    Raises ProofError when a finished file does not say what the data say.
    """
    report = build_report(chain.definition, chain.results, chain.catalogue, area, chain.year, chain.texts)
    products = _products(chain.definition, report)
    contents = _render(chain, products)
    if chain.order.proof:
        logo = chain.theme.logo.alt if chain.theme.logo is not None else ""
        made_from = {file: products[file] for file in contents}
        proof(contents, made_from, native=chain.order.charts == "native", logo=logo)
    stated = ((file, fact) for file, product in products.items() for fact in facts_of(product))
    contents[_trace_name(chain)] = trace(report.document, stated)
    return contents


def source_of(chain: Chain, area: Subject) -> dict[str, Any]:
    """What a report is made from: the program and its version, the edition, every file that is read, and what the user said."""
    source: dict[str, Any] = {
        "program": f"ojreport {__version__}",
        "code": code_hash(),
        "year": chain.year,
        "charts": chain.order.charts,
        "proof": chain.order.proof,
        "fields": dict(chain.order.fields),
        "inputs": [{"file": name, "sha256": digest} for name, digest in chain.inputs],
    }
    return source | ({"members": list(area.members)} if isinstance(area, Group) else {})


@lru_cache(maxsize=1)
def code_hash() -> str:
    """A hash of the program and of the templates that come with it, so that what another version made is made anew."""
    digest = hashlib.sha256()
    for folder in (PACKAGE, templates_folder(), reports_folder()):
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".py", ".toml", ".csv", *TEXTS, ".pptx") and path.is_file():
                digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def _names(chain: Chain) -> tuple[str, ...]:
    """The files that the order makes for each area, but for the manifest."""
    kinds = chain.order.formats or chain.definition.formats
    return (*(f"{chain.definition.id}.{kind}" for kind in chain.definition.formats if kind in kinds), _trace_name(chain))


def _trace_name(chain: Chain) -> str:
    return f"{chain.definition.id}.trace.json"


def _written(path: Path) -> Written:
    return Written(path, path.stat().st_size, digest(path))


def write_record(out: Path, outcomes: Iterable[Outcome], wanted: int) -> None:
    """Write what became of each area of a run into ``manifest.json`` in the folder *out*."""
    areas = [
        {
            "report": o.report,
            "year": o.year,
            "code": o.code,
            "area": o.area,
            "outcome": "failed" if o.error else "unchanged" if o.unchanged else "made",
            "seconds": round(o.seconds, 3),
            "message": str(o.error or ""),
            "files": [{"file": w.path.relative_to(out).as_posix(), "size": w.size, "sha256": w.sha256} for w in o.written],
        }
        for o in outcomes
    ]
    record = {"program": f"ojreport {__version__}", "wanted": wanted, "done": len(areas), "areas": areas}
    write_all(out, {MANIFEST: (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()})


def _products(definition: Definition, report: Report) -> dict[str, Product]:
    """What each file of the report is made from, also of the files that are not made now: the trace is about all of them."""
    made: dict[str, Product | None] = {"pptx": report.deck, "pdf": report.document, "xlsx": report.workbook}
    return {f"{definition.id}.{kind}": made_from for kind, made_from in made.items() if made_from and kind in definition.formats}


def _render(chain: Chain, products: Mapping[str, Product]) -> dict[str, bytes]:
    """The contents of the files that are wanted, by name."""
    wanted = chain.order.formats or chain.definition.formats
    contents: dict[str, bytes] = {}
    for file, product in products.items():
        if file.rpartition(".")[2] not in wanted:
            continue
        match product:
            case Deck():
                from ojreport.render.pptx import render_pptx

                contents[file] = render_pptx(product, chain.theme, chain.deck_template, chain.order.charts)
            case Document():
                from ojreport.render.pdf import render_pdf

                contents[file] = render_pdf(product, chain.theme)
            case WorkBook():
                from ojreport.render.xlsx import render_xlsx

                contents[file] = render_xlsx(product, chain.theme)
    return contents
