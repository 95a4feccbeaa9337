import pyarrow as pa
import pytest

from creatorgraph.resolution.feature.language import language_table, languages_of


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        ("en-US", ("en",)),
        ("pt_BR", ("pt",)),
        ("en, de", ("en", "de")),
        ("German and English", ("german", "english")),
        ("en, German", ("en",)),
        ("deu", ("deu",)),
        ("", ()),
        (" , ", ()),
    ],
)
def test_languages(text: str, languages: tuple[str, ...]) -> None:
    assert languages_of(text) == languages


def test_forms_tell_codes_from_names() -> None:
    assert language_table(pa.array(["en", "eng", "English", ""], pa.string())).form.tolist() == [2, 3, 0, -1]
