"""Sample data that ships with the package: accounts of members of the US Congress, labelled (CC0)."""
