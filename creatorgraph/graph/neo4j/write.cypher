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
UNWIND $rows AS row
MERGE (n:<LABEL> {key: row.key})
SET n.label = row.label, n.detail = row.detail

// name: create_edges
UNWIND $rows AS row
MATCH (s:<SOURCE> {key: row.source})
MATCH (t:<TARGET> {key: row.target})
CREATE (s)-[r:<TYPE>]->(t)
SET r.weight = row.weight, r.match_weight = row.match_weight, r.accepted = row.accepted

// name: delete_lonely
UNWIND $keys AS key
MATCH (n:<LABEL> {key: key})
WHERE NOT EXISTS { (n)--() }
DELETE n

// name: clear
MATCH (n)
WHERE n:Profile OR n:Identifier OR n:Creator
CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS
