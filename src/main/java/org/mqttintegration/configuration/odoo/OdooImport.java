package org.mqttintegration.configuration.odoo;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.broker.Brokers;
import org.mqttintegration.configuration.odoo.OdooRecords.Made;
import org.mqttintegration.history.PastMessage;
import org.mqttintegration.history.PastMessages;
import org.mqttintegration.problem.FieldError;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.mqttintegration.resource.UnitOfWork;
import org.mqttintegration.signal.SignalService;
import org.mqttintegration.subscription.SubscriptionService;
import org.springframework.stereotype.Service;

/** Takes files over, each as a whole or not at all. */
@Service
class OdooImport {

  private static final int MOST_ERRORS = 100;

  private final OdooIds ids;
  private final OdooFiles files;
  private final OdooRecords records;
  private final PastMessages history;
  private final Brokers brokers;
  private final SubscriptionService subscriptions;
  private final SignalService signals;
  private final UnitOfWork unitOfWork;

  OdooImport(
      OdooIds ids,
      OdooFiles files,
      OdooRecords records,
      PastMessages history,
      Brokers brokers,
      SubscriptionService subscriptions,
      SignalService signals,
      UnitOfWork unitOfWork) {
    this.ids = ids;
    this.files = files;
    this.records = records;
    this.history = history;
    this.brokers = brokers;
    this.subscriptions = subscriptions;
    this.signals = signals;
    this.unitOfWork = unitOfWork;
  }

  /**
   * Takes a file over.
   *
   * @param broker the name of the broker of messages that name none, null for none
   * @param zone the time zone of its times
   * @param dryRun whether it is only tried
   * @throws ProblemException when anything is wrong; then nothing is done
   */
  OdooResult run(
      OdooModel model, String csv, @Nullable String broker, ZoneId zone, boolean dryRun) {
    List<OdooRow> rows = OdooTable.read(model, csv);
    return unitOfWork.together(
        () -> {
          OdooRelations relations = new OdooRelations(ids, brokers, subscriptions, signals, broker);
          return model.isHistory()
              ? messages(model, csv, rows, new OdooMessages(relations, zone), dryRun)
              : records(model, rows, relations, dryRun);
        },
        done -> !dryRun);
  }

  private OdooResult records(
      OdooModel model, List<OdooRow> rows, OdooRelations relations, boolean dryRun) {
    Map<String, Long> known = ids.of(model);
    Map<String, Integer> alike = OdooRecords.counting();
    List<Made> made = new ArrayList<>();
    each(
        rows,
        row -> {
          Made record = records.store(model, row, OdooIds.find(known, row), relations, alike);
          ids.put(model, row, record.id());
          made.add(record);
        });
    long added = made.stream().filter(Made::isNew).count();
    return new OdooResult(model.table(), dryRun, rows.size(), added, made.size() - added, false);
  }

  private OdooResult messages(
      OdooModel model, String csv, List<OdooRow> rows, OdooMessages messages, boolean dryRun) {
    List<PastMessage> past = new ArrayList<>(rows.size());
    each(rows, row -> past.add(messages.message(row)));
    if (!files.take(model, csv, past)) {
      return new OdooResult(model.table(), dryRun, rows.size(), 0, 0, true);
    }
    history.store(past);
    return new OdooResult(model.table(), dryRun, rows.size(), past.size(), 0, false);
  }

  /** Goes through the rows, and tells all that is wrong at once. */
  private static void each(List<OdooRow> rows, Consumer<OdooRow> work) {
    List<FieldError> errors = new ArrayList<>();
    for (OdooRow row : rows) {
      try {
        work.accept(row);
      } catch (ProblemException e) {
        errors.addAll(placed(row, e));
        if (e.type() != ProblemType.INVALID_REQUEST || errors.size() >= MOST_ERRORS) {
          throw new ProblemException(e.type(), e.detail(), errors);
        }
      }
    }
    if (!errors.isEmpty()) {
      throw ProblemException.invalid(errors);
    }
  }

  private static List<FieldError> placed(OdooRow row, ProblemException problem) {
    String line = "line " + row.line();
    return problem.errors().isEmpty()
        ? List.of(new FieldError(line, problem.detail()))
        : problem.errors().stream()
            .map(error -> new FieldError(line + ", " + error.field(), error.message()))
            .toList();
  }
}
