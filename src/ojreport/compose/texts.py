"""The texts that a reader sees: Jinja2 macros in Swedish, filled in and set with non-breaking spaces.

A text file holds one macro for each text. What is true of the whole report (names, year) is in the file's context; what is true
of one text is handed over as its arguments.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from babel.numbers import format_decimal
from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateNotFound, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from ojreport.errors import TemplateError
from ojreport.model.value import whole

SHARED = "gemensamt.jinja"
NBSP = "\u00a0"
UNITS = re.compile(
    r"(?<=\d) (?=(?:procent|procentenhet|procentenheter|%|dagar|per 1|av \d+|kommuner|stadsdelar|indikatorer|frågor|enheter)\b|%)"
)
SPACES = re.compile(r"[ \t]+")


def genitive(name: str) -> str:
    """The Swedish genitive: Kalmars, but Borås (no s after s, x or z)."""
    return name if name[-1:].lower() in ("s", "x", "z") else f"{name}s"


def number(amount: Decimal | int) -> str:
    """A whole number as Swedish writes it: 1 234 with a non-breaking space."""
    return str(format_decimal(whole(Decimal(amount)), locale="sv_SE"))


class Texts:
    """The text files of some folders; a file in the first folder wins over one of the same name in a later."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self._folders = tuple(folders)
        loader = FileSystemLoader([str(folder) for folder in self._folders], encoding="utf-8")
        self._env = ImmutableSandboxedEnvironment(
            loader=loader, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False
        )
        self._env.filters.update(
            kind=lambda value: type(value).__name__,
            genitiv=genitive,
            tal=number,
            andel=lambda part, of: whole(Decimal(100 * part) / of),
            liten=lambda text: text if text[1:2].isupper() else text[:1].lower() + text[1:],
            versal=lambda text: text[:1].upper() + text[1:],
        )

    def open(self, name: str, **context: object) -> Texter:
        """The macros of file *name* over *context*, and after them the shared ones.

        Raises TemplateError when a file can not be found or parsed.
        """
        return Texter(self._env, tuple(self._load(file, context) for file in (name, SHARED)))

    def _load(self, name: str, context: dict[str, object]) -> tuple[str, Any]:
        try:
            template = self._env.get_template(name)
            return template.filename or name, template.make_module(context)
        except TemplateNotFound as error:
            places = ", ".join(str(folder) for folder in self._folders)
            raise TemplateError(f"the text file {error.name} is in none of these folders: {places}") from error
        except TemplateSyntaxError as error:
            raise TemplateError(f"{error.filename or error.name}, line {error.lineno}: {error.message}") from error
        except Exception as error:
            raise located(self._env, name, error) from error


class Texter:
    """The texts of a file, and of the shared file behind it, in one context."""

    def __init__(self, env: Environment, modules: tuple[tuple[str, Any], ...]) -> None:
        self._env, self._modules = env, modules

    def __call__(self, macro: str, *args: object, **kw: object) -> str:
        """The text of *macro* on one line. TemplateError names file and line when it can not be filled in."""
        return tidy(self._fill(macro, args, kw).replace("\n", " "))

    def lines(self, macro: str, *args: object, **kw: object) -> tuple[str, ...]:
        """The text's lines, empty ones left out."""
        return tuple(tidy(line) for line in self._fill(macro, args, kw).splitlines() if line.strip())

    def _fill(self, macro: str, args: tuple[object, ...], kw: Mapping[str, object]) -> str:
        for file, module in self._modules:
            found = getattr(module, macro, None)
            if found is not None:
                try:
                    return str(found(*args, **kw))
                except Exception as error:
                    raise located(self._env, file, error) from error
        file = self._modules[0][0]
        raise TemplateError(f"{file}: the text “{macro}” is missing; add {{% macro {macro}() %}} … {{% endmacro %}}")


def tidy(text: str) -> str:
    """One space between words, and none that can break between a number and its unit."""
    return UNITS.sub(NBSP, SPACES.sub(" ", text)).strip()


def located(env: Environment, name: str, error: Exception) -> TemplateError:
    """The error with the line of the text file in which it arose, which Jinja2 knows by the line of its compiled code."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename.endswith(".jinja")]
    if not frames:
        return TemplateError(f"{name}: {error}")
    template = env.get_template(Path(frames[-1].filename).name)
    return TemplateError(f"{frames[-1].filename}, line {template.get_corresponding_lineno(frames[-1].lineno or 1)}: {error}")
