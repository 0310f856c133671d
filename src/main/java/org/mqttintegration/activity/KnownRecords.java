package org.mqttintegration.activity;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Looks records up, whichever feature has them. */
@Component
class KnownRecords {

  /** Asked late: the features need what stands here. */
  private final ObjectProvider<RecordDirectory> directories;

  KnownRecords(ObjectProvider<RecordDirectory> directories) {
    this.directories = directories;
  }

  /** The record with that id, as it is called now. */
  Optional<RecordRef> find(RecordKind kind, String id) {
    Map<RecordKind, RecordDirectory> byKind =
        directories.stream().collect(Collectors.toMap(RecordDirectory::kind, Function.identity()));
    return Optional.ofNullable(byKind.get(kind))
        .flatMap(directory -> directory.name(id))
        .map(name -> new RecordRef(kind, id, name));
  }

  /**
   * The record with that id.
   *
   * @throws ProblemException when there is none
   */
  RecordRef get(RecordKind kind, String id) {
    return find(kind, id)
        .orElseThrow(
            () ->
                new ProblemException(
                    ProblemType.NOT_FOUND, "There is no %s %s.".formatted(kind.noun(), id)));
  }
}
