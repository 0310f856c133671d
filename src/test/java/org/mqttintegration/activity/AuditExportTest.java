package org.mqttintegration.activity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AuditExportTest {

  @Test
  void given_texts_when_written_as_csv_then_none_is_a_formula_and_all_stay_one_cell() {
    assertThat(AuditExport.cell("=1+1")).isEqualTo("'=1+1");
    assertThat(AuditExport.cell("@a,b")).isEqualTo("\"'@a,b\"");
    assertThat(AuditExport.cell("-1\n\"x\"")).isEqualTo("\"'-1\n\"\"x\"\"\"");
    assertThat(AuditExport.cell("plain = text")).isEqualTo("plain = text");
  }
}
