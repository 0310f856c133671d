package org.mqttintegration.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTest extends RestTest {

  private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"]+)\"");

  @Test
  void given_the_contract_when_it_is_asked_for_then_it_is_the_file() throws Exception {
    HttpResponse<String> response = get("/openapi.yaml");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/yaml");
    assertThat(response.body())
        .isEqualTo(
            Files.readString(Path.of("src/main/resources/openapi.yaml"), StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = "/swagger-ui/")
  void given_a_page_when_it_is_opened_then_all_it_links_to_is_there_and_ours(String path)
      throws Exception {
    HttpResponse<String> page = get(path);

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
    assertThat(page.body()).doesNotContainPattern("<style|style=|<script>|onclick=|javascript:");
    var links = LINK.matcher(page.body());
    int count = 0;
    while (links.find()) {
      String link = links.group(1);
      assertThat(link).doesNotContain("//");
      String target = link.startsWith("/") ? link : path + link.replace("./", "");
      assertThat(get(target).statusCode()).as(target).isEqualTo(200);
      count++;
    }
    assertThat(count).isGreaterThan(3);
  }

  @Test
  void given_swagger_ui_when_it_starts_then_it_reads_our_contract_and_asks_no_other_host()
      throws Exception {
    assertThat(get("/swagger-ui/swagger-initializer.js").body())
        .contains("url: \"/openapi.yaml\"", "validatorUrl: null")
        .doesNotContain("http:", "https:");
  }

  @Test
  void given_swagger_ui_without_its_slash_when_it_is_opened_then_it_is_redirected()
      throws Exception {
    HttpResponse<String> response = get("/swagger-ui");

    assertThat(response.statusCode()).isEqualTo(302);
    assertThat(response.headers().firstValue("Location"))
        .hasValueSatisfying(location -> assertThat(location).endsWith("/swagger-ui/"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/swagger-ui/index.html", "/openapi.yaml", "/api/v1/brokers"})
  void given_any_answer_when_a_browser_has_it_then_it_may_load_and_run_only_what_is_ours(
      String path) throws Exception {
    HttpResponse<String> response = get(path);

    assertThat(response.headers().firstValue("Content-Security-Policy"))
        .hasValueSatisfying(
            policy ->
                assertThat(policy)
                    .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe", "*"));
    assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
  }
}
