// name: constraint
CREATE CONSTRAINT <LABEL>_key IF NOT EXISTS FOR (n:<LABEL>) REQUIRE n.key IS UNIQUE

// name: turn_constraint
CREATE CONSTRAINT Projection_key IF NOT EXISTS FOR (n:Projection) REQUIRE n.key IS UNIQUE

// name: profile_platform_index
CREATE INDEX Profile_detail IF NOT EXISTS FOR (n:Profile) ON (n.detail)

// name: accepted_index
CREATE INDEX LINKED_weight IF NOT EXISTS FOR ()-[r:LINKED]-() ON (r.weight)

// name: await_indexes
CALL db.awaitIndexes(60)

// name: take_turn
MERGE (p:Projection {key: 'graph'})
SET p.refreshed_at = datetime()

// name: detach
UNWIND $keys AS key
MATCH (n:<LABEL> {key: key})-[r]-(other)
DELETE r
WITH DISTINCT other
WHERE NOT other:Profile
RETURN labels(other)[0] AS label, other.key AS key

// name: delete
UNWIND $keys AS key
MATCH (n:<LABEL> {key: key})
DETACH DELETE n

// name: merge_nodes
// columns, not rows: the driver packs a list of text far faster than a list of maps
UNWIND range(0, size($keys) - 1) AS i
MERGE (n:<LABEL> {key: $keys[i]})
SET n.label = $labels[i], n.detail = $details[i]

// name: create_facts
UNWIND range(0, size($sources) - 1) AS i
MATCH (s:<SOURCE> {key: $sources[i]})
MATCH (t:<TARGET> {key: $targets[i]})
CREATE (s)-[:<TYPE> {weight: 1.0}]->(t)

// name: create_similarities
UNWIND range(0, size($sources) - 1) AS i
MATCH (s:<SOURCE> {key: $sources[i]})
MATCH (t:<TARGET> {key: $targets[i]})
CREATE (s)-[:<TYPE> {weight: $weights[i]}]->(t)

// name: create_links
UNWIND range(0, size($sources) - 1) AS i
MATCH (s:<SOURCE> {key: $sources[i]})
MATCH (t:<TARGET> {key: $targets[i]})
CREATE (s)-[:<TYPE> {weight: $weights[i], match_weight: $match_weights[i], accepted: $accepted[i]}]->(t)

// name: delete_lonely
UNWIND $keys AS key
MATCH (n:<LABEL> {key: key})
WHERE NOT EXISTS { (n)--() }
DELETE n

// name: clear
MATCH (n)
WHERE n:Profile OR n:Identifier OR n:Creator
CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS
