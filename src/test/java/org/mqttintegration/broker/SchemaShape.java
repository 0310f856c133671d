package org.mqttintegration.broker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a version of the application relies on in the database, partitions aside.
 *
 * @param columns of each column its type, by table and column
 * @param optional columns that may be null
 * @param required columns that an insert has to name
 * @param rules checks, foreign keys and unique keys, with the columns that each is about
 * @param functions with their arguments and results
 */
record SchemaShape(
    Map<String, String> columns,
    Set<String> optional,
    Set<String> required,
    Map<String, Set<String>> rules,
    Set<String> functions) {

  private static final String TABLES =
      "c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition";

  static SchemaShape of(DataSource data) {
    JdbcClient database = JdbcClient.create(data);
    Map<String, String> columns = new HashMap<>();
    Set<String> optional = new HashSet<>();
    Set<String> required = new HashSet<>();
    database
        .sql(
            """
            select c.relname || '.' || a.attname as name, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull,
                   a.attnotnull and not a.atthasdef and a.attidentity = '' as required
            from pg_attribute a join pg_class c on c.oid = a.attrelid
            where %s and a.attnum > 0 and not a.attisdropped
            """
                .formatted(TABLES))
        .query(
            row -> {
              String name = row.getString("name");
              columns.put(name, row.getString("type"));
              if (row.getBoolean("required")) {
                required.add(name);
              }
              if (!row.getBoolean("attnotnull")) {
                optional.add(name);
              }
            });
    return new SchemaShape(columns, optional, required, rules(database), functions(database));
  }

  private static Map<String, Set<String>> rules(JdbcClient database) {
    Map<String, Set<String>> rules = new HashMap<>();
    database
        .sql(
            """
            select t.name, t.rule,
                   array(select t.name || '.' || a.attname from pg_attribute a
                         where a.attrelid = t.oid and a.attnum > 0 and (a.attnum = any(t.keys) or 0 = any(t.keys))) as columns
            from (select c.relname as name, pg_get_constraintdef(r.oid) as rule, r.conkey as keys, c.oid
                  from pg_constraint r join pg_class c on c.oid = r.conrelid
                  where r.contype <> 'n' and %1$s
                  union all
                  select c.relname, pg_get_indexdef(i.indexrelid), i.indkey::smallint[], c.oid
                  from pg_index i join pg_class c on c.oid = i.indrelid where i.indisunique and %1$s) t
            """
                .formatted(TABLES))
        .query(
            row -> {
              String[] columns = (String[]) row.getArray("columns").getArray();
              rules.put(row.getString("name") + ": " + row.getString("rule"), Set.of(columns));
            });
    return rules;
  }

  private static Set<String> functions(JdbcClient database) {
    return Set.copyOf(
        database
            .sql(
                """
                select proname || '(' || pg_get_function_identity_arguments(oid) || ') ' || pg_get_function_result(oid)
                from pg_proc where pronamespace = 'public'::regnamespace
                """)
            .query(String.class)
            .list());
  }

  /** Why those who know this shape alone cannot go on with the next one; empty when they can. */
  List<String> hinders(SchemaShape next) {
    List<String> reasons = new ArrayList<>();
    columns.forEach(
        (name, type) -> {
          String then = next.columns.getOrDefault(name, "gone");
          if (!then.equals(type)) {
            reasons.add("%s is %s".formatted(name, then));
          } else if (optional.contains(name) && !next.optional.contains(name)) {
            reasons.add(name + " may be null no longer");
          } else if (next.required.contains(name) && !required.contains(name)) {
            reasons.add(name + " has no default any more");
          }
        });
    Set<String> tables =
        columns.keySet().stream().map(SchemaShape::table).collect(Collectors.toSet());
    next.required.stream()
        .filter(name -> !columns.containsKey(name) && tables.contains(table(name)))
        .forEach(name -> reasons.add(name + " is new, and has no default"));
    next.rules.forEach(
        (rule, about) -> {
          if (!rules.containsKey(rule) && about.stream().anyMatch(columns::containsKey)) {
            reasons.add("there is a rule more, of " + rule);
          }
        });
    rules.keySet().stream()
        .filter(rule -> rule.contains("UNIQUE") && !next.rules.containsKey(rule))
        .forEach(rule -> reasons.add("a key is gone, that inserts may name: " + rule));
    functions.stream()
        .filter(function -> !next.functions.contains(function))
        .forEach(function -> reasons.add("the function %s is gone".formatted(function)));
    return reasons;
  }

  private static String table(String column) {
    return column.substring(0, column.indexOf('.'));
  }
}
