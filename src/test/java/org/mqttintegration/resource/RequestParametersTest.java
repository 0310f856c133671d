package org.mqttintegration.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;

class RequestParametersTest {

  private static final List<String> SORTABLE = List.of("name", "port");

  private enum Colour {
    RED,
    DARK_RED
  }

  @Test
  void given_no_parameters_when_paged_then_the_first_fifty_by_the_default_field() {
    Pageable page = query("").page(SORTABLE);
    assertThat(page.getPageNumber()).isZero();
    assertThat(page.getPageSize()).isEqualTo(50);
    assertThat(page.getSort()).isEqualTo(Sort.by("name", "id"));
  }

  @Test
  void given_parameters_when_paged_then_they_count() {
    Pageable page = query("page=3&size=200&sort=-port").page(SORTABLE);
    assertThat(page.getPageNumber()).isEqualTo(3);
    assertThat(page.getPageSize()).isEqualTo(200);
    assertThat(page.getSort()).isEqualTo(Sort.by("port").descending().and(Sort.by("id")));
  }

  @ParameterizedTest
  @CsvSource({
    "page=-1,page",
    "page=x,page",
    "page=10000001,page",
    "page=,page",
    "size=0,size",
    "size=201,size",
    "size=1e2,size",
    "sort=password,sort",
    "sort=,sort",
    "sort=--port,sort"
  })
  void given_a_wrong_page_when_read_then_the_parameter_is_named(String query, String field) {
    assertThat(Violations.fields(() -> query(query).page(SORTABLE))).containsExactly(field);
  }

  @Test
  void given_several_wrong_parameters_when_read_then_all_are_named() {
    assertThat(Violations.fields(() -> query("page=x&size=x&sort=x").page(SORTABLE)))
        .containsExactly("page", "size", "sort");
  }

  @Test
  void given_http_headers_with_the_names_of_parameters_when_read_then_only_the_query_counts() {
    RequestParameters parameters =
        parameters(
            Map.of(Exchange.HTTP_METHOD, "GET", Exchange.HTTP_QUERY, "name=a", "Host", "h:8080"));
    assertThat(parameters.text("host")).isNull();
    assertThat(parameters.text("name")).isEqualTo("a");
  }

  @Test
  void given_no_http_request_when_read_then_headers_count() {
    assertThat(parameters(Map.of("name", "a")).text("name")).isEqualTo("a");
  }

  @Test
  void given_an_encoded_query_when_read_then_it_is_decoded() {
    assertThat(query("name=a%2Fb+%C3%BC%26%3D").text("name")).isEqualTo("a/b ü&=");
  }

  @ParameterizedTest
  @ValueSource(strings = {"name=a&name=b", "name=%00"})
  void given_a_text_that_cannot_be_when_read_then_it_is_named(String query) {
    assertThat(Violations.fields(() -> query(query).text("name"))).containsExactly("name");
  }

  @Test
  void given_a_broken_encoding_when_read_then_it_is_refused() {
    assertThat(Violations.fields(() -> query("name=%zz").text("name"))).containsExactly("");
  }

  @Test
  void given_numbers_flags_and_choices_when_read_then_they_are_what_they_say() {
    RequestParameters given = query("brokerId=7&cascade=true&colour=darkRed");
    assertThat(given.number("brokerId")).isEqualTo(7);
    assertThat(given.flag("cascade")).isTrue();
    assertThat(given.choice("colour", Colour.class)).isEqualTo(Colour.DARK_RED);
    RequestParameters none = query("");
    assertThat(none.number("brokerId")).isNull();
    assertThat(none.flag("cascade")).isFalse();
    assertThat(none.choice("colour", Colour.class)).isNull();
  }

  @Test
  void given_values_of_another_kind_when_read_then_they_are_named() {
    assertThat(Violations.fields(() -> query("brokerId=x").number("brokerId")))
        .containsExactly("brokerId");
    assertThat(Violations.fields(() -> query("cascade=yes").flag("cascade")))
        .containsExactly("cascade");
    assertThat(Violations.errors(() -> query("colour=RED").choice("colour", Colour.class)))
        .singleElement()
        .satisfies(error -> assertThat(error.message()).contains("red, darkRed"));
    assertThat(Violations.fields(() -> parameters(Map.of("id", "x")).id())).containsExactly("id");
  }

  private static RequestParameters query(String query) {
    return parameters(Map.of(Exchange.HTTP_METHOD, "GET", Exchange.HTTP_QUERY, query));
  }

  private static RequestParameters parameters(Map<String, Object> headers) {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    headers.forEach(exchange.getIn()::setHeader);
    return RequestParameters.of(exchange);
  }
}
