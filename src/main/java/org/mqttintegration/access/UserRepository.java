package org.mqttintegration.access;

import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.JpaSpecificationExecutor;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

interface UserRepository
    extends JpaRepository<UserEntity, Long>, JpaSpecificationExecutor<UserEntity> {

  /** Concurrent changes of one user happen one after the other, so that none is lost. */
  @Lock(LockModeType.PESSIMISTIC_WRITE)
  Optional<UserEntity> findLockedById(long id);

  Optional<UserEntity> findByName(String name);

  /**
   * Of two administrators only one at a time can go. Those of an issuer do not count: it may take
   * the role away, or be away itself.
   */
  @Lock(LockModeType.PESSIMISTIC_WRITE)
  @Query(
      """
      select a from Account a where a.enabled and a.role = :role and a.issuer is null order by a.id
      """)
  List<UserEntity> lockEnabled(Role role);
}
