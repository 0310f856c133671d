package org.mqttintegration.node;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads which nodes there are, and what each has. */
@Component
class Nodes {

  private final JdbcClient database;
  private final ThisNode self;
  private final NodeSettings settings;

  Nodes(JdbcClient database, ThisNode self, NodeSettings settings) {
    this.database = database;
    this.self = self;
    this.settings = settings;
  }

  /** Those that run first, and then those that ended last. */
  List<Node> list() {
    return database
        .sql(
            """
            select node.*, array(
                     select lease.name from lease where owner = node.id order by length(name), name) as leases,
                   seen_at < clock_timestamp() - make_interval(secs => :seconds) as silent
            from node order by stopped_at is not null, stopped_at desc, name, started_at desc
            """)
        .param("seconds", settings.leaseTime().toMillis() / 1_000.0)
        .query((row, number) -> node(row))
        .list();
  }

  private Node node(ResultSet row) throws SQLException {
    Timestamp stopped = row.getTimestamp("stopped_at");
    String[] leases = (String[]) row.getArray("leases").getArray();
    NodeState state = row.getBoolean("silent") ? NodeState.SILENT : NodeState.RUNNING;
    return new Node(
        row.getString("name"),
        self.id().equals(row.getObject("id", UUID.class)),
        stopped == null ? state : NodeState.STOPPED,
        row.getString("version"),
        row.getTimestamp("started_at").toInstant(),
        row.getTimestamp("seen_at").toInstant(),
        stopped == null ? null : stopped.toInstant(),
        names(leases, Lease.ofConnection("")).filter(Nodes::isOwn).map(Long::valueOf).toList(),
        names(leases, Lease.ofConnection("")).filter(key -> !isOwn(key)).toList(),
        names(leases, Lease.ofRoute("")).toList());
  }

  /** Whether a connection is a broker's own, and not one of those that share. */
  private static boolean isOwn(String key) {
    return !key.contains("-");
  }

  private static Stream<String> names(String[] leases, String kind) {
    return Stream.of(leases)
        .filter(name -> name.startsWith(kind))
        .map(name -> name.substring(kind.length()));
  }
}
