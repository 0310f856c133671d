package org.mqttintegration.send;

import com.fasterxml.jackson.databind.ObjectMapper;

/** The templates, without an application. */
public final class TemplatesOfTests {

  private TemplatesOfTests() {}

  public static Templates templates() {
    return new Templates(new PayloadCheck(new ObjectMapper()));
  }
}
