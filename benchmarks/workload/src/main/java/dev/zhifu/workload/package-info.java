/**
 * A simulated city: people, firms, banks, carriers, police, mules and crews. It acts out stories,
 * fraudulent and innocent, knows the truth of each, and knows nothing of the rules that try to find
 * them.
 *
 * <p>{@link dev.zhifu.workload.City} is the way in. Time is the city's own; nothing here reads the
 * wall clock.
 */
package dev.zhifu.workload;
