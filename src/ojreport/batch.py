"""Many areas, one after the other: what they share is read once, and one that fails never stops the rest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from ojreport import __version__
from ojreport.analysis.control import share_findings
from ojreport.catalogue import Catalogue, load_catalogue
from ojreport.compose import Subject, build_report, kind_of
from ojreport.compose.definitions import Definition, load_definition
from ojreport.compose.document import Deck, Document, Report, WorkBook
from ojreport.compose.texts import Texts
from ojreport.compose.trace import facts_of, trace
from ojreport.errors import OjreportError, OutputError, TemplateError, UsageError
from ojreport.files import Written, folder_of, write_all
from ojreport.model.results import Finding, Results
from ojreport.proof import Product, proof
from ojreport.render.theme import Theme, load_theme
from ojreport.resources import find_template, reports_folder, template_folders
from ojreport.sources import example_folder, load_results

MANIFEST = "manifest.json"
KEPT = ("files", "older")  # a report's files in the manifest: those of its inputs, and those of other inputs
TEXTS = (".jinja", ".toml")  # what stands as text in a folder of templates


@dataclass(frozen=True, slots=True)
class Order:
    """What the user asks for. Without *workbooks* the example is read; without *year* the newest edition; *formats* () is all."""

    report: str
    workbooks: tuple[Path, ...] = ()
    year: int | None = None
    out: Path = Path("output")
    formats: tuple[str, ...] = ()
    charts: Literal["native", "picture"] = "native"
    pptx_template: Path | None = None
    templates: Path | None = None
    cache: bool = True
    proof: bool = True  # open the finished files again, and deliver them only if they say what the data say
    fields: Mapping[str, str] = field(default_factory=dict)  # what only the user knows: a diarienummer, whom a text is to


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
    """What became of one area: the files that were written, or the error."""

    area: str
    written: tuple[Written, ...] = ()
    error: Exception | None = None


def read(workbooks: Iterable[Path], *, cache: bool = True) -> tuple[Catalogue, Results]:
    """The catalogue, and the results of *workbooks* (files or folders; the bundled example when there are none)."""
    catalogue = load_catalogue()
    return catalogue, load_results(tuple(workbooks) or (example_folder(),), catalogue, cache=cache)


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


def prepare(order: Order) -> Chain:
    """Everything that the order's areas share; raises the OjreportError of whatever can not be used."""
    definition = _filled_in(load_definition(order.report, reports_folder()), order.fields)
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
    catalogue, results = read(order.workbooks, cache=order.cache)
    year = year_of(results, order.year)
    editions = (results.edition(y) for y in results.years)
    own = (order.pptx_template, *_files_in(order.templates), Path(definition.file))
    deck_template = order.pptx_template or find_template("ojreport.pptx", folders)
    inputs = (*((e.file, e.sha256) for e in editions), *((p.name, _sha256(p.read_bytes())) for p in own if p is not None))
    return Chain(order, definition, catalogue, results, year, Texts(folders), theme, deck_template, inputs)


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


def find(chain: Chain, names: Iterable[str]) -> tuple[tuple[Subject, ...], tuple[Outcome, ...]]:
    """What *names* stand for, each once, and an outcome for each name that stands for nothing.

    Raises UsageError when there are no names and the report must have one.
    """
    kind = kind_of(chain.definition)
    names = tuple(names) or tuple(filter(None, (kind.default,)))
    if not names:
        raise UsageError(f"say what it is about, for example: ojreport build {chain.definition.id} {kind.example}")
    areas: dict[str, Subject] = {}
    unknown: dict[str, Outcome] = {}
    for name in names:
        try:
            area = kind.find(chain.catalogue, name, chain.year)
            areas.setdefault(area.code, area)
        except OjreportError as error:
            unknown.setdefault(name, Outcome(name, error=error))
    return tuple(areas.values()), tuple(unknown.values())


def build(chain: Chain, areas: Iterable[Subject], step: Callable[[str], None] = lambda _: None) -> Iterator[Outcome]:
    """One outcome for each area, in their order; *step* is told each area's name before it is built."""
    for area in areas:
        step(area.name)
        try:
            yield Outcome(area.name, build_area(chain, area))
        except Exception as error:  # noqa: BLE001 - even a bug that one area meets must not take the others down
            yield Outcome(area.name, error=error)


def build_area(chain: Chain, area: Subject) -> tuple[Written, ...]:
    """The report on *area*, with its trace and manifest, rendered whole, proof-read and only then written.

    Raises, and writes nothing: ProofError when a finished file does not say what the data say, OutputError when somebody has
    worked in the plan that stands where the new one goes.
    """
    report = build_report(chain.definition, chain.results, chain.catalogue, area, chain.year, chain.texts)
    products = _products(chain.definition, report)
    contents = _render(chain, products)
    if chain.order.proof:
        logo = chain.theme.logo.alt if chain.theme.logo is not None else ""
        made_from = {file: products[file] for file in contents}
        proof(contents, made_from, native=chain.order.charts == "native", logo=logo)
    stated = ((file, fact) for file, product in products.items() for fact in facts_of(product))
    contents[f"{chain.definition.id}.trace.json"] = trace(report.document.meta, stated)
    folder = folder_of(chain.order.out, area, chain.year)
    earlier = _earlier(folder / MANIFEST)
    _spare_the_plan(folder / f"{chain.definition.id}.xlsx", contents, earlier.get(chain.definition.id))
    contents[MANIFEST] = _manifest(chain, contents, folder, earlier)
    return write_all(folder, contents)


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


def _spare_the_plan(path: Path, contents: Mapping[str, bytes], report: Any) -> None:  # noqa: ANN401 - see _entries
    """OutputError when the plan at *path* would be replaced, and is not the one that the manifest's *report* knows."""
    if path.name in contents and path.is_file():
        known = {str(e["sha256"]) for key in KEPT for e in _entries(report, key) if e["file"] == path.name}
        if _digest(path) not in known | {_sha256(contents[path.name])}:
            raise OutputError(f"{path} has been changed since it was made; move it, or choose another --out")


def _manifest(chain: Chain, contents: Mapping[str, bytes], folder: Path, earlier: Mapping[str, Any]) -> bytes:
    """What went in and what came out, by report; without times, so that the same build gives the same bytes.

    A file that this build leaves alone keeps its place as long as it stands unchanged: under ``files`` if it was made from the
    same, else under ``older``, so that a plan which nobody has touched is known as ours and may be replaced.
    """
    source = {
        "program": f"ojreport {__version__}",
        "year": chain.year,
        "charts": chain.order.charts,
        "inputs": [{"file": name, "sha256": digest} for name, digest in chain.inputs],
    }
    made = [{"file": name, "sha256": _sha256(data), "size": len(data)} for name, data in contents.items()]
    before: Any = earlier.get(chain.definition.id)
    files, older = ([e for e in _entries(before, key) if e["file"] not in contents and _stands(folder, e)] for key in KEPT)
    if files and any(before.get(key) != value for key, value in source.items()):
        files, older = [], files + older
    entry: dict[str, Any] = source | {"files": sorted(made + files, key=lambda e: str(e["file"]))}
    if older:
        entry["older"] = sorted(older, key=lambda e: str(e["file"]))
    reports = {**earlier, chain.definition.id: entry}
    return (json.dumps({"reports": dict(sorted(reports.items()))}, ensure_ascii=False, indent=1) + "\n").encode()


def _earlier(path: Path) -> dict[str, Any]:
    """The manifest's entries of all reports in the folder; none when it is missing or not ours."""
    try:
        reports = json.loads(path.read_text(encoding="utf-8"))["reports"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return reports if isinstance(reports, dict) else {}


def _entries(report: Any, key: str) -> tuple[dict[str, Any], ...]:  # noqa: ANN401 - anybody may have written that file
    """The files that a report's part of a manifest lists under *key*; none when it is not ours."""
    try:
        return tuple({name: file[name] for name in ("file", "sha256", "size")} for file in report.get(key, ()))
    except (KeyError, TypeError, AttributeError):
        return ()


def _stands(folder: Path, entry: Mapping[str, Any]) -> bool:
    """Whether the file of *entry* is in *folder* as it was made."""
    return _digest(folder / str(entry["file"])) == str(entry["sha256"])


def _digest(path: Path) -> str:
    """The sha-256 of the file at *path*, empty when there is none that can be read."""
    try:
        return _sha256(path.read_bytes())
    except OSError:
        return ""


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
