-- Nodes by key, as the store's tables hold them: key, label and what kind of thing it is (detail).

-- name: profiles
SELECT profile_id AS key, coalesce(username, display_name, account_id, url, profile_id) AS label, platform AS detail
FROM profile
WHERE profile_id = ANY(CAST(:keys AS text[]))
ORDER BY profile_id

-- name: identifiers
SELECT i.kind || ':' || i.value AS key, i.shown AS label, i.kind AS detail
FROM unnest(CAST(:keys AS text[])) AS k (key)
JOIN identifier i ON i.kind = split_part(k.key, ':', 1) AND i.value = substr(k.key, strpos(k.key, ':') + 1) COLLATE "C"
WHERE EXISTS (SELECT FROM profile_identifier h WHERE h.identifier_id = i.identifier_id)
ORDER BY i.kind COLLATE "C", i.value

-- name: creators
SELECT c.creator_id::text AS key, c.display_name AS label, NULL AS detail
FROM creator c
WHERE c.creator_id = ANY(CAST(:keys AS uuid[]))
  AND EXISTS (SELECT FROM membership m WHERE m.creator_id = c.creator_id)
ORDER BY c.creator_id

-- name: profile_ids_after
SELECT profile_id FROM profile WHERE profile_id > :last ORDER BY profile_id LIMIT :batch_size
