"""Lock files, and what reads them: size, licences."""
