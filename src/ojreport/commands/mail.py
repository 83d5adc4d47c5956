"""The verb ``mail``: what the command line says of it, and how it is wired.

Results go to stdout, everything else to stderr. Exit codes: 0 all was sent (or drafted), 1 some was not, 2 wrong use or a list
with mistakes, and then nothing was sent.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ojreport.commands.options import SOME_FAILED, WRONG_USE
from ojreport.errors import OjreportError, UsageError
from ojreport.terminal import complain, print_table

if TYPE_CHECKING:
    from email.message import EmailMessage

    from ojreport.deliver.ledger import Ledger
    from ojreport.deliver.letter import Letter
    from ojreport.deliver.listed import Mistake
    from ojreport.deliver.recipients import Find
    from ojreport.deliver.send import Outcome, Result
    from ojreport.deliver.settings import MailSettings
    from ojreport.deliver.smtp import Login

EXAMPLES = """\b
Examples:
  ojreport mail mottagare.csv --allow-domain kalmar.se
      a dry run: drafts in output/mail/, and who would get what; nothing is sent
  ojreport mail mottagare.xlsx --mail-settings mejl.toml --send
      the same, sent
  ojreport mail --status
      what has been sent, and what nobody knows
"""
USER, PASSWORD = "OJREPORT_SMTP_USER", "OJREPORT_SMTP_PASSWORD"
SERVICE = "ojreport-smtp"  # what the password is called in the system's keyring
ATTACHED = ("pdf", "pptx", "xlsx")


def mail(  # noqa: PLR0913 - one parameter for each option
    recipients: Annotated[Path | None, typer.Argument(metavar="RECIPIENTS", help="The list, as .csv, .xlsx or .toml.")] = None,
    *,
    send: Annotated[bool, typer.Option("--send/--dry-run", help="Send, or only write drafts (the default).")] = False,
    out: Annotated[Path, typer.Option(metavar="DIR", help="The folder where the results are.")] = Path("output"),
    year: Annotated[int | None, typer.Option(metavar="YEAR", help="The edition. Without it: the newest in DIR.")] = None,
    attach: Annotated[str, typer.Option(metavar="FORMATS", help="Beside the PDF: pptx, xlsx, or pptx,xlsx.")] = "",
    templates: Annotated[Path | None, typer.Option(metavar="DIR", help="A folder with your own brev.jinja.")] = None,
    mail_settings: Annotated[Path | None, typer.Option(metavar="FILE", help="A .toml file with a table [mail].")] = None,
    host: Annotated[str | None, typer.Option(metavar="NAME", help="The mail server.")] = None,
    port: Annotated[int | None, typer.Option(help="Its port; else 587 (STARTTLS). 465 is TLS.")] = None,
    sender: Annotated[str | None, typer.Option(metavar="ADDRESS", help='From whom: "Namn <adress>".')] = None,
    allow_domain: Annotated[
        list[str] | None, typer.Option(metavar="DOMAIN", help="A domain that may get mail, or *.domain; repeat for more.")
    ] = None,
    rate: Annotated[int | None, typer.Option(metavar="N", help="At most N mails a minute; else 30.")] = None,
    max_size: Annotated[int | None, typer.Option(metavar="MB", help="The largest mail; else 10.")] = None,
    allow_example: Annotated[bool, typer.Option("--allow-example", help="Also reports made from example data.")] = False,
    insecure: Annotated[bool, typer.Option("--insecure", help="Without TLS, to a server on this computer only.")] = False,
    resend_unknown: Annotated[
        bool, typer.Option("--resend-unknown", help="Send again what was cut off, though it may have arrived.")
    ] = False,
    status: Annotated[bool, typer.Option("--status", help="Show the ledger, and do nothing else.")] = False,
    forget: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Take an address away from the ledger and the drafts.")
    ] = None,
) -> None:
    """Mail the finished PDFs, each to whom it is about; without --send only as drafts.

    The list has the columns name, address, area, report, role and language. Every mistake in it is told before anything is
    sent, each PDF is opened and must be about the recipient's area, and nobody gets the same mail twice.
    """
    if status or forget is not None:
        _show_ledger(out, forget)
        return
    if recipients is None:
        raise UsageError("say who is to get mail: ojreport mail mottagare.csv")
    from ojreport.deliver.letter import Wanted
    from ojreport.deliver.listed import read_list

    listed = read_list(recipients)
    given = {"host": host, "port": port, "sender": sender, "domains": tuple(allow_domain or ()) or None}
    given |= {"rate": rate, "max_size": max_size, "insecure": insecure or None}
    settings = _settings(listed.mail, recipients, mail_settings, given, send=send)
    edition = _newest(out) if year is None else year
    wanted = Wanted(edition, _formats(attach), allow_example, settings.max_size)
    compose = _composer(templates, settings)
    letters = _letters(listed, settings, wanted, out, compose)
    if not send:
        _dry_run(letters, compose, out)
        return
    result = _send(letters, compose, settings, out, resend_unknown=resend_unknown)
    _conclude(result)


# ---------------------------------------------------------------------------------------------------- what is asked for


def _settings(
    listed: Any,  # noqa: ANN401 - what stands in the list's own TOML
    recipients: Path,
    file: Path | None,
    given: dict[str, Any],
    *,
    send: bool,
) -> MailSettings:
    """The list's own [mail], then that of *file*, then what the command line says."""
    from ojreport.deliver.listed import load_toml
    from ojreport.deliver.settings import MailSettings, read_settings

    settings = read_settings(listed, recipients, MailSettings())
    if file is not None:
        if not file.is_file():
            raise UsageError(f"there is no file {file}; give --mail-settings a .toml file with a table [mail]")
        table = load_toml(file).get("mail")
        if not isinstance(table, dict):
            raise UsageError(f"{file.name} has no table [mail]")
        settings = read_settings(table, file, settings)
    settings = replace(settings, **{name: value for name, value in given.items() if value is not None})
    if not settings.domains:
        raise UsageError("no domain may get mail yet; name each with --allow-domain kommun.se, or under domains in [mail]")
    if send and not (settings.host and settings.sender):
        what = "a mail server (--host)" if not settings.host else 'a sender (--sender "Namn <adress>")'
        raise UsageError(f"to send takes {what}, or {'host' if not settings.host else 'sender'} in [mail]")
    return settings


def _newest(out: Path) -> int:
    years = [int(path.name) for path in out.glob("[0-9][0-9][0-9][0-9]") if path.is_dir()]
    if not years:
        raise UsageError(f"there are no reports in {out}; build them first, or say where they are with --out")
    return max(years)


def _formats(text: str) -> tuple[str, ...]:
    formats = tuple(filter(None, (part.strip().lower() for part in text.split(","))))
    for each in formats:
        if each not in ATTACHED:
            raise UsageError(f"“{each}” is nothing that can be attached; there are {', '.join(ATTACHED)}")
    return formats


def _finder(year: int) -> Find:
    """What a report's name and an area's stand for, as ``build`` takes them."""
    from ojreport.catalogue import load_catalogue
    from ojreport.compose import kind_of
    from ojreport.compose.definitions import load_definition
    from ojreport.resources import reports_folder

    catalogue, folder = load_catalogue(), reports_folder()

    def find(report: str, area: str) -> tuple[str, Any]:
        definition = load_definition(report, folder)
        return definition.id, kind_of(definition).find(catalogue, area, year)

    return find


def _composer(templates: Path | None, settings: MailSettings) -> Callable[[Letter], EmailMessage]:
    from ojreport.compose.texts import Texts
    from ojreport.deliver.message import TEXT_FILE, message_of
    from ojreport.resources import cache_folder, template_folders

    say = Texts(template_folders(templates), cache_folder()).open(TEXT_FILE)
    sender = settings.address if settings.sender else None
    return lambda letter: message_of(letter, sender, say, datetime.now().astimezone())


def _letters(
    listed: Any,  # noqa: ANN401 - a Listed, whose module is imported by the verb
    settings: MailSettings,
    wanted: Any,  # noqa: ANN401 - a Wanted, the same
    out: Path,
    compose: Callable[[Letter], EmailMessage],
) -> tuple[Letter, ...]:
    """All letters, each of them composed once to see that it can be; or every mistake told, and the end."""
    from ojreport.deliver.letter import write_letters
    from ojreport.deliver.listed import Mistake
    from ojreport.deliver.recipients import judge
    from ojreport.files import folder_of

    people, wrong = judge(listed.rows, settings.domains, _finder(wanted.year))
    letters, unfit = write_letters(people, wanted, lambda subject: folder_of(out, subject, wanted.year))
    mistakes = [*listed.mistakes, *wrong, *unfit]
    for letter in letters if not mistakes else ():
        try:
            compose(letter)
        except OjreportError as error:
            mistakes.append(Mistake(letter.recipient.place, str(error)))
    _refuse(mistakes)
    _doubt(letters, wanted.year)
    return letters


def _doubt(letters: Iterable[Letter], year: int) -> None:
    """A line on stderr for each address whose domain is named as another kommun than the report is about."""
    from ojreport.catalogue import load_catalogue
    from ojreport.files import slug
    from ojreport.model.area import RIKET, Area, Level

    named = {slug(area.name): area for area in load_catalogue().areas(year) if area.level is Level.KOMMUN}
    for letter in letters:
        to, subject = letter.recipient, letter.recipient.subject
        domain = to.address.domain.encode().decode("idna")  # as one reads it: malmö.se
        own = named.get(slug(domain.split(".")[-2]))
        if own is not None and isinstance(subject, Area) and subject.kommun not in (own.code, RIKET):
            typer.echo(f"{to.place}: {to.address.addr_spec} gets the report about {subject.name}; is that right?", err=True)


def _refuse(mistakes: Iterable[Mistake]) -> None:
    """Tell every mistake, and end there, when there is any."""
    told = sorted({str(mistake): mistake.place for mistake in mistakes}.items(), key=lambda pair: _line(pair[1]))
    for sentence, _ in told:
        complain(sentence)
    if told:
        complain(f"{len(told)} mistakes, so nothing was sent" if len(told) > 1 else "nothing was sent")
        raise typer.Exit(WRONG_USE)


def _line(place: str) -> int:
    digits = "".join(filter(str.isdigit, place))
    return int(digits) if digits else 0


def _login(settings: MailSettings) -> Login | None:
    """Who we are: from the environment, the system's keyring or a prompt; None when no user is named."""
    from ojreport.deliver.smtp import Login

    user = os.environ.get(USER, "")
    if not user:
        return None
    password = os.environ.get(PASSWORD) or _from_keyring(user)
    if not password and sys.stdin.isatty():
        password = typer.prompt(f"Password of {user} at {settings.host}", hide_input=True, err=True)
    if not password:
        raise UsageError(f"there is no password for {user}; set {PASSWORD}, or run this in a terminal to be asked for it")
    return Login(user, password)


def _from_keyring(user: str) -> str:
    try:
        import keyring
    except ImportError:
        return ""
    try:
        return keyring.get_password(SERVICE, user) or ""
    except keyring.errors.KeyringError:
        return ""


# ---------------------------------------------------------------------------------------------------------- what is done


def _dry_run(letters: tuple[Letter, ...], compose: Callable[[Letter], EmailMessage], out: Path) -> None:
    """A draft of each mail, and who would get what."""
    from ojreport.deliver.ledger import Ledger, exists
    from ojreport.deliver.transport import Folder

    known: dict[str, str] = {}
    if exists(out):
        with Ledger(out) as ledger:
            known = {entry.key: _shown(entry.state) for entry in ledger.entries()}
    folder = Folder(out / "mail")
    folder.connect()
    rows = []
    for letter in letters:
        path = folder.send(compose(letter), letter.recipient.address.addr_spec)
        rows.append((known.get(letter.key, "draft"), *_who(letter), path))
    print_table(rows)
    typer.echo(f"{len(letters)} draft{'' if len(letters) == 1 else 's'}, and nothing was sent; --send sends them.", err=True)


def _send(
    letters: tuple[Letter, ...],
    compose: Callable[[Letter], EmailMessage],
    settings: MailSettings,
    out: Path,
    *,
    resend_unknown: bool,
) -> Result:
    from ojreport.deliver.ledger import Ledger
    from ojreport.deliver.send import Pace, Sender
    from ojreport.deliver.smtp import Smtp

    transport = Smtp(settings, _login(settings))
    with Ledger(out, alone=resend_unknown) as ledger:
        ledger.forget_before(settings.keep_days)
        tell = _teller(len(letters))
        return Sender(compose, transport, ledger, Pace(settings.rate), resend_unknown=resend_unknown, tell=tell).send(letters)


def _teller(total: int) -> Callable[[Outcome], None]:
    """A line on stderr for each mail that is over."""
    count = iter(range(1, total + 1))

    def tell(outcome: Outcome) -> None:
        to = outcome.letter.recipient
        typer.echo(f"{next(count, total)} of {total}: {to.address.addr_spec}: {_shown(outcome.state)}", err=True)

    return tell


def _conclude(result: Result) -> None:
    """The closing table on stdout, what it comes to on stderr, and the exit code."""
    rows = [(_told(outcome), *_who(outcome.letter), outcome.answer) for outcome in result.outcomes]
    print_table(rows)
    counts = Counter(row[0] for row in rows)
    typer.echo(", ".join(f"{count} {state}" for state, count in counts.items()), err=True)
    if result.fault is not None:
        complain(str(result.fault))
    if result.fault is not None or any(outcome.state != "sent" for outcome in result.outcomes):
        raise typer.Exit(SOME_FAILED)


def _show_ledger(out: Path, forget: str | None) -> None:
    """The ledger's rows, or an address taken away from them."""
    from ojreport.deliver.ledger import Ledger, exists
    from ojreport.deliver.transport import forget_drafts

    if not exists(out) and forget is None:
        raise UsageError(f"there is no ledger in {out}; nothing has been sent from there")
    if forget is not None:
        rows = _forget(Ledger(out), forget) if exists(out) else 0
        drafts = forget_drafts(out / "mail", forget)
        typer.echo(f"{forget}: taken away from {rows} rows of the ledger, and {drafts} drafts", err=True)
        return
    with Ledger(out) as ledger:
        print_table(
            (e.time, _shown(e.state), e.address or "(forgotten)", e.report, e.area, e.year, e.key[:40], e.answer)
            for e in ledger.entries()
        )


def _forget(ledger: Ledger, address: str) -> int:
    with ledger:
        return ledger.forget(address)


def _who(letter: Letter) -> tuple[object, ...]:
    to = letter.recipient
    files = ", ".join(file.path.name for file in letter.enclosure.files)
    return to.address.addr_spec, to.name, to.report, f"{to.subject.name} ({to.subject.code})", letter.year, files


def _shown(state: str) -> str:
    """A state as it is told: what is entered and not marked is as unknown as what was cut off."""
    return "unknown (okänt)" if state in ("entered", "unknown") else str(state)


def _told(outcome: Outcome) -> str:
    return "sent before" if outcome.before and outcome.state == "sent" else _shown(outcome.state)
