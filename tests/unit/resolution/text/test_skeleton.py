import pytest

from creatorgraph.resolution.text.name import transliterated
from creatorgraph.resolution.text.skeleton import skeletons

PEOPLE = [
    ("राहुल शर्मा", "rahul sharma"),
    ("महेश अग्रवाल", "mahesh agarwal"),
    ("محمد حسين", "mohammed hussein"),
    ("هشام المغربي", "hisham al maghribi"),
    ("Дмитрий Кузнецов", "dmitry kuznetsov"),
    ("குணபாண்டி அருண்", "gunapandi arun"),
]


@pytest.mark.parametrize(("native", "latin"), PEOPLE)
def test_a_transliteration_and_what_its_bearer_writes_have_one_skeleton(native: str, latin: str) -> None:
    made = transliterated(tuple(native.split()))
    assert made is not None
    assert skeletons(" ".join(made), made=True) == skeletons(latin, made=False) != ()


def test_the_order_of_the_words_does_not_matter() -> None:
    assert skeletons("srma rahul", made=True) == skeletons("rahul sharma", made=False)


def test_other_names_have_other_skeletons() -> None:
    assert skeletons("rahul sharma", made=False) != skeletons("rohit verma", made=False)


def test_too_little_is_no_skeleton() -> None:
    assert skeletons("yu ai", made=False) == ()
    assert skeletons("rahul", made=False) == ()
