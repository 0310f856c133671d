package org.mqttintegration.routefile;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.routefile.check.Finding;

/**
 * A route file, as REST shows it.
 *
 * @param name the file's name
 * @param state what became of it
 * @param findings what is wrong with it; none when it runs
 * @param version the number of the version that runs; null when none does
 * @param appliedAt since when that version runs; null when none does
 * @param routes the ids of the routes that run
 */
public record RouteFileView(
    String name,
    RouteFileStatus state,
    List<Finding> findings,
    @Nullable Integer version,
    @Nullable Instant appliedAt,
    List<String> routes) {}
