package org.mqttintegration.routefile.check;

import java.util.List;

/**
 * What may stand at a place of a route file.
 *
 * @param column the column, from 1, where what is typed already begins; a proposal takes its place
 * @param items the proposals, the likeliest first
 */
public record Proposals(int column, List<Proposal> items) {

  static final Proposals NONE = new Proposals(1, List.of());
}
