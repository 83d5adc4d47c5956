"""The zip that decks and worksheets are."""

from __future__ import annotations

import io
import zipfile

from ojreport.render.package import pack, packed, unpack

PARTS = {"[Content_Types].xml": b"<Types/>" * 50, "xl/tom.xml": b"", "ppt/media/bild \u00e5.png": bytes(range(256)) * 200}


def test_what_is_packed_is_there_again_in_its_order() -> None:
    assert list(unpack(pack(PARTS.items())).items()) == list(PARTS.items())


def test_it_is_a_whole_zip_that_tells_no_date_and_no_system() -> None:
    with zipfile.ZipFile(io.BytesIO(pack(PARTS.items()))) as found:
        assert found.testzip() is None
        assert {(info.date_time, info.create_system) for info in found.infolist()} == {((1980, 1, 1, 0, 0, 0), 0)}


def test_it_is_byte_for_byte_what_zipfile_writes() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as expected:
        for name, content in PARTS.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 0
            expected.writestr(info, content)
    assert pack(PARTS.items()) == out.getvalue()


def test_a_part_that_is_packed_already_makes_the_same_zip() -> None:
    assert pack((name, packed(content)) for name, content in PARTS.items()) == pack(PARTS.items())
