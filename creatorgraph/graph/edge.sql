-- Edges as the store's tables hold them. Every query gives the columns
--   node, kind, source_key, target_key, weight, match_weight, accepted
-- where node is the key of the asked node that the edge touches. Identifier keys are kind:value.
-- At most :fan_out edges per node, kind and direction, in the order of their ends (NULL: all).

-- name: of_profiles
WITH asked AS (
    SELECT p.profile_id AS key, p.platform
    FROM profile p
    WHERE p.profile_id = ANY(CAST(:keys AS text[]))
)
SELECT asked.key AS node, 'HAS_' || upper(held.kind) AS kind, asked.key AS source_key,
       held.kind || ':' || held.value AS target_key, 1.0::float8 AS weight,
       NULL::float8 AS match_weight, NULL::boolean AS accepted
FROM asked CROSS JOIN LATERAL (
    SELECT DISTINCT i.kind COLLATE "C" AS kind, i.value
    FROM profile_identifier h JOIN identifier i USING (identifier_id)
    WHERE h.profile_id = asked.key
      AND i.kind IN ('username', 'url', 'email', 'phone') AND 'HAS_' || upper(i.kind) = ANY(CAST(:kinds AS text[]))
    ORDER BY 1, 2 LIMIT :fan_out
) held
UNION ALL
SELECT asked.key, 'MEMBER_OF', asked.key, m.creator_id::text, 1.0, NULL, NULL
FROM asked JOIN membership m ON m.profile_id = asked.key
WHERE 'MEMBER_OF' = ANY(CAST(:kinds AS text[]))
UNION ALL
SELECT asked.key, 'LINKED', asked.key, l.right_id, l.probability, l.match_weight, l.accepted
FROM asked CROSS JOIN LATERAL (
    SELECT * FROM link WHERE left_id = asked.key ORDER BY right_id LIMIT :fan_out
) l
WHERE 'LINKED' = ANY(CAST(:kinds AS text[]))
UNION ALL
SELECT asked.key, 'LINKED', l.left_id, asked.key, l.probability, l.match_weight, l.accepted
FROM asked CROSS JOIN LATERAL (
    SELECT * FROM link WHERE right_id = asked.key ORDER BY left_id LIMIT :fan_out
) l
WHERE 'LINKED' = ANY(CAST(:kinds AS text[]))
UNION ALL
SELECT asked.key, 'SIMILAR_TO', asked.key, s.right_id, s.cosine, NULL, NULL
FROM asked CROSS JOIN LATERAL (
    SELECT * FROM similarity WHERE left_id = asked.key ORDER BY right_id LIMIT :fan_out
) s
WHERE 'SIMILAR_TO' = ANY(CAST(:kinds AS text[]))
UNION ALL
SELECT asked.key, 'SIMILAR_TO', s.left_id, asked.key, s.cosine, NULL, NULL
FROM asked CROSS JOIN LATERAL (
    SELECT * FROM similarity WHERE right_id = asked.key ORDER BY left_id LIMIT :fan_out
) s
WHERE 'SIMILAR_TO' = ANY(CAST(:kinds AS text[]))
UNION ALL
-- what the profile mentions: accounts by name, bare handles on its own platform
SELECT asked.key, 'MENTIONS', asked.key, named.profile_id, 1.0, NULL, NULL
FROM asked CROSS JOIN LATERAL (
    SELECT DISTINCT t.profile_id
    FROM profile_identifier h
    JOIN identifier i ON i.identifier_id = h.identifier_id AND i.kind IN ('account', 'mention')
    JOIN identifier u ON u.kind = 'username'
        AND u.value = CASE i.kind WHEN 'account' THEN i.value ELSE asked.platform || ':' || i.value END COLLATE "C"
    JOIN profile_identifier t ON t.identifier_id = u.identifier_id AND t.profile_id <> asked.key
    WHERE h.profile_id = asked.key
    ORDER BY 1 LIMIT :fan_out
) named
WHERE 'MENTIONS' = ANY(CAST(:kinds AS text[]))
UNION ALL
-- what mentions the profile
SELECT asked.key, 'MENTIONS', naming.profile_id, asked.key, 1.0, NULL, NULL
FROM asked CROSS JOIN LATERAL (
    SELECT s.profile_id
    FROM profile_identifier h
    JOIN identifier u ON u.identifier_id = h.identifier_id AND u.kind = 'username'
    JOIN identifier i ON i.kind = 'account' AND i.value = u.value
    JOIN profile_identifier s ON s.identifier_id = i.identifier_id
    WHERE h.profile_id = asked.key AND s.profile_id <> asked.key
    UNION
    SELECT s.profile_id
    FROM profile_identifier h
    JOIN identifier u ON u.identifier_id = h.identifier_id AND u.kind = 'username'
    JOIN identifier i ON i.kind = 'mention' AND i.value = substr(u.value, strpos(u.value, ':') + 1) COLLATE "C"
    JOIN profile_identifier s ON s.identifier_id = i.identifier_id
    JOIN profile p ON p.profile_id = s.profile_id AND p.platform = split_part(u.value, ':', 1)
    WHERE h.profile_id = asked.key AND s.profile_id <> asked.key
    ORDER BY 1 LIMIT :fan_out
) naming
WHERE 'MENTIONS' = ANY(CAST(:kinds AS text[]))

-- name: of_identifiers
WITH asked AS (
    SELECT i.kind || ':' || i.value AS key, i.kind, i.identifier_id
    FROM unnest(CAST(:keys AS text[])) AS k (key)
    JOIN identifier i ON i.kind = split_part(k.key, ':', 1)
        AND i.value = substr(k.key, strpos(k.key, ':') + 1) COLLATE "C"
)
SELECT asked.key AS node, 'HAS_' || upper(asked.kind) AS kind, holder.profile_id AS source_key,
       asked.key AS target_key, 1.0::float8 AS weight, NULL::float8 AS match_weight, NULL::boolean AS accepted
FROM asked CROSS JOIN LATERAL (
    SELECT DISTINCT h.profile_id FROM profile_identifier h
    WHERE h.identifier_id = asked.identifier_id ORDER BY 1 LIMIT :fan_out
) holder
WHERE 'HAS_' || upper(asked.kind) = ANY(CAST(:kinds AS text[]))

-- name: of_creators
SELECT k.key AS node, 'MEMBER_OF' AS kind, member.profile_id AS source_key, k.key AS target_key,
       1.0::float8 AS weight, NULL::float8 AS match_weight, NULL::boolean AS accepted
FROM unnest(CAST(:keys AS text[])) AS k (key) CROSS JOIN LATERAL (
    SELECT m.profile_id FROM membership m
    WHERE m.creator_id = CAST(k.key AS uuid) ORDER BY 1 LIMIT :fan_out
) member
WHERE 'MEMBER_OF' = ANY(CAST(:kinds AS text[]))
