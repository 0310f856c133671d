package org.mqttintegration.console.form;

import java.util.List;
import org.mqttintegration.api.RequestField;

/** Where the values of a field come from that are no words of the contract: other records. */
@FunctionalInterface
public interface Choices {

  /** The records that a field may name; empty when it names none. */
  List<Choice> of(RequestField field);
}
