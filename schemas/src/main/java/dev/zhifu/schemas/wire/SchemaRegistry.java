package dev.zhifu.schemas.wire;

import dev.zhifu.schemas.access.AccessCheck;
import dev.zhifu.schemas.access.AccessNames;
import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientConfig;
import io.confluent.kafka.schemaregistry.client.rest.RestService;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.schemaregistry.client.security.basicauth.UserInfoCredentialProvider;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.apache.avro.Schema;

/**
 * The Schema Registry as this project uses it; the only class that knows Confluent's client.
 * Thread-safe. Every method throws {@link RegistryUnavailableException} when the registry does not
 * answer.
 */
public final class SchemaRegistry implements AutoCloseable {

  /** Compatibility that every subject is set to. */
  public static final String COMPATIBILITY = "BACKWARD_TRANSITIVE";

  private static final int CACHED_SCHEMAS_PER_SUBJECT = 1000;
  private static final int CONNECT_TIMEOUT_MS = 5_000;
  private static final int READ_TIMEOUT_MS = 10_000;
  private static final int UNAUTHORISED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int UNPROCESSABLE = 422;

  private final String name;
  private final SchemaRegistryClient client;

  private SchemaRegistry(String name, SchemaRegistryClient client) {
    this.name = name;
    this.client = client;
  }

  /** The registry at the address of {@code settings}; asks nothing yet. */
  public static SchemaRegistry at(RegistrySettings settings) {
    RestService rest = new RestService(settings.url());
    rest.setHttpConnectTimeoutMs(CONNECT_TIMEOUT_MS);
    rest.setHttpReadTimeoutMs(READ_TIMEOUT_MS);
    if (settings.tls().isOn()) {
      rest.setSslSocketFactory(settings.tls().context().getSocketFactory());
    }
    if (!settings.user().isEmpty()) {
      UserInfoCredentialProvider user = new UserInfoCredentialProvider();
      user.configure(
          Map.of(
              SchemaRegistryClientConfig.USER_INFO_CONFIG,
              settings.user() + ":" + settings.password()));
      rest.setBasicAuthCredentialProvider(user);
    }
    return new SchemaRegistry(
        settings.url(), new CachedSchemaRegistryClient(rest, CACHED_SCHEMAS_PER_SUBJECT));
  }

  /**
   * Why a registry that is there cannot be used as the settings say.
   *
   * @param names what the settings are called
   * @return a sentence with setting, value, rule and way out; empty when it can, and when it does
   *     not answer at all
   */
  public static Optional<String> fault(RegistrySettings settings, AccessNames names) {
    boolean https = settings.url().startsWith("https:");
    Optional<String> fault =
        https ? AccessCheck.registry(settings.url(), settings.tls(), names) : Optional.empty();
    if (fault.isPresent()) {
      return fault;
    }
    try (SchemaRegistry registry = at(settings)) {
      registry.client.getAllSubjects();
      return Optional.empty();
    } catch (RestClientException refused) {
      return refused.getStatus() == UNAUTHORISED || refused.getStatus() == FORBIDDEN
          ? Optional.of(unknown(settings, refused, names))
          : Optional.empty();
    } catch (IOException silent) {
      return https ? Optional.empty() : AccessCheck.registry(settings.url(), settings.tls(), names);
    }
  }

  private static String unknown(
      RegistrySettings settings, RestClientException refused, AccessNames names) {
    return names.registryUser()
        + " is '"
        + settings.user()
        + "'; the registry at "
        + settings.url()
        + " must let it read subjects with the password of "
        + names.registryPassword()
        + ": mend user and password, or its rights there (HTTP status "
        + refused.getStatus()
        + ")";
  }

  /**
   * A registry in this process's memory (Confluent's own), for tests and tools without a server.
   */
  public static SchemaRegistry inMemory() {
    return new SchemaRegistry("in-memory registry", new MockSchemaRegistryClient());
  }

  /**
   * The id under which {@code schema} stands in {@code subject}.
   *
   * @return empty when the subject or this schema in it is not registered
   */
  public OptionalInt idOf(String subject, Schema schema) {
    try {
      return OptionalInt.of(client.getId(subject, new AvroSchema(schema)));
    } catch (RestClientException refused) {
      if (refused.getStatus() == NOT_FOUND) {
        return OptionalInt.empty();
      }
      throw unavailable("id of a schema in " + subject, refused);
    } catch (IOException silent) {
      throw unavailable("id of a schema in " + subject, silent);
    }
  }

  /**
   * The Avro schema of {@code id}. Answers "unknown" are not cached here: {@link AvroCodec} does
   * that.
   *
   * @return empty when the registry does not know the id, or it is not an Avro schema
   */
  public Optional<Schema> schemaOf(int id) {
    try {
      ParsedSchema parsed = client.getSchemaById(id);
      return parsed instanceof AvroSchema avro ? Optional.of(avro.rawSchema()) : Optional.empty();
    } catch (RestClientException refused) {
      if (refused.getStatus() == NOT_FOUND || refused.getStatus() == UNPROCESSABLE) {
        return Optional.empty();
      }
      throw unavailable("schema of id " + id, refused);
    } catch (IOException silent) {
      throw unavailable("schema of id " + id, silent);
    }
  }

  /**
   * Registers {@code schema} in {@code subject}; the same schema again gives the same id. Only the
   * subjects command calls this: the codec never registers.
   *
   * @return the id; empty when the registry refuses the schema as incompatible or invalid
   */
  public OptionalInt register(String subject, Schema schema) {
    try {
      return OptionalInt.of(client.register(subject, new AvroSchema(schema)));
    } catch (RestClientException refused) {
      if (refused.getStatus() == CONFLICT || refused.getStatus() == UNPROCESSABLE) {
        return OptionalInt.empty();
      }
      throw unavailable("registration in " + subject, refused);
    } catch (IOException silent) {
      throw unavailable("registration in " + subject, silent);
    }
  }

  /** Sets {@value #COMPATIBILITY} for {@code subject}, which need not exist yet. */
  public void requireCompatibility(String subject) {
    try {
      client.updateCompatibility(subject, COMPATIBILITY);
    } catch (RestClientException | IOException failure) {
      throw unavailable("setting the compatibility of " + subject, failure);
    }
  }

  /**
   * The compatibility set for {@code subject}.
   *
   * @return its level's name; empty when none is set for this subject
   */
  public Optional<String> compatibilityOf(String subject) {
    try {
      return Optional.ofNullable(client.getCompatibility(subject));
    } catch (RestClientException refused) {
      if (refused.getStatus() == NOT_FOUND) {
        return Optional.empty();
      }
      throw unavailable("compatibility of " + subject, refused);
    } catch (IOException silent) {
      throw unavailable("compatibility of " + subject, silent);
    }
  }

  /** Whether the registry would accept {@code schema} as the next version of {@code subject}. */
  public boolean accepts(String subject, Schema schema) {
    try {
      return client.testCompatibility(subject, new AvroSchema(schema));
    } catch (RestClientException refused) {
      if (refused.getStatus() == UNPROCESSABLE) {
        return false;
      }
      throw unavailable("compatibility test in " + subject, refused);
    } catch (IOException silent) {
      throw unavailable("compatibility test in " + subject, silent);
    }
  }

  /** All subjects that the registry knows, sorted. */
  public Collection<String> subjects() {
    try {
      return new TreeSet<>(client.getAllSubjects());
    } catch (RestClientException | IOException failure) {
      throw unavailable("list of subjects", failure);
    }
  }

  /**
   * Version numbers of {@code subject}, ascending.
   *
   * @return empty when the subject does not exist
   */
  public List<Integer> versions(String subject) {
    try {
      return client.getAllVersions(subject).stream().sorted().toList();
    } catch (RestClientException refused) {
      if (refused.getStatus() == NOT_FOUND) {
        return List.of();
      }
      throw unavailable("versions of " + subject, refused);
    } catch (IOException silent) {
      throw unavailable("versions of " + subject, silent);
    }
  }

  /** Name for messages: the address, or that it is in memory. */
  public String name() {
    return name;
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (IOException failure) {
      throw unavailable("closing the client", failure);
    }
  }

  private RegistryUnavailableException unavailable(String what, Exception cause) {
    return new RegistryUnavailableException(
        "schema registry "
            + name
            + " gave no answer to: "
            + what
            + " ("
            + cause.getMessage()
            + "); check that it runs and that the address is right",
        cause);
  }
}
