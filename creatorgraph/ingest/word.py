"""Word lists, written as running text so that they stay readable."""


def words(text: str) -> frozenset[str]:
    """The words of `text`, which white space separates."""
    return frozenset(text.split())
