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

  @Query("select b.id, b.name from Broker b")
  List<Object[]> findIdsAndNames();

  Optional<BrokerEntity> findByName(String name);

  @Query("select b.id from Broker b order by b.id")
  List<Long> findIds();

  List<BrokerEntity> findByIdIn(Collection<Long> ids);
}
