"""``ojreport mail`` from the outside: a dry run first, then sent, then asked about."""

import email
import json
import sys
import types
from email import policy
from pathlib import Path

import pytest
from making import KALMAR, NYBRO, finished, pdf_of
from sending import Authority
from serving import PASSWORD, USER, Server

from ojreport import cli
from ojreport.resources import reports_folder

LIST = "namn;adress;område;rapport\nÅsa Öberg;asa@kalmar.se;Kalmar;kommunprofil\nBo;bo@nybro.se;Nybro;kommunprofil\n"
DOMAINS = ("--allow-domain", "kalmar.se", "--allow-domain", "nybro.se")


class Run:
    """``run(...)``: the exit code; what was written is in ``out`` and ``err``."""

    def __init__(self, capsys: pytest.CaptureFixture[str], folder: Path) -> None:
        self.capsys, self.folder = capsys, folder
        self.out = self.err = ""

    def __call__(self, *arguments: object) -> int:
        """Run the verb on what the test built."""
        code = cli.main(["mail", *map(str, arguments), "--out", str(self.folder)])
        self.out, self.err = self.capsys.readouterr()
        return code


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    return Run(capsys, tmp_path / "out")


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    """Two recipients, whose reports stand finished."""
    for area in (KALMAR, NYBRO):
        finished(tmp_path / "out", area, pdf=pdf_of(area))
    path = tmp_path / "mottagare.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


@pytest.fixture
def mail_toml(tmp_path: Path, authority: Authority, server: Server, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings for the server, and a login in the environment."""
    monkeypatch.setenv("OJREPORT_SMTP_USER", USER)
    monkeypatch.setenv("OJREPORT_SMTP_PASSWORD", PASSWORD)
    path = tmp_path / "mejl.toml"
    settings = {
        "host": "127.0.0.1",
        "port": server.port,
        "ca_file": authority.ca_file,
        "sender": "Ö <oj@kalmar.se>",
        "domains": ["kalmar.se", "nybro.se"],
        "rate": 6000,
        "timeout": 5,
    }
    path.write_text(
        "[mail]\n" + "\n".join(f"{k} = {json.dumps(v, ensure_ascii=False)}" for k, v in settings.items()), encoding="utf-8"
    )
    return path


def test_a_dry_run_is_the_default_and_writes_drafts_and_a_table(run: Run, listed: Path) -> None:
    assert run(listed, *DOMAINS) == 0
    rows = [line.split("\t") for line in run.out.splitlines()]
    assert [row[:4] for row in rows] == [
        ["draft", "asa@kalmar.se", "Åsa Öberg", "kommunprofil"],
        ["draft", "bo@nybro.se", "Bo", "kommunprofil"],
    ]
    assert rows[1][4:7] == ["Nybro (0881)", "2019", "kommunprofil.pdf"]
    assert "2 drafts, and nothing was sent" in run.err
    mail = email.message_from_bytes(Path(rows[0][7]).read_bytes(), policy=policy.default)
    assert (mail["x-unsent"], mail["subject"]) == ("1", "Kommunprofil – Kalmar: missbruks- och beroendevård 2019")
    listed.write_text(LIST.rpartition("Bo;")[0], encoding="utf-8")
    assert run(listed, *DOMAINS) == 0
    assert len(list((run.folder / "mail").iterdir())) == 1  # no draft is left of a list that has changed
    assert not (run.folder / "mail.sqlite").exists()


def test_sent_then_sent_before_then_shown_then_forgotten(run: Run, listed: Path, mail_toml: Path, server: Server) -> None:
    assert run(listed, "--mail-settings", mail_toml, "--send") == 0, run.err
    assert "2 sent" in run.err
    assert sorted(server.addresses) == ["asa@kalmar.se", "bo@nybro.se"]
    assert run(listed, "--mail-settings", mail_toml, "--send") == 0
    assert "2 sent before" in run.err
    assert len(server.addresses) == 2
    assert run(listed, "--mail-settings", mail_toml) == 0
    assert run.out.startswith("sent\t")
    assert run("--status") == 0
    shown = sorted(line.split("\t")[1:6] for line in run.out.splitlines())
    assert shown == [
        ["sent", "asa@kalmar.se", "kommunprofil", "0880", "2019"],
        ["sent", "bo@nybro.se", "kommunprofil", "0881", "2019"],
    ]
    ids = {str(email.message_from_bytes(raw)["Message-ID"]).strip("<").partition("@")[0] for _, raw in server.got}
    assert {line.split("\t")[6] for line in run.out.splitlines()} == ids
    assert run("--forget", "Asa@kalmar.se") == 0
    assert "taken away from 1 rows of the ledger, and 1 drafts" in run.err
    assert run("--status") == 0
    assert "asa@" not in run.out
    assert "(forgotten)" in run.out


def test_what_the_server_refuses_is_told_and_the_exit_code_is_one(
    run: Run, listed: Path, mail_toml: Path, server: Server
) -> None:
    async def no(*_: object) -> str:
        return "550 no such user"

    server.faults["RCPT", "bo@nybro.se"] = no
    assert run(listed, "--mail-settings", mail_toml, "--send") == 1
    assert [line.split("\t")[0] for line in run.out.splitlines()] == ["sent", "refused"]
    assert "550 no such user" in run.out
    assert "1 sent, 1 refused" in run.err


def test_a_wrong_password_is_one_sentence(run: Run, listed: Path, mail_toml: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OJREPORT_SMTP_PASSWORD", "fel")
    assert run(listed, "--mail-settings", mail_toml, "--send") == 1
    assert "does not take the user name and password" in run.err
    assert "fel\n" not in run.err
    assert "2 not sent" in run.err


def test_a_password_can_be_in_the_keyring_and_there_must_be_one(
    run: Run, listed: Path, mail_toml: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OJREPORT_SMTP_PASSWORD")
    monkeypatch.setitem(sys.modules, "keyring", None)
    assert run(listed, "--mail-settings", mail_toml, "--send") == 2
    assert "there is no password for ojreport; set OJREPORT_SMTP_PASSWORD" in run.err
    ring = types.ModuleType("keyring")
    ring.errors = types.SimpleNamespace(KeyringError=LookupError)  # type: ignore[attr-defined]
    ring.get_password = lambda *_: {}["locked"]  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "keyring", ring)
    assert run(listed, "--mail-settings", mail_toml, "--send") == 2
    ring.get_password = lambda service, user: {("ojreport-smtp", USER): PASSWORD}.get((service, user))  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "keyring", ring)
    assert run(listed, "--mail-settings", mail_toml, "--send") == 0, run.err


def test_mistakes_in_the_list_and_in_the_files_are_told_together_and_nothing_is_sent(
    run: Run, listed: Path, mail_toml: Path, server: Server
) -> None:
    (run.folder / "2019" / "0881-nybro" / "kommunprofil.pdf").write_bytes(pdf_of(KALMAR))
    listed.write_text(LIST + "Cia;cia@nybro;Nybro;kommunprofil\n;d@kalmar.se;Borgholm;kommunprofil\n", encoding="utf-8")
    assert run(listed, "--mail-settings", mail_toml, "--send") == 2
    for words in ("line 3: ", "says 0880 where the recipient is to get area 0881", "line 4: ", "line 5: ", "build it first"):
        assert words in run.err
    assert "mistakes, so nothing was sent" in run.err
    assert (run.out, server.got) == ("", [])
    assert "Traceback" not in run.err


def test_a_text_that_can_not_be_filled_in_stops_before_the_first_mail(run: Run, listed: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "brev.jinja").write_text("{% macro amne(b) %}{{ b.nanm }}{% endmacro %}", encoding="utf-8")
    assert run(listed, *DOMAINS, "--templates", own) == 2
    assert "brev.jinja, line 1" in run.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "say who is to get mail"),
        (("LIST",), "no domain may get mail yet"),
        (("LIST", *DOMAINS, "--send"), "to send takes a mail server (--host)"),
        (("LIST", *DOMAINS, "--send", "--host", "mejl.kalmar.se"), "to send takes a sender"),
        (("LIST", *DOMAINS, "--host", "mejl.kalmar.se", "--insecure"), "--insecure is only for this computer"),
        (("LIST", *DOMAINS, "--sender", "kalmar"), "the sender “kalmar” has no @"),
        (("LIST", *DOMAINS, "--attach", "docx"), "“docx” is nothing that can be attached"),
        (("LIST", *DOMAINS, "--attach", "xlsx"), "kommunprofil.xlsx does not exist; build it first"),
        (("LIST", *DOMAINS, "--rate", 0), "rate is 0; it must be 1 or more"),
        (("LIST", *DOMAINS, "--year", 1999), "does not exist; build it first"),
        (("LIST", "--allow-domain", "kalmar"), "the allowed domain has a domain, “kalmar”, that is none"),
        (("LIST", *DOMAINS, "--mail-settings", "none.toml"), "there is no file none.toml"),
        (("--status",), "there is no ledger in"),
    ],
)
def test_what_can_not_be_used_is_one_sentence(run: Run, listed: Path, arguments: tuple[object, ...], said: str) -> None:
    assert run(*(listed if each == "LIST" else each for each in arguments)) == 2
    assert said in run.err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('password = "x"', "a password has no place in a file"),
        ('hots = "x"', "“hots” is no setting of [mail]"),
        ('port = "587"', "port under [mail] must be a whole number"),
        ('domains = "kalmar.se"', "domains under [mail] must be a list of texts"),
        ('tls = "ssl"', "tls is “ssl”; it is starttls or tls"),
        ('ca_file = "none.pem"\nhost = "127.0.0.1"\nsender = "a@kalmar.se"', "can not be read"),
    ],
)
def test_a_setting_that_can_not_be_used_is_named(run: Run, listed: Path, tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "mejl.toml"
    path.write_text(f"[mail]\n{text}\n", encoding="utf-8")
    assert run(listed, *DOMAINS, "--mail-settings", path, "--send") == 2
    assert said in run.err
    path.write_text("", encoding="utf-8")
    assert run(listed, *DOMAINS, "--mail-settings", path) == 2
    assert "mejl.toml has no table [mail]" in run.err


def test_without_reports_there_is_nothing_to_mail(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    path.write_text(LIST, encoding="utf-8")
    assert run(path, *DOMAINS) == 2
    assert "there are no reports in" in run.err


@pytest.mark.usefixtures("listed")
def test_the_example_list_is_as_the_program_wants_it(run: Run) -> None:
    assert (
        run(reports_folder() / "mottagare-exempel.csv", "--allow-domain", "kalmar.example", "--allow-domain", "nybro.example")
        == 2
    )
    assert set(run.err.splitlines()[:-1]) == {line for line in run.err.splitlines() if "namndunderlag" in line}


def test_a_domain_that_is_named_as_another_kommun_is_asked_about(run: Run, listed: Path) -> None:
    rows = ("adress;område;rapport", "bo@nybro.se;Kalmar;kommunprofil", "asa@social.kalmar.se;Kalmar;kommunprofil")
    listed.write_text("\n".join(rows), encoding="utf-8")
    assert run(listed, *DOMAINS, "--allow-domain", "*.kalmar.se") == 0
    assert "line 2: bo@nybro.se gets the report about Kalmar; is that right?" in run.err
    assert "asa@" not in run.err


def test_a_password_is_asked_for_on_a_terminal(run: Run, listed: Path, mail_toml: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OJREPORT_SMTP_PASSWORD")
    monkeypatch.setitem(sys.modules, "keyring", None)
    monkeypatch.setattr("sys.stdin", types.SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr("typer.prompt", lambda question, **_: PASSWORD if USER in question else "")
    assert run(listed, "--mail-settings", mail_toml, "--send") == 0, run.err
