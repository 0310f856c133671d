package org.mqttintegration.console.explore;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A level of the tree, as far as it is shown.
 *
 * @param under what stands before its names
 * @param next the cursor of what is not shown, null when all is
 * @param until the cursor up to which it is shown, null when that is all
 * @param position how far in the history it is counted
 */
public record TreeLevel(
    String under,
    List<TreeNode> nodes,
    @Nullable String next,
    @Nullable String until,
    long position) {}
