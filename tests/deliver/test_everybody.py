"""290 recipients and a real server: each gets the report about her own kommun, once, as it stands on disk."""

import email
from email import policy
from pathlib import Path

from making import CATALOGUE, YEAR, compose, everybody, finished, letter, pdf_of
from sending import LOGIN, Clock
from serving import Server

from ojreport.deliver.ledger import Ledger, State
from ojreport.deliver.message import message_id
from ojreport.deliver.send import Pace, Sender
from ojreport.deliver.settings import MailSettings
from ojreport.deliver.smtp import Smtp
from ojreport.files import folder_of
from ojreport.model.area import Level


def test_290_recipients_get_290_right_mails(tmp_path: Path, server: Server, settings: MailSettings, clock: Clock) -> None:
    areas = [area for area in CATALOGUE.areas(YEAR) if area.level is Level.KOMMUN]
    assert len(areas) == 290
    for area in areas:
        finished(tmp_path, area, pdf=pdf_of(area))
    letters = {address: letter(tmp_path, address, area, f"Åsa Öberg {area.name}") for address, area in everybody(areas).items()}
    with Ledger(tmp_path) as ledger:
        sender = Sender(compose, Smtp(settings, LOGIN), ledger, Pace(60_000, clock, clock.sleep))
        result = sender.send(letters.values())
        assert {outcome.state for outcome in result.outcomes} == {State.SENT}
        assert len({entry.key for entry in ledger.entries()}) == 290
    assert server.connections == 1
    assert sorted(server.addresses) == sorted(letters)
    for (address,), raw in server.got:
        wanted = letters[address]
        area = wanted.recipient.subject
        mail = email.message_from_bytes(raw, policy=policy.default)
        assert mail.defects == []
        assert mail["subject"] == f"Kommunprofil – {area.name}: missbruks- och beroendevård {YEAR}"
        assert [(a.display_name, a.addr_spec) for a in mail["to"].addresses] == [(f"Åsa Öberg {area.name}", address)]
        assert mail["message-id"] == message_id(wanted.key, mail["from"].addresses[0])
        (pdf,) = mail.iter_attachments()
        assert pdf.get_filename() == f"Kommunprofil {area.name} {YEAR}.pdf"
        assert pdf.get_content() == (folder_of(tmp_path, area, YEAR) / "kommunprofil.pdf").read_bytes()
        for kind in ("plain", "html"):
            body = mail.get_body((kind,)).get_content()
            assert f"Hej Åsa Öberg {area.name}!" in body
            assert "Förbättringsområden" in body
