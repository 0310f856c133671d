package org.mqttintegration.console.record;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.api.OperationRequest;
import org.mqttintegration.api.Operations;
import org.mqttintegration.console.Answers;
import org.mqttintegration.console.FieldErrors;
import org.mqttintegration.console.form.Form;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** What stands at the side of a record: its thread, who follows it, and what is to be done. */
@Component
public class RecordStory {

  private static final int MOST = 20;
  private static final int MOST_ACTIVITIES = 100;

  private final Operations operations;

  RecordStory(Operations operations) {
    this.operations = operations;
  }

  /**
   * Adds it to a page.
   *
   * @param records the word for its kind in paths, as in {@code route-files}
   * @param record its id or name
   * @param cursor where an older part of the thread begins, null for the newest
   */
  public void addTo(Model model, String records, String record, @Nullable String cursor) {
    model.addAttribute("records", records);
    model.addAttribute("recordId", record);
    model.addAttribute(
        "thread",
        operations.ask(
            about("listThread", records, record).with("limit", MOST).with("cursor", cursor)));
    model.addAttribute("followers", operations.ask(about("listFollowers", records, record)));
    model.addAttribute("responsible", operations.ask(about("getResponsible", records, record)));
    model.addAttribute("activities", open(about("listRecordActivities", records, record)));
    model.addAttribute(
        "followerFields",
        operations.permits("addFollower")
            ? Form.fields(
                operations.bodyFields("addFollower"),
                Form.presets(operations.bodyFields("addFollower")),
                FieldErrors.NONE,
                field -> List.of())
            : List.of());
  }

  /** What is still to be done. */
  private List<Map<String, Object>> open(OperationRequest request) {
    return Answers.items(operations.ask(request.with("limit", MOST_ACTIVITIES))).stream()
        .filter(activity -> activity.get("closedAt") == null)
        .toList();
  }

  static OperationRequest about(String operation, String records, String record) {
    return OperationRequest.of(operation).at("records", records).at("record", record);
  }
}
