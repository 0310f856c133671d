package org.mqttintegration.history;

/**
 * A place in the history, in the order of commits: behind all that was committed before {@code
 * commit}, and behind the message {@code id} of that commit.
 *
 * @param commit the commit's number, rising
 * @param id the id of a message
 */
public record FeedPosition(long commit, long id) implements Comparable<FeedPosition> {

  /** Before everything. */
  public static final FeedPosition START = new FeedPosition(0, 0);

  @Override
  public int compareTo(FeedPosition other) {
    int commits = Long.compare(commit, other.commit);
    return commits != 0 ? commits : Long.compare(id, other.id);
  }
}
