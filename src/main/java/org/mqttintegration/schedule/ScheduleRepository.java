package org.mqttintegration.schedule;

import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.JpaSpecificationExecutor;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.transaction.annotation.Transactional;

interface ScheduleRepository
    extends JpaRepository<ScheduleEntity, Long>, JpaSpecificationExecutor<ScheduleEntity> {

  /** Concurrent changes of one schedule happen one after the other, so that none is lost. */
  @Lock(LockModeType.PESSIMISTIC_WRITE)
  Optional<ScheduleEntity> findLockedById(long id);

  @Query("select s.id from Schedule s where s.signalId in :signalIds")
  List<Long> findIdsBySignalIdIn(Collection<Long> signalIds);

  @Transactional
  @Modifying
  @Query("update Schedule s set s.lastFiredAt = :at where s.id = :id")
  void fired(long id, Instant at);

  @Transactional
  @Modifying
  @Query(
      "update Schedule s set s.lastFiredAt = :at, s.lastError = :error, s.lastErrorAt = :at"
          + " where s.id = :id")
  void failed(long id, Instant at, String error);
}
