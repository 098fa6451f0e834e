package dev.zhifu.rules.language.condition;

import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.zhifu.rules.language.EventKind;
import dev.zhifu.wire.BankAccessEvent;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.TelecomEvent;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * What conditions see of events of some kinds: the fields that all their records have with the same
 * type, and {@code at}.
 *
 * @param fields readable fields
 * @param transactions true when every kind is a movement of money
 */
record EventShape(Map<String, FieldType> fields, boolean transactions) {
  private static final Map<EventKind, Schema> SCHEMAS = schemas();

  private static Map<EventKind, Schema> schemas() {
    Map<EventKind, Schema> schemas = new EnumMap<>(EventKind.class);
    for (EventKind kind : EventKind.values()) {
      schemas.put(
          kind,
          switch (kind) {
            case TRANSFER_OUT,
                TRANSFER_IN,
                CASH_OUT,
                CASH_IN,
                PURCHASE_OUT,
                PURCHASE_IN,
                QR_OUT,
                QR_IN,
                LOAN_OUT,
                LOAN_IN,
                DEPOSIT_BROKEN ->
                BankTransaction.getClassSchema();
            case LOGIN, DEVICE_BOUND, LIMIT_CHANGED, BALANCE_QUERY, PAYEE_ADDED ->
                BankAccessEvent.getClassSchema();
            case CALL_START,
                CALL_END,
                CALL_FWD_SET,
                CALL_FWD_CLEAR,
                SIM_SWAP,
                NEW_SIM,
                ESIM,
                SMS_IN,
                OTP_BURST,
                APP_SESSION_START,
                APP_SESSION_END,
                URL_HIT,
                NUM_RISK,
                FUND_WARNING,
                LINE_BUSY_ON_WARN,
                CALL_DECLINED ->
                TelecomEvent.getClassSchema();
          });
    }
    return schemas;
  }

  /** The distinct record schemas of these kinds. */
  static List<Schema> records(Set<EventKind> kinds) {
    return kinds.stream().map(SCHEMAS::get).distinct().toList();
  }

  static EventShape of(Set<EventKind> kinds) {
    List<Schema> records = records(kinds);
    Map<String, FieldType> common = new LinkedHashMap<>();
    if (records.isEmpty()) {
      return new EventShape(common, false);
    }
    RecordShape.of(records.get(0)).fields().forEach(common::put);
    for (Schema record : records.subList(1, records.size())) {
      Map<String, FieldType> other = RecordShape.of(record).fields();
      common.entrySet().removeIf(entry -> !entry.getValue().equals(other.get(entry.getKey())));
    }
    boolean transactions = records.equals(List.of(BankTransaction.getClassSchema()));
    return new EventShape(common, transactions);
  }

  /** The names of the kinds' records that have a field of this name at all, for messages. */
  static List<String> recordsWith(String field) {
    return List.of(
            BankTransaction.getClassSchema(),
            BankAccessEvent.getClassSchema(),
            TelecomEvent.getClassSchema())
        .stream()
        .filter(schema -> RecordShape.of(schema).fields().containsKey(field))
        .map(Schema::getName)
        .toList();
  }

  StructType cel(String name, Map<String, CelType> more) {
    Map<String, CelType> types = new LinkedHashMap<>(more);
    types.put("at", SimpleType.INT);
    return RecordShape.struct(name, fields, types);
  }
}
