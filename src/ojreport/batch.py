"""Many areas, one after the other: what they share is read once, and one that fails never stops the rest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from ojreport import __version__
from ojreport.catalogue import Catalogue, load_catalogue
from ojreport.compose import Report, build_report
from ojreport.compose.definitions import Definition, load_definition
from ojreport.compose.document import Fact
from ojreport.compose.texts import Texts
from ojreport.compose.trace import facts_of, trace
from ojreport.errors import UsageError
from ojreport.files import Written, folder_of, write_all
from ojreport.model.area import Area
from ojreport.model.results import Results
from ojreport.render.theme import Theme, load_theme
from ojreport.resources import find_template, reports_folder, template_folders
from ojreport.sources import example_folder, load_results

MANIFEST = "manifest.json"


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


def year_of(results: Results, wanted: int | None) -> int:
    """*wanted*, or the newest edition; UsageError that lists the years when there is no such edition."""
    if wanted is None:
        return results.years[-1]
    if wanted not in results.years:
        raise UsageError(f"there is no edition of {wanted}; the workbooks hold {', '.join(map(str, results.years))}")
    return wanted


def prepare(order: Order) -> Chain:
    """Everything that the order's areas share; raises the OjreportError of whatever can not be used."""
    definition = load_definition(order.report, reports_folder())
    for wanted in order.formats:
        if wanted not in definition.formats:
            raise UsageError(
                f"{definition.id} is not made as “{wanted}”; --format takes one or more of {', '.join(definition.formats)}"
            )
    folders = template_folders(order.templates)
    if order.pptx_template is not None and not order.pptx_template.is_file():
        raise UsageError(f"there is no file {order.pptx_template}; give --pptx-template a .pptx or .potx file")
    theme = load_theme(find_template("theme.toml", folders))
    catalogue, results = read(order.workbooks, cache=order.cache)
    year = year_of(results, order.year)
    editions = (results.edition(y) for y in results.years)
    own = (order.pptx_template, *_files_in(order.templates), Path(definition.file))
    deck_template = order.pptx_template or find_template("ojreport.pptx", folders)
    inputs = (*((e.file, e.sha256) for e in editions), *((p.name, _sha256(p.read_bytes())) for p in own if p is not None))
    return Chain(order, definition, catalogue, results, year, Texts(folders), theme, deck_template, inputs)


def _files_in(folder: Path | None) -> tuple[Path, ...]:
    return () if folder is None else tuple(sorted(path for path in folder.rglob("*") if path.is_file()))


def build(chain: Chain, names: Iterable[str], step: Callable[[str], None] = lambda _: None) -> Iterator[Outcome]:
    """One outcome for each area in *names*, in their order; *step* is told each name before its area is built."""
    for name in names:
        step(name)
        try:
            area = chain.catalogue.find(name, chain.year)
            yield Outcome(name, build_area(chain, area))
        except Exception as error:  # noqa: BLE001 - even a bug that one area meets must not take the others down
            yield Outcome(name, error=error)


def build_area(chain: Chain, area: Area) -> tuple[Written, ...]:
    """The report on *area*, with its trace and manifest, rendered whole and only then written."""
    report = build_report(chain.definition, chain.results, chain.catalogue, area, chain.year, chain.texts)
    contents = _render(chain, report)
    folder = folder_of(chain.order.out, area, chain.year)
    contents[MANIFEST] = _manifest(chain, contents, folder / MANIFEST)
    return write_all(folder, contents)


def _render(chain: Chain, report: Report) -> dict[str, bytes]:
    """The contents of the report's files by name, the trace last."""
    name, plan = chain.definition.id, f"{report.workbook_name}.xlsx"
    wanted = chain.order.formats or chain.definition.formats
    contents: dict[str, bytes] = {}
    stated: list[tuple[str, Fact]] = []
    if "pptx" in wanted:
        from ojreport.render.pptx import render_pptx

        contents[f"{name}.pptx"] = render_pptx(report.deck, chain.theme, chain.deck_template, chain.order.charts)
        stated += ((f"{name}.pptx", fact) for fact in facts_of(report.deck))
    if "pdf" in wanted:
        from ojreport.render.pdf import render_pdf

        contents[f"{name}.pdf"] = render_pdf(report.document, chain.theme)
        stated += ((f"{name}.pdf", fact) for fact in facts_of(report.document))
    if "xlsx" in wanted:
        from ojreport.render.xlsx import render_xlsx

        contents[plan] = render_xlsx(report.workbook, chain.theme)
        stated += ((plan, fact) for fact in facts_of(report.workbook))
    contents[f"{name}.trace.json"] = trace(report.document.meta, stated)
    return contents


def _manifest(chain: Chain, contents: Mapping[str, bytes], path: Path) -> bytes:
    """What went in and what came out, by report; without times, so that the same build gives the same bytes."""
    entry = {
        "program": f"ojreport {__version__}",
        "year": chain.year,
        "charts": chain.order.charts,
        "inputs": [{"file": name, "sha256": digest} for name, digest in chain.inputs],
        "files": [{"file": name, "sha256": _sha256(data), "size": len(data)} for name, data in contents.items()],
    }
    reports = {**_earlier(path), chain.definition.id: entry}
    return (json.dumps({"reports": dict(sorted(reports.items()))}, ensure_ascii=False, indent=1) + "\n").encode()


def _earlier(path: Path) -> dict[str, Any]:
    """The manifest's entries of the other reports in the folder; none when it is missing or not ours."""
    try:
        reports = json.loads(path.read_text(encoding="utf-8"))["reports"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return reports if isinstance(reports, dict) else {}


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
