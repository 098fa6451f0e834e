package dev.zhifu.rules.lives.directory;

/**
 * Where something stands, WGS 84.
 *
 * @param latitude degrees north, -90 to 90
 * @param longitude degrees east, -180 to 180
 */
public record Place(double latitude, double longitude) {
  private static final double EARTH_KM = 6_371;

  /** True for degrees that are some. */
  static boolean real(double latitude, double longitude) {
    return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  }

  /** As the crow flies, km: roads on the steppe are no one's list. */
  public double kmTo(Place other) {
    double up = Math.toRadians(other.latitude - latitude) / 2;
    double across = Math.toRadians(other.longitude - longitude) / 2;
    double chord =
        Math.sin(up) * Math.sin(up)
            + Math.cos(Math.toRadians(latitude))
                * Math.cos(Math.toRadians(other.latitude))
                * Math.sin(across)
                * Math.sin(across);
    return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(chord)));
  }
}
