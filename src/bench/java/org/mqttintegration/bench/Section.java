package org.mqttintegration.bench;

import java.util.List;

/**
 * What a part found.
 *
 * @param title its heading in the document
 * @param text Markdown: how it was measured, and the tables
 * @param aims the aims that its figures answer
 */
record Section(String title, String text, List<Aim> aims) {}
