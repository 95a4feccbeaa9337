// name: count
MATCH ()-[r]->()
WHERE type(r) IN $kinds AND r.weight >= $minimum_weight
RETURN count(r) AS count

// name: project
// the order gives the nodes the same numbers each time, which seeded algorithms need
MATCH (s)-[r]->(t)
WHERE type(r) IN $kinds AND r.weight >= $minimum_weight
WITH s, r, t
ORDER BY s.key, t.key, type(r)
RETURN gds.graph.project(
  $name, s, t, {relationshipProperties: {weight: r.weight}}, {undirectedRelationshipTypes: ['*']}
) AS projected

// name: keys
UNWIND $numbers AS number
WITH number, gds.util.asNode(number) AS n
RETURN number, labels(n)[0] AS label, n.key AS key
