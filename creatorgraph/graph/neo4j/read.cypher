// name: nodes
UNWIND $keys AS key
MATCH (n:<LABEL> {key: key})
RETURN n.key AS key, n.label AS label, n.detail AS detail

// name: incident
UNWIND $keys AS key
MATCH (n:<LABEL> {key: key})
CALL (n) {
  MATCH (n)-[r]-()
  WHERE type(r) IN $kinds
  RETURN r
  ORDER BY type(r), startNode(r).key, endNode(r).key
  LIMIT $fan_out
}
RETURN n.key AS node, type(r) AS kind, startNode(r).key AS source, endNode(r).key AS target,
       r.weight AS weight, r.match_weight AS match_weight, r.accepted AS accepted

// name: count_nodes
MATCH (n:<LABEL>)
RETURN count(n) AS count

// name: count_edges
MATCH ()-[r:<TYPE>]->()
RETURN count(r) AS count

// name: version
CALL dbms.components() YIELD name, versions
WITH name, versions
WHERE name = 'Neo4j Kernel'
RETURN versions[0] AS version

// name: has_gds
SHOW FUNCTIONS YIELD name
WHERE name = 'gds.version'
RETURN name

// name: gds_version
RETURN gds.version() AS version
