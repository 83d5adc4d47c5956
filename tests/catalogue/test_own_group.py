"""A group of the user's own, from a file."""

import pytest

from ojreport.catalogue import load_catalogue
from ojreport.errors import CatalogueError

CATALOGUE = load_catalogue()


@pytest.fixture
def group_in(tmp_path):
    def read(name, text, encoding="utf-8", year=2019):
        path = tmp_path / name
        path.write_text(text, encoding=encoding)
        return CATALOGUE.find_group(str(path), year)

    return read


def test_a_toml_file_names_the_group_and_its_members_by_name_or_code(group_in):
    group = group_in("vi.toml", 'name = "Södra Kalmarsund"\nmembers = ["Kalmar", "0881", "Göteborg, Angered"]\n')
    assert (group.id, group.name, group.members) == ("vi", "Södra Kalmarsund", ("0880", "0881", "148001"))


@pytest.mark.parametrize(
    "text", ["kommun\nKalmar\nNybro\n", "namn;Kommun;x\na;0880;1\nb;881;2\n;;\n", "\ufeffkommun\tx\nKalmar\t\nNybro\t\n"]
)
def test_a_csv_file_has_a_column_of_kommuner_however_a_spreadsheet_wrote_it(group_in, text):
    assert group_in("grannar.csv", text).members == ("0880", "0881")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.csv", "kommun\nKalmer\n", "a.csv, line 2: .*Did you mean Kalmar"),
        ("a.csv", "kommun\nKalmar\n0880\n", "a.csv, line 3: 0880 stands already in line 2"),
        ("a.csv", "namn\nKalmar\n", "a.csv, line 1: no column is headed kommun"),
        ("a.csv", "kommun\n", "there are no members"),
        ("a.csv", "kommun\nKalmar län\n", "line 2: Kalmar län is neither a kommun nor a stadsdel"),
        ("a.csv", 'kommun\nGöteborg\n"Göteborg, Angered"\n', "line 3: the stadsdel 148001 is in the kommun 1480"),
        ("a.toml", 'name = "A"\nmembers = []\n', "there are no members"),
        ("a.toml", 'name = "A"\n', "there are no members"),
        ("a.toml", 'name = "A"\nmembers = ["Kalmar"]\nextra = 1\n', "the key extra is not known"),
    ],
)
def test_a_fault_in_the_file_is_told_with_its_line(group_in, name, text, said):
    with pytest.raises(CatalogueError, match=said):
        group_in(name, text)


def test_a_file_that_is_not_there_is_told():
    with pytest.raises(CatalogueError, match=r"ingen\.csv"):
        CATALOGUE.find_group("ingen.csv", 2019)


def test_a_file_in_another_encoding_is_told(group_in):
    with pytest.raises(CatalogueError, match="UTF-8"):
        group_in("a.csv", "kommun\nÖrebro\n", "latin-1")
