package org.mqttintegration.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoteTextTest {

  private static final String REL = "rel=\"nofollow noopener noreferrer\"";

  private final NoteText notes = new NoteText();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "asked **IT** about `plant/#` | <p>asked <strong>IT</strong> about <code>plant/#</code></p>",
        "one\\ntwo | <p>one<br>two</p>",
        "- a\\n- b | <ul><li>a</li><li>b</li></ul>",
        "<b onclick=x>b</b> | <p>&lt;b onclick=x&gt;b&lt;/b&gt;</p>",
        "<div>b</div> | <p>&lt;div&gt;b&lt;/div&gt;</p>",
        "# no heading | <p># no heading</p>",
        "[wiki](https://example.org/a) | <p><a REL href=\"https://example.org/a\">wiki</a></p>",
        "[bad](javascript:alert(1)) | <p><a REL href=\"\">bad</a></p>",
        "![seen](https://example.org/a.png) | <p><a REL href=\"https://example.org/a.png\">seen</a></p>",
      })
  void given_a_note_when_it_is_drawn_then_its_markdown_is_html_and_nothing_else(
      String note, String html) {
    assertThat(notes.html(note.replace("\\n", "\n")).replace("\n", ""))
        .isEqualTo(html.replace("REL", REL));
  }
}
