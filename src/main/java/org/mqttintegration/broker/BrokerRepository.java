package org.mqttintegration.broker;

import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.JpaSpecificationExecutor;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

interface BrokerRepository
    extends JpaRepository<BrokerEntity, Long>, JpaSpecificationExecutor<BrokerEntity> {

  /** Concurrent changes of one broker happen one after the other, so that none is lost. */
  @Lock(LockModeType.PESSIMISTIC_WRITE)
  Optional<BrokerEntity> findLockedById(long id);

  /** Unlike the above, also keeps others from using the broker until the transaction ends. */
  @Query(value = "select id from broker where id = :id for update", nativeQuery = true)
  Optional<Long> lockForRemoval(long id);

  /**
   * In the order of their ids, so that two that lock some of the same do not wait for each other.
   */
  @Query(
      value = "select id from broker where id in (:ids) order by id for key share",
      nativeQuery = true)
  List<Long> lockForUse(Collection<Long> ids);

  @Query("select b.id, b.name from Broker b")
  List<Object[]> findIdsAndNames();

  Optional<BrokerEntity> findByName(String name);

  @Query("select b.id from Broker b order by b.id")
  List<Long> findIds();

  List<BrokerEntity> findByIdIn(Collection<Long> ids);
}
