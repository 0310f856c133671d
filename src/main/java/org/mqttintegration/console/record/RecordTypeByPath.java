package org.mqttintegration.console.record;

import org.springframework.core.convert.converter.Converter;
import org.springframework.stereotype.Component;

/** So that the word of an address is the kind of record. */
@Component
class RecordTypeByPath implements Converter<String, RecordType> {

  @Override
  public RecordType convert(String path) {
    return RecordType.ofPath(path).orElseThrow();
  }
}
