package dev.zhifu.desk.door;

import io.javalin.http.Context;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What may end TLS before a door and is believed (ADR-0172). Anybody can write {@code
 * X-Forwarded-For} and {@code X-Forwarded-Proto}: they count when they come from one of these
 * addresses, and from nobody else.
 *
 * @param trusted addresses and networks; empty: nobody stands before the door
 * @param secure true when browsers and banks come by https alone
 */
public record Proxies(List<Network> trusted, boolean secure) {
  private static final String FOR = "X-Forwarded-For";
  private static final String PROTO = "X-Forwarded-Proto";

  /** More hops than any way here has; what is longer is not read. */
  private static final int HOPS_MAX = 20;

  /** Copies. */
  public Proxies {
    trusted = List.copyOf(trusted);
  }

  /** Nobody stands before the door. */
  public static Proxies none() {
    return new Proxies(List.of(), false);
  }

  /**
   * Reads addresses and networks.
   *
   * @param texts each an address as 10.0.0.5 or fd00::5, or a network as 10.1.0.0/24
   * @param secure true when browsers and banks come by https alone
   * @throws IllegalArgumentException when one is neither; names it
   */
  public static Proxies of(List<String> texts, boolean secure) {
    return new Proxies(texts.stream().map(Network::of).toList(), secure);
  }

  /**
   * The address that a request comes from: of what the trusted have passed on, the nearest that is
   * none of them; the line's own where that says nothing.
   */
  public String client(Context ctx) {
    String peer = ctx.ip();
    if (!isTrusted(literal(peer))) {
      return peer;
    }
    String client = peer;
    for (String hop : hops(ctx)) {
      String address = literal(hop);
      if (address == null) {
        return client;
      }
      client = address;
      if (!isTrusted(address)) {
        return client;
      }
    }
    return client;
  }

  /**
   * True when a request comes by no https: past those that end TLS before the door, or by plain
   * HTTP to them.
   */
  public boolean refuses(Context ctx) {
    if (!secure || trusted.isEmpty()) {
      return false;
    }
    return isTrusted(literal(ctx.ip()))
        ? !"https".equalsIgnoreCase(String.valueOf(ctx.header(PROTO)).strip())
        : !ctx.req().isSecure();
  }

  /** The nearest first. */
  private static List<String> hops(Context ctx) {
    List<String> hops = new ArrayList<>();
    for (String line : Collections.list(ctx.req().getHeaders(FOR))) {
      hops.addAll(List.of(line.split(",", HOPS_MAX + 1)));
    }
    if (hops.size() > HOPS_MAX) {
      return List.of();
    }
    Collections.reverse(hops);
    return hops;
  }

  private boolean isTrusted(String address) {
    byte[] bytes = address == null ? null : bytes(address);
    return bytes != null && trusted.stream().anyMatch(one -> one.holds(bytes));
  }

  /** An address without brackets and port, as one writes it; null for anything else. */
  private static String literal(String text) {
    String bare = text.strip();
    if (bare.startsWith("[")) {
      bare = bare.substring(1).replaceAll("](:[0-9]{1,5})?$", "");
    } else if (bare.matches("[0-9.]+:[0-9]{1,5}")) {
      bare = bare.substring(0, bare.indexOf(':'));
    }
    byte[] bytes = bytes(bare);
    try {
      return bytes == null ? null : InetAddress.getByAddress(bytes).getHostAddress();
    } catch (UnknownHostException e) {
      return null;
    }
  }

  /** Bytes of an address; null when it is none. A name is never looked up. */
  private static byte[] bytes(String address) {
    boolean four = address.matches("([0-9]{1,3}\\.){3}[0-9]{1,3}");
    boolean six = address.contains(":") && address.matches("[0-9A-Fa-f:.]{2,45}");
    if (!four && !six) {
      return null;
    }
    try {
      return InetAddress.getByName(address).getAddress();
    } catch (UnknownHostException e) {
      return null;
    }
  }

  /**
   * Addresses that begin alike.
   *
   * @param address its first, 4 or 16 bytes
   * @param bits how many of its bits count
   */
  public record Network(byte[] address, int bits) {
    private static final int BITS = 8;

    /** Copies. */
    public Network {
      address = address.clone();
    }

    static Network of(String text) {
      int slash = text.indexOf('/');
      byte[] address = bytes(slash < 0 ? text : text.substring(0, slash));
      String bits = slash < 0 ? "" : text.substring(slash + 1);
      if (address == null
          || slash >= 0 && !bits.matches("[0-9]{1,3}")
          || slash >= 0 && Integer.parseInt(bits) > address.length * BITS) {
        throw new IllegalArgumentException(
            "'"
                + text
                + "' is no address; give one as 10.0.0.5 or fd00::5, or a network as 10.1.0.0/24");
      }
      return new Network(address, slash < 0 ? address.length * BITS : Integer.parseInt(bits));
    }

    boolean holds(byte[] other) {
      if (other.length != address.length) {
        return false;
      }
      for (int i = 0; i < bits; i++) {
        int mask = 0x80 >> i % BITS;
        if ((address[i / BITS] & mask) != (other[i / BITS] & mask)) {
          return false;
        }
      }
      return true;
    }
  }
}
