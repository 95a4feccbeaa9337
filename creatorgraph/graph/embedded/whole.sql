-- The whole graph. Edges of one kind give source_key, target_key, weight.

-- name: has
SELECT DISTINCT h.profile_id AS source_key, i.kind || ':' || i.value AS target_key, 1.0::float8 AS weight
FROM identifier i JOIN profile_identifier h USING (identifier_id)
WHERE i.kind = :identifier_kind

-- name: member_of
SELECT m.profile_id AS source_key, m.creator_id::text AS target_key, 1.0::float8 AS weight
FROM membership m

-- name: linked
SELECT left_id AS source_key, right_id AS target_key, probability AS weight
FROM link
WHERE probability >= :minimum_weight

-- name: similar_to
SELECT left_id AS source_key, right_id AS target_key, cosine AS weight
FROM similarity
WHERE cosine >= :minimum_weight

-- name: mentions
SELECT s.profile_id AS source_key, t.profile_id AS target_key, 1.0::float8 AS weight
FROM identifier i
JOIN profile_identifier s ON s.identifier_id = i.identifier_id
JOIN identifier u ON u.kind = 'username' AND u.value = i.value
JOIN profile_identifier t ON t.identifier_id = u.identifier_id AND t.profile_id <> s.profile_id
WHERE i.kind = 'account'
UNION
SELECT s.profile_id, t.profile_id, 1.0
FROM identifier i
JOIN profile_identifier s ON s.identifier_id = i.identifier_id
JOIN profile p ON p.profile_id = s.profile_id
JOIN identifier u ON u.kind = 'username' AND u.value = (p.platform || ':' || i.value) COLLATE "C"
JOIN profile_identifier t ON t.identifier_id = u.identifier_id AND t.profile_id <> s.profile_id
WHERE i.kind = 'mention'

-- name: node_counts
SELECT (SELECT count(*) FROM profile) AS profile,
       (SELECT count(*) FROM identifier i
        WHERE i.kind IN ('username', 'url', 'email', 'phone')
          AND EXISTS (SELECT FROM profile_identifier h WHERE h.identifier_id = i.identifier_id)) AS identifier,
       (SELECT count(DISTINCT creator_id) FROM membership) AS creator
