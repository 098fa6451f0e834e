package dev.zhifu.rules.features;

/**
 * One feature, as declared.
 *
 * @param name as conditions use it, {@code features.name}
 * @param type what it is, in words of the rule language
 * @param unit of the value; empty when the type says it
 * @param window of event time it looks back over
 * @param meaning what it says
 * @param entity whose state it comes from
 */
public record FeatureDeclaration(
    String name, String type, String unit, String window, String meaning, Entity entity) {

  /** Whose state a feature comes from, with how long that state is kept after its newest event. */
  public enum Entity {
    /** The account that receives. */
    PAYEE_ACCOUNT("payee account", "366 d after the last credit; ids 24 h", 250, 30_000),
    /** The account that pays. */
    PAYER_ACCOUNT("payer account", "366 d after the last movement", 400, 20_000),
    /** The person who pays, calls or logs in. */
    HOLDER(
        "holder",
        "24 h after the last signal, 72 h after a new SIM, 90 d after the last movement",
        700,
        7_000),
    /** The subscriber's own number of a telecom signal. */
    NUMBER("number", "24 h after the last signal", 600, 21_000),
    /** The device of an access. */
    DEVICE("device", "24 h after the last access", 250, 20_500),
    /** No state: the lists that the router holds. */
    LISTS("lists", "until the entry ends", 0, 0);

    private final String words;
    private final String kept;
    private final int ordinaryBytes;
    private final int mostBytes;

    Entity(String words, String kept, int ordinaryBytes, int mostBytes) {
      this.words = words;
      this.kept = kept;
      this.ordinaryBytes = ordinaryBytes;
      this.mostBytes = mostBytes;
    }

    /** Name for people. */
    public String words() {
      return words;
    }

    /** Bytes of state of an ordinary customer's entity, rounded up: a test holds it. */
    public int ordinaryBytes() {
      return ordinaryBytes;
    }

    /** Bytes of state with every list full, rounded up: a test holds it. */
    public int mostBytes() {
      return mostBytes;
    }

    /** How long its state is kept. */
    public String kept() {
      return kept;
    }
  }
}
