package dev.zhifu.jobs.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhifu.rules.money.network.NetworkSettings;
import dev.zhifu.wire.Environment;
import dev.zhifu.wire.OrderChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobSettingsTest {
  /** Of an authority that signs nothing. */
  private static final String CERTIFICATE =
      """
      -----BEGIN CERTIFICATE-----
      MIIBQjCB6aADAgECAgkA0zGDwhgjq/QwCgYIKoZIzj0EAwIwDTELMAkGA1UEAxMC
      Y2EwHhcNMjYxMTI5MDY1NjE4WhcNMjYxMjAyMDY1NjE4WjANMQswCQYDVQQDEwJj
      YTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABNQrUlVMz/bKp5WcSAdl1lWzYNvf
      kkFbn88vP7jvSgrbvufzi+QjjkM110vZU1opAGqOfif+QizGBfmk4HgZPMGjMjAw
      MB0GA1UdDgQWBBQ8K76nb+dWzCDwSTEj9Cm5pc+qljAPBgNVHRMBAf8EBTADAQH/
      MAoGCCqGSM49BAMCA0gAMEUCIA5rddgZeIeXr7VfvkTN8lhjimD7L8IB7JMbBRBR
      YzQkAiEAvup2RYrLY0BhkOx7DgJD3JZ5v6CL8OIpqHQgKol/Clo=
      -----END CERTIFICATE-----
      """;

  @Test
  void whatIsNotGivenHasItsDefault() {
    JobSettings settings = JobSettings.parse("job.properties", required());

    assertThat(settings.environment()).isEqualTo(Environment.DEMO);
    assertThat(settings.parallelism()).isEqualTo(2);
    assertThat(settings.bankLateness()).isEqualTo(Duration.ofSeconds(5));
    assertThat(settings.telecomLateness()).isEqualTo(Duration.ofSeconds(60));
    assertThat(settings.maxLateness()).isEqualTo(Duration.ofSeconds(60));
    assertThat(settings.staleAfter()).isEqualTo(Duration.ofMinutes(10));
    assertThat(settings.banksOnWallClock()).isTrue();
    assertThat(settings.banks()).isEmpty();
    assertThat(settings.networkLearning()).isEqualTo(Duration.ofDays(1));
    assertThat(settings.networkInShadow()).isFalse();
    assertThat(settings.network()).isEqualTo(NetworkSettings.defaults());
  }

  @Test
  void theBoundsOfShapesAreSettings() {
    Properties properties = required();
    properties.setProperty("network.window.days", "3");
    properties.setProperty("network.hub", "20");
    properties.setProperty("network.learning.hours", "0");
    properties.setProperty("network.rules", "shadow");
    JobSettings settings = JobSettings.parse("job.properties", properties);
    assertThat(settings.network().windowMs()).isEqualTo(Duration.ofDays(3).toMillis());
    assertThat(settings.network().hub()).isEqualTo(20);
    assertThat(settings.networkLearning()).isZero();
    assertThat(settings.networkInShadow()).isTrue();

    properties.setProperty("network.depth", "3");
    assertThatThrownBy(() -> JobSettings.parse("job.properties", properties))
        .hasMessageContaining("network.depth is '3'; it must be a whole number from 4 to 32");
  }

  @Test
  void allProblemsAreNamedTogether() {
    Properties properties = required();
    properties.remove("registry.url");
    properties.setProperty("parallelism", "many");
    properties.setProperty("environment", "TEST");
    properties.setProperty("bank.clock", "moon");
    properties.setProperty("kafka.broker", "here:1");
    properties.setProperty("banks", "B01, b-2");

    assertThatThrownBy(() -> JobSettings.parse("job.properties", properties))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("6 problem(s)")
        .hasMessageContaining("registry.url is missing")
        .hasMessageContaining("parallelism is 'many'; it must be a whole number from 1 to 128")
        .hasMessageContaining("environment is 'TEST'; it must be DEMO, DRILL or PRODUCTION")
        .hasMessageContaining("bank.clock is 'moon'; it must be wall or relative")
        .hasMessageContaining("kafka.broker is not a setting; the settings are kafka.bootstrap,")
        .hasMessageContaining("banks names 'b-2'");
  }

  @Test
  void everyKeyHasAMeaning() {
    for (SettingKey key : SettingKey.values()) {
      assertThat(key.meaning()).as(key.key()).isNotBlank();
    }
  }

  private static Properties required() {
    Properties properties = new Properties();
    properties.setProperty("kafka.bootstrap", "127.0.0.1:9092");
    properties.setProperty("registry.url", "http://127.0.0.1:8081");
    properties.setProperty("engine.key.file", "engine.key");
    properties.setProperty("key.directory", "keys.yaml");
    properties.setProperty("state.dir", "state");
    return properties;
  }

  @Test
  void aJobDoesNotStartWhenItsChannelsAreNotThoseOfTheDirectory(@TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("institutions.yaml");
    Files.writeString(
        file,
        """
        version: 1
        kind: institutions
        institutions:
          - {code: B01, name: 一, headOffice: 一, cardPrefixes: [], channel: PLATFORM}
          - {code: B02, name: 二, headOffice: 二, cardPrefixes: [], channel: PLATFORM}
          - {code: B03, name: 三, headOffice: 三, cardPrefixes: [], channel: PAPER}
        """);
    Properties properties = required();
    properties.setProperty("institutions.directory", file.toString());
    properties.setProperty("platform.banks", "B01,B02");
    assertThat(JobSettings.parse("job.properties", properties).channels().withOrders())
        .containsExactly("B01", "B02");

    properties.setProperty("banks", "B04");
    properties.setProperty("platform.banks", "B01,B03");
    assertThatThrownBy(() -> JobSettings.parse("job.properties", properties))
        .hasMessageContaining("bank B02 is set to PAPER and its entry says PLATFORM; mend banks")
        .hasMessageContaining("bank B03 is set to PLATFORM and its entry says PAPER")
        .hasMessageContaining("bank B04 is set to DIRECT and stands in no entry; enter it");

    Files.writeString(file, "version: 1\nkind: dispatch\ninstitutions: []\n");
    assertThatThrownBy(() -> JobSettings.parse("job.properties", properties))
        .hasMessageContaining("kind is dispatch; it must be institutions");
    properties.setProperty("institutions.directory", folder.resolve("gone.yaml").toString());
    assertThatThrownBy(() -> JobSettings.parse("job.properties", properties))
        .hasMessageContaining("gone.yaml', which cannot be read");
  }

  @Test
  void outsideOfDemoNothingTravelsInTheClear(@TempDir Path folder) throws IOException {
    Properties properties = required();
    properties.setProperty("environment", "PRODUCTION");
    assertThatThrownBy(() -> JobSettings.parse("job.properties", properties))
        .hasMessageContaining("2 problem(s)")
        .hasMessageContaining("kafka.truststore.file is empty; in PRODUCTION no order travels in")
        .hasMessageContaining("registry.url is 'http://127.0.0.1:8081'; in PRODUCTION the schemas");

    Path authority = Files.writeString(folder.resolve("authority.pem"), CERTIFICATE);
    properties.setProperty("kafka.truststore.file", authority.toString());
    properties.setProperty("registry.url", "https://registry.example");
    properties.setProperty("registry.user", "engine");
    properties.setProperty(
        "registry.password.file",
        Files.writeString(folder.resolve("password"), "s3cr3t\n").toString());
    JobSettings settings = JobSettings.parse("job.properties", properties);
    assertThat(settings.kafka().properties()).containsEntry("security.protocol", "SASL_SSL");
    assertThat(settings.registry().password()).isEqualTo("s3cr3t");
    assertThat(settings.registry().tls()).isEqualTo(settings.kafka().tls());
    assertThat(settings).asString().doesNotContain("s3cr3t");

    properties.setProperty("kafka.truststore.file", folder.resolve("gone.pem").toString());
    assertThatThrownBy(() -> JobSettings.parse("job.properties", properties))
        .hasMessageContaining("1 problem(s)")
        .hasMessageContaining("gone.pem'; it must be a PEM file with certificates of authorities");
  }

  @Test
  void aBankHasOneChannel() {
    Properties properties = required();
    properties.setProperty("banks", "B01");
    properties.setProperty("platform.banks", "B03, B02");
    BankChannels channels = JobSettings.parse("job.properties", properties).channels();
    assertThat(channels.withOrders()).containsExactly("B01", "B02", "B03");
    assertThat(channels.of("B01")).isEqualTo(OrderChannel.DIRECT);
    assertThat(channels.of("B02")).isEqualTo(OrderChannel.PLATFORM);
    assertThat(channels.of("B09")).isEqualTo(OrderChannel.PAPER);

    properties.setProperty("platform.banks", "B01");
    assertThatThrownBy(() -> JobSettings.parse("job.properties", properties))
        .hasMessageContaining("platform.banks names 'B01', which is in banks too");
  }
}
