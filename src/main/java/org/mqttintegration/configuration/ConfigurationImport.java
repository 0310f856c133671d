package org.mqttintegration.configuration;

import java.util.ArrayList;
import java.util.List;
import org.mqttintegration.problem.FieldError;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.mqttintegration.resource.UnitOfWork;
import org.mqttintegration.routefile.RouteFileDelivery;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Makes of what is configured what a document says. Records are changed in one transaction by their
 * own services; connections, subscriptions and route files follow its commit.
 */
@Service
class ConfigurationImport {

  /** The key of the lock by which imports happen one after the other. */
  private static final long LOCK = 0x6d717474_636f6e66L;

  private final List<Section> sections;
  private final RouteFileDelivery routeFiles;
  private final UnitOfWork unitOfWork;
  private final JdbcClient database;

  ConfigurationImport(
      List<Section> sections,
      RouteFileDelivery routeFiles,
      UnitOfWork unitOfWork,
      JdbcClient database) {
    this.sections = sections;
    this.routeFiles = routeFiles;
    this.unitOfWork = unitOfWork;
    this.database = database;
  }

  /**
   * Imports a document.
   *
   * @param dryRun whether it is only told what would be done; all is checked as if it were
   * @param prune whether records and files go that their section of the document does not have
   * @throws ProblemException when the document is wrong; then nothing is done
   */
  ImportResult run(String text, boolean dryRun, boolean prune) {
    ConfigurationDocument document = ConfigurationDocument.parse(text);
    List<FieldError> errors = new ArrayList<>();
    RouteFilePlan files = new RouteFilePlan(routeFiles.stored(), document, prune, errors);
    List<FieldError> findings = check(files);
    Alignment records =
        unitOfWork.together(() -> align(document, prune, errors, findings), done -> !dryRun);
    if (!dryRun) {
      apply(files);
    }
    List<ItemChange> changes = new ArrayList<>(records.changes());
    changes.addAll(files.changes());
    return ImportResult.of(dryRun, changes, (long) records.unchanged() + files.unchanged());
  }

  private Alignment align(
      ConfigurationDocument document,
      boolean prune,
      List<FieldError> errors,
      List<FieldError> findings) {
    database.sql("select pg_advisory_xact_lock(?)").param(LOCK).query().singleRow();
    Alignment alignment = new Alignment(sections, document, errors);
    alignment.run(prune);
    if (!findings.isEmpty()) {
      throw new ProblemException(
          ProblemType.ROUTE_FILE_REFUSED, "Nothing was done; see errors for the lines.", findings);
    }
    return alignment;
  }

  private List<FieldError> check(RouteFilePlan files) {
    List<FieldError> errors = new ArrayList<>();
    routeFiles
        .check(files.coming(), files.going())
        .forEach(
            (name, wrong) ->
                wrong.forEach(
                    finding ->
                        errors.add(
                            new FieldError(
                                "%s, line %d, column %d"
                                    .formatted(files.place(name), finding.line(), finding.column()),
                                finding.message()))));
    return errors;
  }

  private void apply(RouteFilePlan files) {
    List<FieldError> errors = new ArrayList<>();
    files.going().forEach(routeFiles::delete);
    routeFiles
        .apply(files.coming())
        .forEach(
            (name, wrong) ->
                wrong.forEach(
                    error ->
                        errors.add(
                            new FieldError(
                                "%s, %s".formatted(files.place(name), error.field()),
                                error.message()))));
    if (!errors.isEmpty()) {
      throw new ProblemException(
          ProblemType.ROUTE_FILE_REFUSED,
          "All else is imported. See errors for the lines of files that did not start; what ran of"
              + " them before still runs.",
          errors);
    }
  }
}
