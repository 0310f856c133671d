package org.mqttintegration.signal;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Counts transactions, and holds nothing. */
class CountedTransactions extends AbstractPlatformTransactionManager {

  private static final long serialVersionUID = 1L;
  final List<String> log = new CopyOnWriteArrayList<>();

  @Override
  protected Object doGetTransaction() {
    return new Object();
  }

  @Override
  protected boolean isExistingTransaction(Object transaction) {
    return TransactionSynchronizationManager.isActualTransactionActive();
  }

  @Override
  protected void doBegin(Object transaction, TransactionDefinition definition) {
    log.add("begin");
  }

  @Override
  protected void doCommit(DefaultTransactionStatus status) {
    log.add("commit");
  }

  @Override
  protected void doRollback(DefaultTransactionStatus status) {
    log.add("rollback");
  }

  @Override
  protected void doSetRollbackOnly(DefaultTransactionStatus status) {
    log.add("rollback only");
  }
}
