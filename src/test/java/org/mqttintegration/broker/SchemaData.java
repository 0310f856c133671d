package org.mqttintegration.broker;

import java.util.List;
import org.flywaydb.core.api.MigrationVersion;

/**
 * Rows as versions of the schema had them, and what the newest one must know of them.
 *
 * @param from the first version that such rows fit
 * @param before the first version that they no longer fit
 * @param insert stores them
 * @param look a query of the newest schema that counts what became of them
 * @param rows how many that are
 */
record SchemaData(String from, String before, String insert, String look, int rows) {

  private static final String NEVER = "9999";

  /** For each version that changed a table with data, at least one. */
  static final List<SchemaData> ALL =
      List.of(
          data(
              "1",
              "16.1",
              """
              insert into broker (name, url_scheme, host, port, client_id, username, password, keepalive, connect_timeout)
              values ('old', 'mqtts', 'mqtt.example.org', 8883, 'old-1', 'u', 'hunter2', 60, 10);
              """,
              """
              select count(*) from broker b join secret s on s.kind = 'broker' and s.owner = b.id::text
              where b.name = 'old' and b.session_expiry = 604800 and s.name = 'password'
                and position('hunter2'::bytea in s.sealed) = 0
              """,
              1),
          data(
              "1",
              NEVER,
              """
              insert into broker (name, url_scheme, host, port, client_id, keepalive, connect_timeout)
              values ('plain', 'mqtt', '::1', 1883, 'plain-1', 0, 10);
              insert into subscription (broker_id, topic, qos, no_local, retain_as_published, retain_handling, wanted)
              select id, 'plant/#', 1, false, true, 2, true from broker where name = 'plain';
              insert into subscription (broker_id, topic, qos, no_local, retain_as_published, retain_handling)
              select id, repeat('é', 30000), 1, false, true, 2 from broker where name = 'plain';
              insert into signal (name, broker_id, subscription_id, topic, payload, payload_encoding, payload_format, retain, qos)
              select 'Greet', broker_id, id, 'plant/line1', '\\x00ff', 'base64', 'hex', true, 2 from subscription where wanted;
              """,
              """
              select count(*) from signal g join subscription s on s.id = g.subscription_id join broker b on b.id = g.broker_id
              where b.name = 'plain' and s.wanted and s.history_retention is null and g.payload = '\\x00ff'
                and (select count(*) from subscription where broker_id = b.id) = 2
              """,
              1),
          data("1", "7", history("first"), lookOfHistory("first"), 3),
          data(
              "2",
              NEVER,
              """
              insert into broker (name, url_scheme, host, port, client_id, keepalive, connect_timeout, clean_start,
                                  session_expiry, will, user_properties)
              values ('optional', 'wss', 'h', 443, 'optional-1', 60, 10, true, 4294967295, '{"topic": "gone"}',
                      '[{"name": "a", "value": "b"}]');
              """,
              """
              select count(*) from broker where name = 'optional' and will::json ->> 'topic' = 'gone'
                and user_properties::json -> 0 ->> 'name' = 'a' and clean_start and session_expiry = 4294967295
              """,
              1),
          data(
              "3",
              "10",
              "insert into unreleased_packet (connection, packet_identifier, recipient) values ('1', 7, 1)",
              "select count(*) from unreleased_packet where packet_identifier = 7",
              0), // it comes again, and is recorded again
          data(
              "4",
              "25",
              "insert into ended_filter (broker_id, topic, ended_at) select id, 'ended/#', now() from broker where name = 'plain'",
              "select count(*) from ended_filter where topic = 'ended/#' and connection = broker_id::text",
              1),
          data(
              "25",
              NEVER,
              """
              insert into broker (name, url_scheme, host, port, client_id, keepalive, connect_timeout, shared_connections)
              values ('shared', 'mqtt', '::1', 1883, 'shared-1', 0, 10, 2);
              insert into subscription (broker_id, topic, qos, no_local, retain_as_published, retain_handling, shared)
              select id, 'shared/#', 1, false, true, 2, true from broker where name = 'shared';
              insert into ended_filter (broker_id, connection, topic, ended_at)
              select id, id || '-1', '$share/shared-1/ended/#', now() from broker where name = 'shared';
              insert into attendance (subscription_id, connection, attended_until) values (99, '9-1', now()), (99, '9-2', now());
              """,
              """
              select count(*) from subscription s join broker b on b.id = s.broker_id
              join ended_filter e on e.broker_id = b.id and e.connection = b.id || '-1'
              where s.shared and b.shared_connections = 2
                and (select count(*) from attendance where subscription_id = 99) = 2
              """,
              1),
          data(
              "5",
              NEVER,
              """
              insert into attendance (subscription_id, connection, attended_until) values (1, '1', now());
              insert into gap (subscription_id, broker_id, cause, affects, starts) values (1, 1, 'disconnected', 'all', now());
              """,
              "select count(*) from gap g join attendance a using (subscription_id) where ends is null",
              1),
          data(
              "7",
              NEVER,
              omitted(),
              "select count(*) from history where payload_omitted = 'large'",
              1),
          data("8", NEVER, history("later"), lookOfHistory("later"), 3),
          data(
              "8",
              NEVER,
              """
              update subscription set history_retention = 60 where topic like 'é%';
              insert into history_removed (subscription_id, until) values (0, now());
              """,
              "select count(*) from subscription, history_removed where history_retention = 60",
              1),
          data(
              "9",
              NEVER,
              "update signal set properties = '{\"contentType\": \"text/plain\"}'",
              "select count(*) from signal where properties ->> 'contentType' = 'text/plain'",
              1),
          data(
              "10",
              NEVER,
              "insert into unreleased_packet (connection, packet_identifier, recipient, fingerprint) values ('1', 8, 1, 5)",
              "select count(*) from unreleased_packet where packet_identifier = 8",
              1),
          data(
              "11",
              NEVER,
              """
              insert into send (id, broker_id, topic, payload, payload_size, qos, retain, status, accepted_at, expires_at)
              values (nextval('send_id_seq'), 1, 'plant/line1', 'a', 1, 2, false, 'queued', now(), now() + interval '1 day');
              insert into outbound_packet (send_id, connection, packet_identifier, taken) select max(id), '1', 9, true from send;
              """,
              """
              select count(*) from send s join outbound_packet p on p.send_id = s.id
              where s.status = 'queued' and s.batch_id is null and s.origin is null
              """,
              1),
          data(
              "11",
              "13",
              "insert into idempotency_key (caller, key, request_hash, send_id, created_at) values ('', 'k', 'h', 1, now())",
              "select count(*) from idempotency_key where key = 'k' and accepted_id = 1",
              1),
          data(
              "12",
              NEVER,
              """
              insert into schedule (signal_id, every, start_at, misfire, "values", created_at)
              select id, 60, now(), 'fireAll', '{"a": [1, null]}', now() from signal;
              """,
              "select count(*) from schedule where every = 60 and \"values\" -> 'a' ->> 0 = '1' and not paused",
              1),
          data(
              "13",
              NEVER,
              "insert into send_batch (lines, accepted, created_at) values (2, 1, now())",
              "select count(*) from send_batch where lines = 2",
              1),
          data(
              "14",
              NEVER,
              """
              insert into durable_position (name, commit, id, updated_at) values ('to-erp', 1, 1, now());
              insert into dead_letter (route_id, from_uri, exchange, headers, body, exception, failed_at)
              values ('to-erp', 'signal:receive', 'E', '{}', '\\x00', 'X', now());
              """,
              "select count(*) from durable_position p join dead_letter d on d.route_id = p.name where d.body = '\\x00'",
              1),
          data(
              "15",
              NEVER,
              """
              insert into route_file_version (name, version, content, applied_at, status)
              values ('a.camel.yaml', 1, '- route:', now(), 'applied'), ('a.camel.yaml', 2, null, now(), 'deleted');
              """,
              "select count(*) from route_file_version where name = 'a.camel.yaml'",
              2),
          data(
              "17",
              NEVER,
              """
              insert into account (name, role, reads_payloads, enabled, must_change_password, created_at, updated_at, version)
              values ('ann', 'operator', true, true, false, now(), now(), 0);
              insert into api_token (account_id, name, hash, prefix, role, reads_payloads, created_at, expires_at)
              select id, 'ci', 'h', 'p', 'viewer', false, now(), now() from account where name = 'ann';
              """,
              """
              select count(*) from account a join api_token t on t.account_id = a.id
              where a.name = 'ann' and a.issuer is null and t.name = 'ci'
              """,
              1),
          data(
              "18",
              NEVER,
              """
              insert into audit_entry (happened_at, actor, actor_kind, record_kind, record_id, record_name, entry_kind, event, severity)
              values (now(), 'ann', 'user', 'broker', '1', 'old', 'change', 'created', 'info');
              insert into follower (record_kind, record_id, type, target, kinds, severity)
              values ('broker', '1', 'mail', 'ann@example.org', '{change}', 'info');
              """,
              """
              select count(*) from audit_entry e join follower f using (record_kind, record_id)
              where e.actor = 'ann' and f.target = 'ann@example.org'
              """,
              1),
          data(
              "20",
              NEVER,
              """
              insert into console_session (primary_id, session_id, creation_time, last_access_time, max_inactive_interval, expiry_time)
              values ('p', 's', 1, 1, 1, 1)
              """,
              "select count(*) from console_session where session_id = 's'",
              1));

  private static SchemaData data(String from, String before, String insert, String look, int rows) {
    return new SchemaData(from, before, insert, look, rows);
  }

  /** One of long ago, one of now, one of a clock that runs ahead. */
  private static String history(String topic) {
    return """
    insert into history (id, "timestamp", direction, broker_id, topic, payload, qos, retain, duplicate, user_properties)
    select nextval('history_id_seq'), at, 'receive', 1, '%s', '\\x00ff', 2, true, false, '[{"name": "a", "value": "b"}]'
    from (values (timestamptz '2001-01-01Z'), (now()), (timestamptz '2199-01-01Z')) times (at);
    """
        .formatted(topic);
  }

  private static String lookOfHistory(String topic) {
    return """
    select count(*) from history where topic = '%s' and payload = '\\x00ff' and qos = 2 and retain and not duplicate
      and user_properties -> 0 ->> 'value' = 'b' and payload_omitted is null
    """
        .formatted(topic);
  }

  private static String omitted() {
    return """
    insert into history (id, "timestamp", direction, broker_id, topic, payload, qos, retain, duplicate, payload_size, payload_omitted)
    values (nextval('history_id_seq'), now(), 'receive', 1, 'omitted', '', 0, false, false, 99999999, 'large')
    """;
  }

  /** Whether a schema of that version had such rows. */
  boolean fits(MigrationVersion version) {
    return version.compareTo(MigrationVersion.fromVersion(from)) >= 0
        && version.compareTo(MigrationVersion.fromVersion(before)) < 0;
  }
}
