// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.continual;

/**
 * How the tree of Andersson, Pagh, Steiner and Torkamani, "Count on Your Elders: Laplace vs
 * Gaussian Noise" (arXiv 2408.07021, section 3), adds up a running total. A node of level l stands
 * for arity^l steps in a row. A step t, written in base arity with digits from -(arity - 1) / 2 to
 * (arity - 1) / 2, says which nodes give the total after it: |digit| many of each level, added
 * where the digit is above zero and subtracted where it is below.
 *
 * @param steps how many steps there are, at least 1
 * @param arity odd, at least 3
 * @param levels as many digits as the last step needs
 */
public record TreeShape(long steps, long arity, int levels) {
  /** The most steps. */
  public static final long MAX_STEPS = 1L << 30;

  /** Refuses a tree that is no such tree. */
  public TreeShape {
    if (steps < 1 || steps > MAX_STEPS) {
      throw new IllegalArgumentException("a tree has 1 to " + MAX_STEPS + " steps, not " + steps);
    }
    if (arity < 3 || arity % 2 == 0) {
      throw new IllegalArgumentException("an arity is odd and at least 3, not " + arity);
    }
    if (levels != levels(steps, arity)) {
      throw new IllegalArgumentException(
          steps + " steps of arity " + arity + " need " + levels(steps, arity) + " levels");
    }
  }

  /**
   * @param steps how many steps there are, 1 to {@link #MAX_STEPS}
   * @return the tree whose mean squared error, {@code levels^2 * meanNodes} up to a factor, is
   *     least
   */
  public static TreeShape best(long steps) {
    // One level: each step is a node of its own.
    TreeShape best = new TreeShape(steps, 2 * steps + 1, 1);
    for (int levels = 2; levels <= levels(steps, 3); levels++) {
      long least = leastArity(steps, levels);
      // A wider tree of as many levels has more nodes a level; not always more in its top level.
      for (long arity = least; arity <= 2 * least; arity += 2) {
        if (levels(steps, arity) == levels) {
          TreeShape shape = new TreeShape(steps, arity, levels);
          best = shape.error() < best.error() ? shape : best;
        }
      }
    }
    return best;
  }

  /**
   * What is done with one node.
   *
   * @see #visit
   */
  @FunctionalInterface
  interface Visitor {
    void node(int level, long index, boolean added);
  }

  /** Names the nodes that give the total after a step, each once. */
  void visit(long step, Visitor visitor) {
    long rest = step;
    for (int level = 0; rest != 0; level++) {
      // The nodes between the nearest multiple of the next level's width and this one's.
      long above = nearest(rest) * arity;
      for (long index = above; index < rest; index++) {
        visitor.node(level, index, true);
      }
      for (long index = rest; index < above; index++) {
        visitor.node(level, index, false);
      }
      rest = above / arity;
    }
  }

  /**
   * @param step from 1 to {@link #steps}
   * @return how many nodes give the total after it
   */
  public long nodes(long step) {
    long nodes = 0;
    for (long rest = step; rest != 0; rest = nearest(rest)) {
      nodes += Math.abs(rest - nearest(rest) * arity);
    }
    return nodes;
  }

  /**
   * @return the mean of {@link #nodes} over all steps
   */
  public double meanNodes() {
    double sum = 0;
    double width = 1;
    for (int level = 0; level < levels; level++) {
      sum += sumOfDigits(width);
      width *= arity;
    }
    return sum / steps;
  }

  /** The sum over steps 1 to {@link #steps} of the absolute digit of a level. */
  private double sumOfDigits(double width) {
    // Shifted by half a width, a digit is the same for width steps in a row.
    double half = (width - 1) / 2;
    double runs = Math.floor((steps + half) / width);
    double partial = steps + half - runs * width + 1;
    double full = Math.floor(runs / arity);
    double reach = (arity - 1) / 2.0;
    double cycle = reach * (reach + 1);
    double begun = runs - full * arity;
    // Digits 0, 1, ..., reach, -reach, ..., -1, then again; the zero's first run is cut but adds 0.
    double sum =
        full * cycle + (begun <= reach + 1 ? triangle(begun - 1) : cycle - triangle(arity - begun));
    double digit = begun <= reach ? begun : arity - begun;
    return sum * width + digit * partial;
  }

  private static double triangle(double n) {
    return n * (n + 1) / 2;
  }

  private double error() {
    return (double) levels * levels * meanNodes();
  }

  /** The integer nearest to x / arity; arity is odd, so there is only one. */
  private long nearest(long x) {
    return (x + (arity - 1) / 2) / arity;
  }

  private static int levels(long steps, long arity) {
    int levels = 1;
    // The largest step that so many digits can write: reach * (1 + arity + arity^2 ...).
    long reach = (arity - 1) / 2;
    long width = 1;
    for (long largest = reach; largest < steps; largest += reach * width) {
      width *= arity;
      levels++;
    }
    return levels;
  }

  private static long leastArity(long steps, int levels) {
    long least = 3;
    while (levels(steps, least) > levels) {
      least += 2;
    }
    return least;
  }
}
