"""What plain Splink gets of a file of profiles: folded columns to compare, and keys to block on."""

from pathlib import Path
from typing import Any

import pyarrow as pa

COLUMNS = {
    "profile_id": "VARCHAR",
    "platform": "VARCHAR",
    "username": "VARCHAR",
    "display_name": "VARCHAR",
    "bio": "VARCHAR",
    "website": "VARCHAR",
    "links": "VARCHAR[]",
    "email": "VARCHAR",
    "phone": "VARCHAR",
    "location": "VARCHAR",
    "company": "VARCHAR",
}
"""The fields of a record that are read, and what DuckDB takes them for; a field that a file lacks is null."""
MOST_PER_KEY = 100
"""Records that share a blocking key. What more share finds few people and costs the square of it: one site of all members
of a house would make half of all pairs, and first names at a million profiles more pairs than fit into memory."""

_READ = "create table raw as select * from read_json($path, format = 'newline_delimited', columns = $columns)"
# A username without the number or code that platforms and people add ("anna-b-4f31a2", "anna_b_99") is its stem.
_FOLD = r"""
create table folded as select
    profile_id as unique_id,
    nullif(regexp_replace(strip_accents(lower(username)), '[^\p{L}\p{N}]', '', 'g'), '') as username,
    nullif(regexp_replace(regexp_replace(strip_accents(lower(username)), '[-_.][0-9a-f]*[0-9][0-9a-f]*$', ''),
        '[^\p{L}]', '', 'g'), '') as stem,
    nullif(trim(regexp_replace(strip_accents(lower(display_name)), '[^\p{L}\p{N}]+', ' ', 'g')), '') as name,
    list_filter(list_distinct(list_transform(list_append(coalesce(links, []), website), lambda link:
        regexp_replace(regexp_replace(trim(lower(link)), '^(https?://)?(www\.)?', ''), '/+$', ''))),
        lambda link: link <> '') as urls,
    coalesce(nullif(trim(lower(email)), ''),
        nullif(regexp_extract(lower(bio), '[\w.+-]+@[\w-]+(\.[\w-]+)+'), '')) as email,
    nullif(regexp_replace(phone, '[^0-9+]', '', 'g'), '') as phone,
    nullif(trim(lower(location)), '') as location,
    nullif(trim(lower(company)), '') as company,
    nullif(trim(lower(bio)), '') as bio
from raw
"""
_SPLIT = r"""
create table split as select *,
    string_split(name, ' ')[1] as forename,
    case when contains(name, ' ') then string_split(name, ' ')[-1] end as surname,
    urls[1] as url,
    nullif(regexp_extract(urls[1], '^[^/?#]+'), '') as host,
    list_filter(list_distinct(string_split(name, ' ')), lambda word: len(word) > 1) as words,
    substr(username, 1, 5) as beginning
from folded
"""
_KEYS = {"username": "username", "stem": "stem", "name": "name", "host": "host", "beginning": "beginning",
         "email": "email", "phone": "phone"}  # fmt: skip
_LISTS = {"words": "words", "urls": "urls"}
COMPARED = ("forename", "surname", "username", "stem", "url", "host", "company", "location", "bio", "email", "phone")


def read_records(connection: Any, path: Path) -> pa.Table:
    """The profiles of a JSONL file (or .gz of one), a row each: `unique_id`, COMPARED, and the keys `key_*`.

    A key is null (in a list: left out) where more than MOST_PER_KEY records have it or one alone does; a list of no keys
    is null. `connection` is DuckDB's; its tables `raw`, `folded` and `split` are made and dropped.
    """
    connection.execute(_READ, {"path": str(path), "columns": COLUMNS})
    for statement in (_FOLD, "drop table raw", _SPLIT, "drop table folded"):
        connection.execute(statement)
    kept = f"between 2 and {MOST_PER_KEY}"
    plain = [
        f"case when {name} is not null and count(*) over (partition by {name}) {kept} then {name} end as key_{key}"
        for key, name in _KEYS.items()
    ]
    lists = [
        f"""left join (
            select unique_id, list(word order by word) as key_{key} from (
                select unique_id, word, count(*) over (partition by word) as sharing
                from (select unique_id, unnest({name}) as word from split)
            ) where sharing {kept} group by unique_id
        ) using (unique_id)"""  # noqa: S608 - names of this module
        for key, name in _LISTS.items()
    ]
    found = connection.sql(
        f"select unique_id, {', '.join(COMPARED)}, {', '.join(plain)}, {', '.join(f'key_{key}' for key in _LISTS)} "  # noqa: S608 - names of this module
        f"from split {' '.join(lists)} order by unique_id"
    ).to_arrow_table()
    connection.execute("drop table split")
    return found
