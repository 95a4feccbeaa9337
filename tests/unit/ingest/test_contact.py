"""Contacts are normalised, hashed with the key, and shown masked."""

import pytest

from creatorgraph.domain.identifier import IdentifierKind
from creatorgraph.ingest.contact import ContactHasher, normal_email, normal_phone


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        (" Mara.Lind+shop@GMail.com ", "maralind@gmail.com"),
        ("mara.lind@googlemail.com", "maralind@gmail.com"),
        ("Mara.Lind+x@studio.example", "mara.lind@studio.example"),
        ("<mara@studio.example>", "mara@studio.example"),
        ("mara@müller.de", "mara@xn--mller-kva.de"),
        ("mara", None),
        ("mara@", None),
        ("@studio.example", None),
        ("mara@localhost", None),
        ("a" * 400 + "@studio.example", None),
        ("mara\x00@studio.example", None),
    ],
)
def test_emails_have_one_spelling(text: str, normal: str | None) -> None:
    assert normal_email(text) == normal


@pytest.mark.parametrize(
    ("text", "region", "normal"),
    [
        ("+49 (30) 901820", None, "+4930901820"),
        ("0049 30 901820", None, "+4930901820"),
        ("030 901820", "DE", "+4930901820"),
        ("030 901820", None, None),
        ("(415) 555-2671", "US", "+14155552671"),
        ("12", "US", None),
        ("9" * 80, "US", None),
    ],
)
def test_phone_numbers_come_to_e164(text: str, region: str | None, normal: str | None) -> None:
    assert normal_phone(text, region) == normal


def test_only_the_hash_and_the_mask_are_kept(hasher: ContactHasher) -> None:
    email = hasher.email("mara@studio.example")
    phone = hasher.phone("+49 30 901820")
    assert email is not None
    assert phone is not None
    assert (email.kind, email.shown, len(email.value)) == (IdentifierKind.EMAIL, "m***@s***.example", 64)
    assert (phone.kind, phone.shown, len(phone.value)) == (IdentifierKind.PHONE, "+49 *** **20", 64)


def test_the_hash_depends_on_the_key_and_not_on_the_spelling(hasher: ContactHasher) -> None:
    same = hasher.email("M.A.R.A@gmail.com"), hasher.email("mara+x@googlemail.com")
    other = ContactHasher(b"another key with enough bytes").email("mara@gmail.com")
    assert same[0] == same[1]
    assert other is not None
    assert same[0] is not None
    assert other.value != same[0].value


def test_a_local_part_compares_with_a_username(hasher: ContactHasher) -> None:
    local = hasher.email_local("Mara.Lind@studio.example")
    assert local is not None
    assert local.value == hasher.local_value("mara_lind")
    assert local.value != hasher.local_value("mara_lund")


@pytest.mark.parametrize("text", ["info@studio.example", "Contact@studio.example", "ab@studio.example", "no address"])
def test_a_mailbox_of_many_has_no_local_part(hasher: ContactHasher, text: str) -> None:
    assert hasher.email_local(text) is None


def test_a_short_key_is_refused() -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        ContactHasher(b"short")
