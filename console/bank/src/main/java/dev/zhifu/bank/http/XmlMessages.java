package dev.zhifu.bank.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * XML views of the messages and answers, by one table for both directions; the published schema
 * ({@code /message-set/zhifu-bank-1.xsd}) judges what comes in. A document type is refused before
 * anything is read, so that no entity is ever resolved.
 */
public final class XmlMessages {
  /** Media type. */
  public static final String TYPE = "application/xml";

  private static final String NAMESPACE = "urn:zhifu:bank:1";
  private static final String FILE = "/message-set/zhifu-bank-1.xsd";
  private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
  private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");
  private static final Schema SCHEMA = schema();

  private static final List<Field> ENVELOPE =
      List.of(text("payload"), number("version", "version"), text("keyId"), text("signature"));
  private static final List<Field> ORDER =
      List.of(
          text("txCode"),
          named("orderId", "orderID"),
          named("applicationId", "applicationID"),
          text("applicationType"),
          named("originalApplicationId", "originalApplicationID"),
          named("bank", "bankID"),
          text("accountToken"),
          named("cipher", "accountCipher"),
          text("accountType"),
          text("currency"),
          yuan("transferAmountFen", "transferAmount"),
          second("transferTime", "transferTime"),
          named("bankTransactionId", "bankTransactionID"),
          named("reasonCode", "reason"),
          text("emergencyLevel"),
          number("termHours", "termHours"),
          text("applicationTime"),
          text("notAfter"));
  private static final List<Field> HOLD =
      List.of(
          named("holdId", "holdID"),
          number("sequence", "sequence"),
          text("action"),
          named("bank", "bankID"),
          text("accountToken"),
          named("cipher", "accountCipher"),
          named("bankTransactionId", "bankTransactionID"),
          yuan("amountFen", "amount"),
          named("reasonCode", "reason"),
          text("occurredAt"),
          text("endsAt"),
          named("noticeId", "noticeID"));
  private static final List<Field> DECISION =
      List.of(
          named("eventId", "eventID"),
          named("transactionId", "transactionID"),
          text("decision"),
          named("reasonCode", "reason"),
          named("bank", "bankID"),
          text("occurredAt"),
          text("answerBy"));
  private static final List<Field> RELEASE =
      List.of(
          text("txCode"),
          named("orderId", "orderID"),
          named("extensionId", "extensionID"),
          named("applicationId", "applicationID"),
          named("bank", "bankID"),
          text("accountToken"),
          text("reason"),
          named("at", "applicationTime"),
          text("act"));
  private static final List<Field> RECEIPT =
      List.of(
          named("orderId", "orderID"),
          named("applicationId", "applicationID"),
          text("accountToken"),
          text("payloadSha256"),
          text("result"),
          yuan("balanceBeforeFen", "accountBalance"),
          text("startTime"),
          text("expireTime"),
          named("at", "feedbackTime"),
          named("remark", "feedbackRemark"));
  private static final List<Field> OUTCOME =
      List.of(
          named("holdId", "holdID"),
          text("result"),
          yuan("heldFen", "heldAmount"),
          text("at"),
          text("remark"));
  private static final List<Field> REPORT =
      List.of(
          text("applicationType"),
          text("victimName"),
          named("victimIdNumber", "victimIDNumber"),
          named("incident", "incidentDescription"),
          text("reportedAt"),
          text("operatorName"),
          named("payerNumber", "payerAccountNumber"));
  private static final List<Field> PAID =
      List.of(
          named("transactionId", "transactionID"),
          named("number", "accountNumber"),
          named("name", "accountName"),
          yuan("amountFen", "transferAmount"),
          second("at", "transferTime"));
  private static final List<Field> STOP =
      List.of(
          named("number", "accountNumber"),
          yuan("balanceBeforeFen", "accountBalance"),
          text("startTime"),
          text("expireTime"),
          text("deposit"));

  private XmlMessages() {}

  /** The published schema. */
  public static String published() {
    try (InputStream in = XmlMessages.class.getResourceAsStream(FILE)) {
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A page of messages, as the gateway's JSON has it. */
  public static String page(JsonNode page) {
    return written(
        out -> {
          out.writeStartElement("Messages");
          out.writeDefaultNamespace(NAMESPACE);
          out.writeAttribute("next", page.path("next").asText());
          for (JsonNode message : page.path("messages")) {
            message(out, message, false);
          }
          out.writeEndElement();
        });
  }

  /** One message. */
  public static String message(JsonNode message) {
    return written(out -> message(out, message, true));
  }

  private static void message(XMLStreamWriter out, JsonNode message, boolean root)
      throws XMLStreamException {
    String stream = message.path("stream").asText();
    out.writeStartElement(
        switch (stream) {
          case "orders" -> "StopPayment";
          case "holds" -> "RiskHold";
          case "releases" -> "LiftStop";
          default -> "TransferDecision";
        });
    if (root) {
      out.writeDefaultNamespace(NAMESPACE);
    }
    out.writeAttribute("stream", stream);
    out.writeAttribute("offset", message.path("offset").asText());
    if (stream.equals("orders")) {
      out.writeStartElement("envelope");
      write(out, ENVELOPE, message.path("envelope"));
      out.writeEndElement();
      write(out, List.of(text("payloadSha256")), message);
      write(out, ORDER, message.path("order"));
    } else {
      write(
          out,
          switch (stream) {
            case "holds" -> HOLD;
            case "releases" -> RELEASE;
            default -> DECISION;
          },
          message);
    }
    out.writeEndElement();
  }

  /** An answer to an order, as this class reads it back. */
  public static String receipt(JsonNode receipt) {
    return answer("Feedback", "100102", RECEIPT, receipt);
  }

  /** An answer to a hold, as this class reads it back. */
  public static String outcome(JsonNode outcome) {
    return answer("RiskHoldOutcome", null, OUTCOME, outcome);
  }

  /** A case report, as this class reads it back. */
  public static String report(JsonNode report) {
    return written(
        out -> {
          start(out, "CaseReport", "100401");
          write(out, REPORT, report);
          for (JsonNode paid : report.path("transfers")) {
            out.writeStartElement("transaction");
            write(out, PAID, paid);
            out.writeEndElement();
          }
          if (report.path("stop").isObject()) {
            out.writeStartElement("stop");
            write(out, STOP, report.path("stop"));
            out.writeEndElement();
          }
          out.writeEndElement();
        });
  }

  private static String answer(String name, String code, List<Field> fields, JsonNode body) {
    return written(
        out -> {
          start(out, name, code);
          write(out, fields, body);
          out.writeEndElement();
        });
  }

  private static void start(XMLStreamWriter out, String name, String code)
      throws XMLStreamException {
    out.writeStartElement(name);
    out.writeDefaultNamespace(NAMESPACE);
    if (code != null) {
      out.writeStartElement("txCode");
      out.writeCharacters(code);
      out.writeEndElement();
    }
  }

  private static void write(XMLStreamWriter out, List<Field> fields, JsonNode from)
      throws XMLStreamException {
    for (Field field : fields) {
      JsonNode value = from.path(field.json);
      if (!value.isMissingNode() && !value.isNull()) {
        out.writeStartElement(field.xml);
        out.writeCharacters(field.kind.toXml(value));
        out.writeEndElement();
      }
    }
  }

  /**
   * An answer or report in XML as the JSON that says the same.
   *
   * @param element Feedback, RiskHoldOutcome or CaseReport
   * @throws IllegalArgumentException when it is no XML, has a document type, is another element or
   *     breaks the schema; the sentence says which and where
   */
  public static ObjectNode read(String element, byte[] xml) {
    Element root = parsed(xml).getDocumentElement();
    if (!element.equals(root.getLocalName())) {
      throw new IllegalArgumentException(
          "the document is a " + root.getLocalName() + "; " + element + " is expected here");
    }
    ObjectNode body = GatewayClient.JSON.createObjectNode();
    switch (element) {
      case "Feedback" -> read(root, RECEIPT, body);
      case "RiskHoldOutcome" -> read(root, OUTCOME, body);
      case "CaseReport" -> report(root, body);
      default -> throw new IllegalArgumentException("no bank sends a " + element);
    }
    return body;
  }

  private static void report(Element root, ObjectNode body) {
    read(root, REPORT, body);
    body.putArray("transfers");
    for (Node child = root.getFirstChild(); child != null; child = child.getNextSibling()) {
      if ("transaction".equals(child.getLocalName())) {
        read(
            (Element) child,
            PAID,
            ((com.fasterxml.jackson.databind.node.ArrayNode) body.path("transfers")).addObject());
      } else if ("stop".equals(child.getLocalName())) {
        read((Element) child, STOP, body.putObject("stop"));
      }
    }
  }

  private static void read(Element from, List<Field> fields, ObjectNode into) {
    for (Node child = from.getFirstChild(); child != null; child = child.getNextSibling()) {
      for (Field field : fields) {
        if (field.xml.equals(child.getLocalName())) {
          field.kind.toJson(into, field.json, child.getTextContent());
        }
      }
    }
  }

  /**
   * Judges a document by the published schema.
   *
   * @throws IllegalArgumentException naming line, column and rule
   */
  public static void validate(byte[] xml) {
    parsed(xml);
  }

  private static Document parsed(byte[] xml) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setNamespaceAware(true);
      factory.setXIncludeAware(false);
      factory.setExpandEntityReferences(false);
      var builder = factory.newDocumentBuilder();
      builder.setErrorHandler(STRICT);
      Document document = builder.parse(new ByteArrayInputStream(xml));
      var validator = SCHEMA.newValidator();
      validator.setErrorHandler(STRICT);
      validator.validate(new DOMSource(document));
      return document;
    } catch (SAXException e) {
      throw new IllegalArgumentException(
          "the body does not fit zhifu-bank-1.xsd: " + e.getMessage(), e);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("every Java reads XML without document types", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Schema schema() {
    try (InputStream in = XmlMessages.class.getResourceAsStream(FILE)) {
      SchemaFactory factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
      factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
      return factory.newSchema(new StreamSource(in));
    } catch (SAXException e) {
      throw new IllegalStateException(FILE + " is no schema: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String written(Body body) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter out = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
      out.writeStartDocument();
      body.write(out);
      out.writeEndDocument();
      out.close();
      return text.toString();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("a message cannot be written as XML: " + e.getMessage(), e);
    }
  }

  private static Field text(String both) {
    return new Field(both, both, Kind.TEXT);
  }

  private static Field named(String json, String xml) {
    return new Field(json, xml, Kind.TEXT);
  }

  private static Field number(String json, String xml) {
    return new Field(json, xml, Kind.NUMBER);
  }

  private static Field yuan(String json, String xml) {
    return new Field(json, xml, Kind.YUAN);
  }

  private static Field second(String json, String xml) {
    return new Field(json, xml, Kind.SECOND);
  }

  private static final ErrorHandler STRICT =
      new ErrorHandler() {
        @Override
        public void warning(SAXParseException e) throws SAXException {
          throw e;
        }

        @Override
        public void error(SAXParseException e) throws SAXException {
          throw e;
        }

        @Override
        public void fatalError(SAXParseException e) throws SAXException {
          throw e;
        }
      };

  private record Field(String json, String xml, Kind kind) {}

  /** How one value is written in the two views. */
  private enum Kind {
    TEXT,
    NUMBER,
    /** Fen in JSON, yuan with two places in XML. */
    YUAN,
    /** UTC in JSON, fourteen digits of China time in XML. */
    SECOND;

    String toXml(JsonNode value) {
      return switch (this) {
        case TEXT, NUMBER -> value.asText();
        case YUAN -> BigDecimal.valueOf(value.asLong(), 2).toPlainString();
        case SECOND -> SECOND_OF.format(Instant.parse(value.asText()));
      };
    }

    void toJson(ObjectNode into, String name, String text) {
      switch (this) {
        case TEXT -> into.put(name, text);
        case NUMBER -> into.put(name, Long.parseLong(text));
        case YUAN -> into.put(name, new BigDecimal(text).movePointRight(2).longValueExact());
        case SECOND -> into.put(name, time(text).toString());
      }
    }

    private static Instant time(String text) {
      try {
        return LocalDateTime.parse(text, XmlMessages.SECOND).atZone(CHINA).toInstant();
      } catch (java.time.DateTimeException e) {
        throw new IllegalArgumentException("'" + text + "' is no time yyyyMMddHHmmss", e);
      }
    }
  }

  private static final DateTimeFormatter SECOND_OF = SECOND.withZone(CHINA);

  @FunctionalInterface
  private interface Body {
    void write(XMLStreamWriter out) throws XMLStreamException;
  }
}
