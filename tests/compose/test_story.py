"""What pages and slides have in common is put together once for each story."""

from dataclasses import fields
from types import SimpleNamespace

from ojreport.compose.story import Telling, once

made = []


@once
def piece(story, name, *, loud=False):
    made.append((story.area, name))
    return name.upper() if loud else name


def test_a_piece_is_put_together_once_for_each_story_and_each_of_its_arguments():
    kalmar, lund = SimpleNamespace(area="Kalmar", kept={}), SimpleNamespace(area="Lund", kept={})
    made.clear()
    assert [piece(kalmar, "lan"), piece(kalmar, "lan"), piece(kalmar, "riket"), piece(kalmar, "lan", loud=True)] == [
        "lan",
        "lan",
        "riket",
        "LAN",
    ]
    assert piece(lund, "lan") == "lan"
    assert made == [("Kalmar", "lan"), ("Kalmar", "riket"), ("Kalmar", "lan"), ("Lund", "lan")]


def test_a_copy_of_a_story_begins_without_any():
    assert not {field.name: field.init for field in fields(Telling)}["kept"]
