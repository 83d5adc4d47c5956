"""Drafts on disk, and the transport that only remembers."""

from pathlib import Path

import pytest
from making import compose, letter

from ojreport.deliver.transport import Folder, Memory, forget_drafts
from ojreport.errors import OutputError


def test_drafts_that_can_not_be_written_are_one_sentence(tmp_path: Path) -> None:
    each = letter(tmp_path)
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(OutputError, match=r"the folder .* can not be used"):
        Folder(tmp_path / "file").connect()
    drafts = Folder(tmp_path / "mail")
    with pytest.raises(OutputError, match=r"0001-a@b\.se\.eml can not be written"):
        drafts.send(compose(each), "a@b.se")
    drafts.close()


def test_only_the_drafts_to_an_address_are_forgotten_with_it(tmp_path: Path) -> None:
    drafts = Folder(tmp_path / "mail")
    drafts.connect()
    for address in ("a@kalmar.se", "A@Kalmar.se", "b@kalmar.se"):
        drafts.send(compose(letter(tmp_path)), address)
    drafts.connect()  # in the midst of a run nothing is taken away
    assert forget_drafts(tmp_path / "mail", "a@kalmar.se") == 2
    assert [path.name for path in (tmp_path / "mail").iterdir()] == ["0003-b@kalmar.se.eml"]
    assert forget_drafts(tmp_path / "none", "a@kalmar.se") == 0
    (tmp_path / "mail" / "0004-c@kalmar.se.eml").mkdir()
    with pytest.raises(OutputError, match=r"a draft in .* can not be taken away"):
        forget_drafts(tmp_path / "mail", "c@kalmar.se")


def test_a_mail_in_memory_is_as_it_would_be_sent(tmp_path: Path) -> None:
    memory, message = Memory(), compose(letter(tmp_path))
    memory.connect()
    assert memory.send(message, "a@b.se") == "250 kept"
    memory.close()
    assert memory.mails == [("a@b.se", message.as_bytes())]
