package org.mqttintegration.subscription;

import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.JpaSpecificationExecutor;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.transaction.annotation.Transactional;

interface SubscriptionRepository
    extends JpaRepository<SubscriptionEntity, Long>, JpaSpecificationExecutor<SubscriptionEntity> {

  /** Concurrent changes of one subscription happen one after the other, so that none is lost. */
  @Lock(LockModeType.PESSIMISTIC_WRITE)
  Optional<SubscriptionEntity> findLockedById(long id);

  @Query("select s from Subscription s where s.wanted order by s.id")
  List<SubscriptionEntity> findWanted();

  /** The shared ones of a broker, wanted or not. */
  @Query("select s from Subscription s where s.shared and s.brokerId = :brokerId")
  List<SubscriptionEntity> findShared(long brokerId);

  Optional<SubscriptionEntity> findByBrokerIdAndTopic(long brokerId, String topic);

  List<SubscriptionEntity> findByBrokerId(long brokerId);

  long countByBrokerId(long brokerId);

  @Modifying
  @Query("delete from Subscription s where s.brokerId = :brokerId")
  void deleteByBrokerId(long brokerId);

  @Modifying
  @Transactional
  @Query("update Subscription s set s.subscriptionTime = :time where s.id = :id")
  void setSubscriptionTime(long id, Instant time);

  /**
   * Sets many at once. It waits for nobody else's change, so that two that each change several rows
   * never wait for each other.
   *
   * @param times as ISO 8601 has them, of the ids in the same places
   * @return the ids of those that are set; another transaction has the others, or they are gone
   */
  @Transactional
  @Query(
      nativeQuery = true,
      value =
          """
          with unlocked as materialized (
            select id from subscription where id = any(:ids) for update skip locked)
          update subscription s set subscription_time = granted.time
          from unlocked join unnest(:ids, cast(:times as timestamptz[])) as granted (id, time)
            on granted.id = unlocked.id
          where s.id = unlocked.id
          returning s.id
          """)
  List<Long> setUnlockedSubscriptionTimes(Long[] ids, String[] times);
}
