-- How many documents each of :queries matches, without the words that more than :common of the documents has; and of the first
-- :sample of these how many have it in their places (class D). Where there are fewer, they are all
WITH common AS (
    SELECT quote_literal(word) AS query
    FROM pg_stats, unnest(most_common_elems::text::text[], most_common_elem_freqs) AS each (word, share)
    WHERE schemaname = current_schema() AND tablename = 'search_document' AND attname = 'words'
        AND word IS NOT NULL AND share > :common
)
SELECT asked.query,
    CASE WHEN looked.seen < :sample THEN looked.seen ELSE (
        SELECT count(*) FROM search_document WHERE words @@ CAST(asked.query AS tsquery)
    ) END AS documents,
    looked.seen, looked.located,
    (SELECT reltuples::bigint FROM pg_class WHERE oid = 'search_document'::regclass) AS total
FROM unnest(CAST(:queries AS text[])) AS asked (query)
CROSS JOIN LATERAL (
    SELECT count(*) AS seen, count(*) FILTER (WHERE words @@ CAST(asked.query || '\:D' AS tsquery)) AS located
    FROM (SELECT words FROM search_document WHERE words @@ CAST(asked.query AS tsquery) LIMIT :sample) AS few
) AS looked
WHERE NOT EXISTS (SELECT FROM common WHERE common.query = asked.query)
