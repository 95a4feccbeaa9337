-- The logarithm of the engagement rate of accounts of like size, per platform and over all (''); :least accounts each
WITH account AS MATERIALIZED (
    SELECT platform, floor(log(followers))::int AS magnitude, ln(greatest(engagement_rate, :lowest_rate)) AS rate
    FROM profile
    WHERE followers > 0 AND engagement_rate IS NOT NULL AND status = 'active'
), peer AS (
    SELECT platform, magnitude, rate FROM account
    UNION ALL
    SELECT '', magnitude, rate FROM account
), middle AS (
    SELECT platform, magnitude, count(*) AS accounts, percentile_cont(0.5) WITHIN GROUP (ORDER BY rate) AS centre
    FROM peer
    GROUP BY platform, magnitude
    HAVING count(*) >= :least
)
INSERT INTO audience_norm (platform, magnitude, accounts, centre, spread)
SELECT platform, magnitude, accounts, centre,
    greatest(:least_spread, 1.4826 * percentile_cont(0.5) WITHIN GROUP (ORDER BY abs(rate - centre)))
FROM middle JOIN peer USING (platform, magnitude)
GROUP BY platform, magnitude, accounts, centre
