"""The texts that a reader sees: Jinja2 macros in Swedish, filled in and set with non-breaking spaces.

A text file holds one macro for each text. What is true of the whole report (names, year) is in the file's context; what is true
of one text is handed over as its arguments.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Hashable, Iterable, Mapping
from decimal import Decimal, DecimalException
from pathlib import Path
from typing import Any

from babel.numbers import format_decimal
from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    Template,
    TemplateNotFound,
    TemplatesNotFound,
    TemplateSyntaxError,
)
from jinja2.runtime import Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment

from ojreport.compose.compiled import CompiledTexts
from ojreport.errors import OjreportError, TemplateError
from ojreport.model.value import tenth, whole

SHARED = "gemensamt.jinja"
NBSP = "\u00a0"
UNITS = re.compile(  # the space comes first: it is found faster than what must stand before it
    r" (?:(?<=\d )(?=(?:procent|procentenhet|procentenheter|dagar|per 1|av \d+|kommuner|stadsdelar|indikatorer|frågor"
    r"|enheter)\b|%)|(?<=\d[ \u00a0]av )(?=\d))"
)
SPACES = re.compile(r"[ \t]+")


def genitive(name: str) -> str:
    """The Swedish genitive: Kalmars, but Borås (no s after s, x or z)."""
    return name if name[-1:].lower() in ("s", "x", "z") else f"{name}s"


def place(name: str) -> str:
    """Where something is: i Kalmar, but på Gotland."""
    return f"på {name}" if name == "Gotland" else f"i {name}"


def number(amount: Decimal | int) -> str:
    """A whole number as Swedish writes it: 1 234 with a non-breaking space."""
    return str(format_decimal(whole(Decimal(amount)), locale="sv_SE"))


class Texts:
    """The text files of some folders; a file in the first folder wins over one of the same name in a later.

    With *cache*, a folder, what Jinja2 compiles is kept there for the next run.
    """

    def __init__(self, folders: Iterable[Path], cache: Path | None = None) -> None:
        self._folders = tuple(folders)
        self._env = _Sandbox(
            loader=_Files([str(folder) for folder in self._folders], encoding="utf-8-sig"),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            autoescape=False,
            bytecode_cache=CompiledTexts(cache) if cache is not None else None,
        )
        self._env.filters.update(
            kind=lambda value: type(value).__name__,
            genitiv=genitive,
            plats=place,
            tal=number,
            hel=whole,
            tiondel=lambda amount: str(format_decimal(Decimal(tenth(amount)), locale="sv_SE")),
            andel=lambda part, of: whole(Decimal(100 * part) / of),
            liten=lambda text: text if text[1:2].isupper() else text[:1].lower() + text[1:],
            versal=lambda text: text[:1].upper() + text[1:],
        )

    def open(self, *names: str, **context: object) -> Texter:
        """The macros of the files *names* over *context*, and after them the shared ones; an earlier file wins.

        A file's macros can use those of the files after it. Raises TemplateError when a file can not be found, read or parsed.
        """
        modules: list[tuple[str, Any]] = []
        for name in reversed(dict.fromkeys((*names, SHARED))):
            modules.insert(0, self._load(name, context))
            context |= {macro: found for macro, found in vars(modules[0][1]).items() if isinstance(found, Macro)}
        return Texter(tuple(modules))

    def _load(self, name: str, context: dict[str, object]) -> tuple[str, Any]:
        try:
            template = self._env.get_template(name)
        except TemplateNotFound as error:
            places = ", ".join(str(folder) for folder in self._folders)
            raise TemplateError(f"the text file {name} is in none of these folders: {places}") from error
        except Exception as error:
            raise located(name, error) from error
        file = template.filename or name
        try:
            return file, template.make_module(context)
        except Exception as error:
            raise located(file, error) from error


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja2's sandbox, which a user's text can not reach out of, asked once for each attribute of each type.

    What it looks at is the object's type and the attribute's name, and it was half of the time that the texts take.
    """

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - Jinja2's own
        super().__init__(**options)
        self._safe: dict[tuple[type, str], bool] = {}

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        key = type(obj), attr
        if key not in self._safe:
            self._safe[key] = super().is_safe_attribute(obj, attr, value)
        return self._safe[key]


class _Files(FileSystemLoader):
    """Text files, with a sentence for one that is there but can not be read."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        try:
            return super().get_source(environment, template)
        except TemplateNotFound:  # an OSError too
            raise
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            raise TemplateError(f"{template}, line {line}: this is not UTF-8; save the file as UTF-8") from error
        except OSError as error:
            raise TemplateError(f"{error.filename} can not be read ({(error.strerror or str(error)).lower()})") from error


class Texter:
    """The texts of a file, and of the shared file behind it, in one context."""

    def __init__(self, modules: tuple[tuple[str, Any], ...]) -> None:
        self._modules = modules
        self._macros: dict[str, tuple[str, Macro]] = {}
        self._values: dict[tuple[str, tuple[Hashable, ...]], str] = {}

    def __call__(self, macro: str, *args: object, **kw: object) -> str:
        """The text of *macro* on one line. TemplateError names file and line when it can not be filled in."""
        return tidy(self._fill(macro, args, kw).replace("\n", " "))

    def value(self, macro: str, *args: Hashable) -> str:
        """As a call, for the text of a value that stands in many places: it is filled in once."""
        key = macro, args
        if key not in self._values:
            self._values[key] = self(macro, *args)
        return self._values[key]

    def lines(self, macro: str, *args: object, **kw: object) -> tuple[str, ...]:
        """The text's lines, empty ones left out."""
        return tuple(tidy(line) for line in self._fill(macro, args, kw).splitlines() if line.strip())

    def _fill(self, macro: str, args: tuple[object, ...], kw: Mapping[str, object]) -> str:
        if macro not in self._macros:
            self._macros[macro] = self._find(macro, kw)
        file, found = self._macros[macro]
        _check_arguments(file, found, args, kw)
        try:
            return str(found(*args, **kw))
        except Exception as error:
            raise located(file, error) from error

    def _find(self, macro: str, kw: Iterable[str]) -> tuple[str, Macro]:
        """The first of that name, and its file. TemplateError when there is none, or when what there is is no macro."""
        for file, module in self._modules:
            found = vars(module).get(macro)
            if isinstance(found, Macro):
                return file, found
            if found is not None:
                what = f"“{macro}” is no macro; write {{% macro {macro}({', '.join(kw)}) %}} … {{% endmacro %}}"
                raise TemplateError(f"{_place(file, 'set', macro)}: {what}")
        file = self._modules[0][0]
        raise TemplateError(f"{file}: the text “{macro}” is missing; add {{% macro {macro}() %}} … {{% endmacro %}}")


def _check_arguments(file: str, found: Macro, args: tuple[object, ...], kw: Mapping[str, object]) -> None:
    """TemplateError when the macro does not take what the program hands it."""
    unknown = [key for key in kw if key not in found.arguments and not found.catch_kwargs]
    if unknown or (len(args) > len(found.arguments) and not found.catch_varargs):
        takes = ", ".join(found.arguments) or "nothing"
        given = len(args) + len(kw)
        what = f"the macro “{found.name}” takes {takes}, but is handed {given} in all; name {given} within its parentheses"
        raise TemplateError(f"{_place(file, 'macro', found.name)}: {what}")


def _place(file: str, word: str, name: str) -> str:
    """The file, and the line on which ``{% word name`` stands where it is in that file."""
    begins = re.compile(rf"{{%[-+]?\s*{word}\s+{re.escape(name)}\b")
    lines = Path(file).read_text(encoding="utf-8-sig").splitlines()
    number = next((n for n, line in enumerate(lines, 1) if begins.search(line)), None)
    return file if number is None else f"{file}, line {number}"


def tidy(text: str) -> str:
    """One space between words, and none that can break between a number and its unit."""
    if "  " in text or "\t" in text:  # a look at the text costs a tenth of taking each of its spaces in hand
        text = SPACES.sub(" ", text)
    return UNITS.sub(NBSP, text).strip()


def located(file: str, error: Exception) -> OjreportError:
    """The error with the line of the text file in which it arose, which Jinja2 knows by the line of its compiled code.

    *file* is named where it arose outside of any text.
    """
    if isinstance(error, OjreportError):
        return error
    if isinstance(error, TemplateSyntaxError):
        return TemplateError(f"{error.filename or error.name or file}, line {error.lineno}: {error.message}")
    place = file
    for frame, line in traceback.walk_tb(error.__traceback__):
        template = frame.f_globals.get("__jinja_template__")
        if isinstance(template, Template):
            place = f"{template.filename}, line {template.get_corresponding_lineno(line)}"
    return TemplateError(f"{place}: {_what(error)}")


def _what(error: Exception) -> str:
    """What is wrong, in a sentence."""
    match error:
        case TemplatesNotFound():
            return f"there are no text files {', '.join(map(str, error.templates))}"
        case TemplateNotFound():
            return f"there is no text file {error.name}"
        case RecursionError():
            return "this text calls itself without end"
        case DecimalException():
            return f"this can not be reckoned ({type(error).__name__})"
    return str(error) or type(error).__name__
