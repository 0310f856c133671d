package org.mqttintegration.history;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.SQLInsert;
import org.mqttintegration.mqtt.ReceivedMessage.Delivery;

/** A QoS 2 message that is recorded for one recipient, and not released. */
@Entity
@Immutable
@IdClass(UnreleasedPacket.Key.class)
@Table(name = "unreleased_packet")
// a broker may give the identifier to another message without releasing it
@SQLInsert(
    sql =
        """
        insert into unreleased_packet (fingerprint, connection, packet_identifier, recipient)
        values (?, ?, ?, ?)
        on conflict (connection, packet_identifier, recipient)
        do update set fingerprint = excluded.fingerprint
        """)
class UnreleasedPacket {

  @Id private String connection;
  @Id private int packetIdentifier;
  @Id private int recipient;
  private long fingerprint;

  /** For Hibernate only. */
  @SuppressWarnings("NullAway.Init")
  protected UnreleasedPacket() {}

  UnreleasedPacket(Delivery delivery) {
    this.connection = delivery.connection();
    this.packetIdentifier = delivery.packetIdentifier();
    this.recipient = delivery.recipient();
    this.fingerprint = delivery.fingerprint();
  }

  /** What makes it one. */
  record Key(String connection, int packetIdentifier, int recipient) implements Serializable {}
}
