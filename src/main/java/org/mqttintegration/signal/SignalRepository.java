package org.mqttintegration.signal;

import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.JpaSpecificationExecutor;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

interface SignalRepository
    extends JpaRepository<SignalEntity, Long>, JpaSpecificationExecutor<SignalEntity> {

  /** What a signal needs to know of the subscription it belongs to. */
  interface SubscriptionTopic {
    long getBrokerId();

    String getTopic();
  }

  /** Concurrent changes of one signal happen one after the other, so that none is lost. */
  @Lock(LockModeType.PESSIMISTIC_WRITE)
  Optional<SignalEntity> findLockedById(long id);

  @Query(
      nativeQuery = true,
      value = "select broker_id as brokerId, topic from subscription where id = :id")
  Optional<SubscriptionTopic> findSubscriptionTopic(long id);

  List<SignalEntity> findByBrokerId(long brokerId);

  @Query("select s.id from Signal s where s.brokerId = :brokerId and s.name = :name order by s.id")
  List<Long> findIds(long brokerId, String name);

  long countByBrokerId(long brokerId);

  @Modifying
  @Query("delete from Signal s where s.brokerId = :brokerId")
  void deleteByBrokerId(long brokerId);
}
