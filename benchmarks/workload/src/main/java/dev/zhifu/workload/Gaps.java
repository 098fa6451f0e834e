package dev.zhifu.workload;

/**
 * What the sources do not know or do not send, as the settings say. A number is registered to
 * nobody known for good; everything else is missing event by event.
 */
final class Gaps {
  private final long seed;
  private final CitySettings.Streams streams;

  Gaps(CitySettings settings) {
    this.seed = settings.run().seed();
    this.streams = settings.streams();
  }

  boolean telecomSeen(String eventId) {
    return seen(streams.telecomSeen(), "gap-telecom", eventId);
  }

  boolean accessSeen(String eventId) {
    return seen(streams.accessSeen(), "gap-access", eventId);
  }

  boolean deviceSeen(String transactionId) {
    return seen(streams.deviceSeen(), "gap-device", transactionId);
  }

  boolean firstContactSeen(String eventId) {
    return seen(streams.firstContactSeen(), "gap-contact", eventId);
  }

  boolean holderSeen(Holder subscriber) {
    double share = streams.holderSeen();
    return share >= 1 || Draws.chance(Draws.stream(seed, "gap-holder", subscriber.index), share);
  }

  private boolean seen(double share, String purpose, String id) {
    return share >= 1 || Draws.chance(Draws.stream(seed, purpose, id), share);
  }
}
