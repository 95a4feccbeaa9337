-- How many documents each of :queries matches, without the words that more than :common of the documents has
WITH common AS (
    SELECT quote_literal(word) AS query
    FROM pg_stats, unnest(most_common_elems::text::text[], most_common_elem_freqs) AS each (word, share)
    WHERE schemaname = current_schema() AND tablename = 'search_document' AND attname = 'words'
        AND word IS NOT NULL AND share > :common
)
SELECT asked.query, found.documents,
    (SELECT reltuples::bigint FROM pg_class WHERE oid = 'search_document'::regclass) AS total
FROM unnest(CAST(:queries AS text[])) AS asked (query)
CROSS JOIN LATERAL (
    SELECT count(*) AS documents FROM search_document WHERE words @@ CAST(asked.query AS tsquery)
) AS found
WHERE NOT EXISTS (SELECT FROM common WHERE common.query = asked.query)
