package org.mqttintegration.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.swagger.v3.oas.models.Operation;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.access.Account;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;
import org.springframework.web.util.WebUtils;

/**
 * Takes the payloads out of the answers to who may not read them, where the contract says so: the
 * last thing before an answer leaves, so that no route has to think of it.
 */
@Component
class WithheldPayloads extends OncePerRequestFilter {

  private static final String WITHHELD = "payloadWithheld";

  private final JsonFactory json = new JsonFactory();
  private final ContractAuthorization operations;
  private final Set<String> fields;

  WithheldPayloads(ContractAuthorization operations, Contract contract) {
    this.operations = operations;
    this.fields = contract.payloadFields();
  }

  /** It belongs to the security chain, behind the sign-in, and nowhere else. */
  @Component
  static class Registration {

    @Bean
    FilterRegistrationBean<WithheldPayloads> onlyInTheChain(WithheldPayloads filter) {
      FilterRegistrationBean<WithheldPayloads> registration = new FilterRegistrationBean<>(filter);
      registration.setEnabled(false);
      return registration;
    }
  }

  /** The answer is complete when the request is dispatched for the second time. */
  @Override
  protected boolean shouldNotFilterAsyncDispatch() {
    return false;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (isAsyncDispatch(request)) {
      ContentCachingResponseWrapper kept =
          WebUtils.getNativeResponse(response, ContentCachingResponseWrapper.class);
      chain.doFilter(request, response);
      if (kept != null) {
        release(kept);
      }
    } else if (isWithheld(request)) {
      ContentCachingResponseWrapper kept = new ContentCachingResponseWrapper(response);
      chain.doFilter(request, kept);
      if (!isAsyncStarted(request)) {
        release(kept);
      }
    } else {
      chain.doFilter(request, response);
    }
  }

  private boolean isWithheld(HttpServletRequest request) {
    Account account = Account.current();
    Operation operation = operations.operation(request);
    return operation != null
        && Contract.access(operation).withheld()
        && !Contract.answersInLines(operation) // their route leaves payloads out
        && (account == null || !account.readsPayloads());
  }

  private void release(ContentCachingResponseWrapper kept) throws IOException {
    if (isJson(kept.getContentType())) {
      byte[] without = without(kept.getContentAsByteArray());
      kept.resetBuffer();
      kept.getOutputStream().write(without);
    }
    kept.copyBodyToResponse();
  }

  private static boolean isJson(@Nullable String contentType) {
    return contentType != null
        && MediaType.parseMediaType(contentType).equalsTypeAndSubtype(MediaType.APPLICATION_JSON);
  }

  /** JSON with null for payloads, and in each object that had some a field that says so. */
  byte[] without(byte[] answer) throws IOException {
    ByteArrayOutputStream written = new ByteArrayOutputStream(answer.length);
    try (JsonParser parser = json.createParser(answer);
        JsonGenerator generator = json.createGenerator(written)) {
      Deque<Boolean> said = new ArrayDeque<>();
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.FIELD_NAME
            && fields.contains(parser.currentName())) {
          withhold(parser, generator, !said.pop());
          said.push(true);
        } else {
          if (parser.currentToken() == JsonToken.START_OBJECT) {
            said.push(false);
          } else if (parser.currentToken() == JsonToken.END_OBJECT) {
            said.pop();
          }
          generator.copyCurrentEvent(parser);
        }
      }
    }
    return written.toByteArray();
  }

  private static void withhold(JsonParser parser, JsonGenerator generator, boolean say)
      throws IOException {
    generator.writeNullField(parser.currentName());
    if (say) {
      generator.writeBooleanField(WITHHELD, true);
    }
    parser.nextToken();
    parser.skipChildren();
  }
}
