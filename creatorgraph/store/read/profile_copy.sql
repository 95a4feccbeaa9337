-- Every profile with its identifiers as lists; PostgreSQL sorts and groups, and spills to disk where it must.
-- A list is one text: each value ends with U+001F. Where a value holds that character, or the U+001D that stands for it,
-- it is escaped, so that nothing that can be stored is ambiguous. What a profile says that it mentions is somebody else's.
COPY (
    SELECT
        p.profile_id,
        p.platform,
        p.username,
        p.account_id,
        p.display_name,
        p.bio,
        p.website,
        (
            SELECT string_agg(replace(replace(u.link, E'\x1D', E'\x1D0'), E'\x1F', E'\x1D1') || E'\x1F', '' ORDER BY u.place)
            FROM unnest(p.links) WITH ORDINALITY AS u (link, place)
        ) AS links,
        p.location,
        p.language,
        p.category,
        p.company,
        p.job_title,
        p.followers,
        p.verified,
        i.usernames,
        i.accounts,
        i.listed_accounts,
        i.urls,
        i.hosts,
        i.emails,
        i.email_locals,
        i.phones,
        i.mentions,
        i.audience,
        p.avatar_hash,
        p.row_id
    FROM profile AS p
    LEFT JOIN (
        SELECT
            h.profile_id,
            string_agg(h.text, '' ORDER BY h.kind, h.value, h.field) FILTER (WHERE h.kind = 'username' AND h.own) AS usernames,
            string_agg(h.text, '' ORDER BY h.kind, h.value, h.field) FILTER (WHERE h.kind = 'account' AND h.own) AS accounts,
            string_agg(h.text, '' ORDER BY h.kind, h.value, h.field)
                FILTER (WHERE h.kind = 'account' AND h.field IN ('website', 'links')) AS listed_accounts,
            string_agg(h.text, '' ORDER BY h.kind, h.value, h.field) FILTER (WHERE h.kind = 'url' AND h.own) AS urls,
            string_agg(h.text, '' ORDER BY h.kind, h.value, h.field) FILTER (WHERE h.kind = 'host' AND h.own) AS hosts,
            string_agg(h.text, '' ORDER BY h.kind, h.value, h.field) FILTER (WHERE h.kind = 'email' AND h.own) AS emails,
            string_agg(h.text, '' ORDER BY h.kind, h.value, h.field) FILTER (WHERE h.kind = 'email_local' AND h.own) AS email_locals,
            string_agg(h.text, '' ORDER BY h.kind, h.value, h.field) FILTER (WHERE h.kind = 'phone' AND h.own) AS phones,
            string_agg(h.text, '' ORDER BY h.kind, h.value, h.field) FILTER (WHERE h.kind = 'mention' AND h.own) AS mentions,
            string_agg(h.text, '' ORDER BY h.kind, h.value, h.field)
                FILTER (WHERE h.kind IN ('account', 'mention') AND NOT h.own) AS audience
        FROM (
            SELECT
                held.profile_id,
                held.field,
                held.field <> 'mentions' AS own,
                one.kind,
                one.value,
                replace(replace(one.value, E'\x1D', E'\x1D0'), E'\x1F', E'\x1D1') || E'\x1F' AS text
            FROM profile_identifier AS held
            INNER JOIN identifier AS one ON one.identifier_id = held.identifier_id
            /* of some: WHERE held.profile_id IN (SELECT asked.profile_id FROM profile AS asked WHERE asked.row_id = ANY(%(rows)s)) */
        ) AS h
        GROUP BY h.profile_id
    ) AS i ON i.profile_id = p.profile_id
    /* of some: WHERE p.row_id = ANY(%(rows)s) */
    ORDER BY p.profile_id
) TO STDOUT (FORMAT csv)
