"""Encryption of what must be read again and may lie nowhere in plain: contacts with consent, webhooks' secrets."""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from creatorgraph.domain.error import DamagedError

_NONCE_BYTES = 12  # what AES-GCM is specified for (NIST SP 800-38D, 8.2)


class ContactCipher:
    """AES-256-GCM under a key derived from the contact secret, so that the hash key and this one differ."""

    _info = b"creatorgraph contact encryption"
    _what, _place = "contact", "contact of profile"

    def __init__(self, secret: bytes) -> None:
        key = HKDF(algorithm=SHA256(), length=32, salt=None, info=self._info).derive(secret)
        self._aead = AESGCM(key)

    def encrypt(self, text: str, *, context: str) -> bytes:
        """Nonce and ciphertext; `context` (the profile id) must be given again to decrypt, so that rows cannot be swapped."""
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._aead.encrypt(nonce, text.encode(), context.encode())

    def decrypt(self, ciphertext: bytes, *, context: str) -> str:
        """The plain text.

        Raises:
            DamagedError: another key, another profile, or changed or missing bytes.
        """
        try:
            plain = self._aead.decrypt(ciphertext[:_NONCE_BYTES], ciphertext[_NONCE_BYTES:], context.encode())
        except (InvalidTag, ValueError):
            raise DamagedError(
                f"a stored {self._what} cannot be decrypted",
                where=f"{self._place} {context}",
                mend="Start with the contact key that it was stored under (CREATORGRAPH_CONTACT_KEY or contact.key).",
            ) from None
        return plain.decode()


class WebhookCipher(ContactCipher):
    """The same for webhooks' secrets, under a key of its own; the context is the webhook's id."""

    _info = b"creatorgraph webhook secret"
    _what, _place = "secret", "secret of webhook"
