package dev.zhifu.rules.features;

import dev.zhifu.wire.EnrichedEvent;

/**
 * One of the three steps that fill an event's features from what one entity went through. Pure: the
 * same inputs give the same answer.
 *
 * @param <S> what the step keeps of one entity
 */
public interface FeatureStep<S extends EntityState> {

  /** State of an entity never seen. */
  S empty();

  /**
   * Reads a kept state, of this or any earlier version.
   *
   * @throws IllegalStateException when the bytes are damaged or of a later version
   */
  S read(byte[] bytes);

  /**
   * Fills the features that this entity gives to its event, as of the event's own time; then, when
   * the event counts, moves the state.
   *
   * @return true when the state moved and has to be kept
   */
  boolean enrich(S state, EnrichedEvent event);

  /**
   * Moves the state of the other side of an event and fills nothing.
   *
   * @return true when the state moved and has to be kept
   */
  boolean note(S state, EnrichedEvent event);
}
