package dev.zhifu.schemas.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaAccessTest {
  @TempDir private static Path folder;
  private static Authority centre;

  @BeforeAll
  static void authority() throws Exception {
    centre = new Authority(folder, "centre");
  }

  @Test
  void aTruststoreMakesItTlsWithTheHostChecked() {
    Properties properties =
        new KafkaAccess("kafka1:9093", "engine", "secret", centre.tls()).properties();

    assertThat(properties)
        .containsEntry("bootstrap.servers", "kafka1:9093")
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("sasl.mechanism", "SCRAM-SHA-256")
        .containsEntry("ssl.endpoint.identification.algorithm", "https")
        .containsEntry("ssl.truststore.type", "PEM");
    assertThat(properties.getProperty("ssl.truststore.certificates"))
        .as("the text and not the file: workers have none")
        .contains("BEGIN CERTIFICATE");
    assertThat(properties).doesNotContainKey("ssl.keystore.key");
  }

  @Test
  void withoutItItSpeaksInTheClear() {
    assertThat(new KafkaAccess("here:9092", "engine", "secret").properties())
        .containsEntry("security.protocol", "SASL_PLAINTEXT");
    assertThat(new KafkaAccess("here:9092", "", "").properties())
        .isEqualTo(Map.of("bootstrap.servers", "here:9092"));
  }

  @Test
  void aKeyOfItsOwnIsShown() throws Exception {
    Path key = centre.client("console");
    Tls tls = Tls.read(centre.pem().toString(), key.toString(), AccessNames.SETTINGS);

    assertThat(new KafkaAccess("kafka1:9093", "", "", tls).properties())
        .containsEntry("security.protocol", "SSL")
        .containsEntry("ssl.keystore.type", "PEM")
        .containsEntry("ssl.keystore.key", Files.readString(key));
    assertThat(tls.context()).isNotNull();
  }

  @Test
  void noSecretIsEverShown() throws Exception {
    Path key = centre.client("shown");
    Tls tls = Tls.read(centre.pem().toString(), key.toString(), AccessNames.SETTINGS);
    KafkaAccess access = new KafkaAccess("kafka1:9093", "engine", "s3cr3t", tls);

    assertThat(access + " " + tls)
        .contains("engine@kafka1:9093", key.toString())
        .doesNotContain("s3cr3t", "PRIVATE KEY");
    assertThat(new AdminClientConfig(access.properties()).values().toString())
        .as("what Kafka writes to a log")
        .contains("[hidden]")
        .doesNotContain("s3cr3t", "PRIVATE KEY");
  }

  @Test
  void itTravelsToWorkersThatHaveNoFiles() throws Exception {
    KafkaAccess access = new KafkaAccess("kafka1:9093", "engine", "secret", centre.tls());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(access);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(access);
    }
  }

  @Test
  void aPasswordMayHoldWhateverItHolds() {
    String password = "a\"b\\c;d'e";
    JaasContext read =
        JaasContext.loadClientContext(
            Map.of(
                SaslConfigs.SASL_JAAS_CONFIG, new Password(KafkaAccess.jaas("engine", password))));

    assertThat(read.configurationEntries().get(0).getOptions())
        .isEqualTo(Map.of("username", "engine", "password", password));
  }

  @Test
  void aFileThatIsNoneIsNamedWithItsSettingAndTheWayOut() throws IOException {
    String right = centre.pem().toString();
    Path gone = folder.resolve("gone.pem");
    Path text = Files.writeString(folder.resolve("text.pem"), "not a certificate\n");
    Path broken =
        Files.writeString(
            folder.resolve("broken.pem"),
            "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n");
    Path bundle = Files.writeString(folder.resolve("bundle.pem"), "x".repeat(Tls.BYTES_MAX + 1));
    for (Path wrong : List.of(gone, text, broken)) {
      assertThatThrownBy(() -> Tls.read(wrong.toString(), "", AccessNames.SETTINGS))
          .as(wrong.toString())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("kafka.truststore.file is '" + wrong + "'; it must be a PEM file")
          .hasMessageContaining("mend the path, or make the file anew");
    }
    assertThatThrownBy(() -> Tls.read(bundle.toString(), "", AccessNames.SETTINGS))
        .hasMessageContaining("at most 65536", "give what is needed here alone");
    assertThatThrownBy(() -> Tls.read(right, right, AccessNames.OPTIONS))
        .as("a certificate is no key")
        .hasMessageContaining("--client-key is '" + right + "'; it must be a PEM file with a")
        .hasMessageContaining("no block PRIVATE KEY");
    assertThatThrownBy(() -> Tls.read("", right, AccessNames.SETTINGS))
        .hasMessageContaining("kafka.truststore.file is empty; a key is shown over TLS alone");
  }
}
