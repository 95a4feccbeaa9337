"""From raw records to normalised profiles: parsing, normalising, rejecting with a reason. Knows no database."""
