package dev.zhifu.jobs.travel;

import dev.zhifu.jobs.flow.HolderScore;
import dev.zhifu.jobs.score.AccountInput;
import dev.zhifu.jobs.score.HolderInput;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.ScoreShare;
import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Types of the streams on which every hit travels to scoring, each revision to several keys. Their
 * bytes are never state.
 */
public final class ScoringTypes {
  /** Inputs of scoring by holder. */
  public static final TypeInformation<HolderInput> HOLDER_INPUT =
      new TravelType<>(HolderInput.class, new HolderInputs());

  /** Inputs of scoring by target account. */
  public static final TypeInformation<AccountInput> ACCOUNT_INPUT =
      new TravelType<>(AccountInput.class, new AccountInputs());

  private static final RecordPlan RULE_HIT = RecordPlan.of(RuleHit.getClassSchema());
  private static final RecordPlan ACCOUNT = RecordPlan.of(AccountRef.getClassSchema());
  private static final RecordPlan TRANSACTION = RecordPlan.of(BankTransaction.getClassSchema());
  private static final RecordPlan SHARE = RecordPlan.of(ScoreShare.getClassSchema());

  private static final int ANYTHING_ELSE = 0;
  private static final int HIT = 1;
  private static final int LINK = 2;

  private ScoringTypes() {}

  /** Hits by plan; parts and reports, a few for each case, as Flink writes them. */
  private static final class HolderInputs extends TravelSerializer<HolderInput> {
    private static final long serialVersionUID = 1L;

    private final Whole<HolderInput> whole = new Whole<>(HolderInput.class);

    @Override
    void write(HolderInput input, ByteWriter out) {
      if (input.hit() == null) {
        out.raw(ANYTHING_ELSE);
        whole.write(input, out);
      } else {
        out.raw(HIT);
        out.text(input.holder());
        RULE_HIT.write(input.hit(), out);
        out.number(input.leftMs());
      }
    }

    @Override
    HolderInput read(ByteReader in) {
      if (in.raw() == ANYTHING_ELSE) {
        return whole.read(in);
      }
      return new HolderInput(in.text(), (RuleHit) RULE_HIT.read(in), null, null, in.number());
    }

    @Override
    public TypeSerializer<HolderInput> duplicate() {
      return new HolderInputs();
    }
  }

  /** Hits and holders' cases by plan; the rest, a few for each case, as Flink writes it. */
  private static final class AccountInputs extends TravelSerializer<AccountInput> {
    private static final long serialVersionUID = 1L;

    private final Whole<AccountInput> whole = new Whole<>(AccountInput.class);

    @Override
    void write(AccountInput input, ByteWriter out) {
      if (input.hit() != null) {
        out.raw(HIT);
        out.text(input.account());
        RULE_HIT.write(input.hit(), out);
        out.number(input.leftMs());
      } else if (input.link() != null) {
        out.raw(LINK);
        out.text(input.account());
        writeLink(input.link(), out);
        out.number(input.leftMs());
      } else {
        out.raw(ANYTHING_ELSE);
        whole.write(input, out);
      }
    }

    @Override
    AccountInput read(ByteReader in) {
      return switch (in.raw()) {
        case HIT -> AccountInput.of(in.text(), (RuleHit) RULE_HIT.read(in), in.number());
        case LINK -> new AccountInput(in.text(), null, readLink(in), null, null, null, in.number());
        default -> whole.read(in);
      };
    }

    private static void writeLink(HolderScore link, ByteWriter out) {
      out.text(link.targetAccount());
      ACCOUNT.write(link.target(), out);
      out.text(link.holder());
      TRANSACTION.write(link.transaction(), out);
      out.text(link.caseId());
      out.number(link.shares().size());
      link.shares().forEach(share -> SHARE.write(share, out));
      out.number(link.actions().size());
      link.actions().forEach(out::text);
      out.raw(link.settled() ? 1 : 0);
      out.raw(link.idle() ? 1 : 0);
      out.textOrNull(link.reportId());
      out.number(link.occurredAtMs());
    }

    private static HolderScore readLink(ByteReader in) {
      return new HolderScore(
          in.text(),
          (AccountRef) ACCOUNT.read(in),
          in.text(),
          (BankTransaction) TRANSACTION.read(in),
          in.text(),
          shares(in),
          texts(in),
          in.raw() != 0,
          in.raw() != 0,
          in.textOrNull(),
          in.number());
    }

    private static List<ScoreShare> shares(ByteReader in) {
      int size = (int) in.number();
      List<ScoreShare> shares = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        shares.add((ScoreShare) SHARE.read(in));
      }
      return shares;
    }

    private static List<String> texts(ByteReader in) {
      int size = (int) in.number();
      List<String> texts = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        texts.add(in.text());
      }
      return texts;
    }

    @Override
    public TypeSerializer<AccountInput> duplicate() {
      return new AccountInputs();
    }
  }

  /** Flink's own serializer of a type, for what is too rare to plan. Not thread-safe. */
  private static final class Whole<T> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Class<T> type;
    private transient TypeSerializer<T> serializer;

    private Whole(Class<T> type) {
      this.type = type;
    }

    private TypeSerializer<T> serializer() {
      if (serializer == null) {
        serializer = TypeInformation.of(type).createSerializer(new SerializerConfigImpl());
      }
      return serializer;
    }

    private void write(T value, ByteWriter out) {
      try {
        DataOutputSerializer bytes = new DataOutputSerializer(1024);
        serializer().serialize(value, bytes);
        out.buffer(ByteBuffer.wrap(bytes.getSharedBuffer(), 0, bytes.length()));
      } catch (IOException e) {
        throw new IllegalStateException(value + " cannot be written", e);
      }
    }

    private T read(ByteReader in) {
      try {
        return serializer().deserialize(new DataInputDeserializer(in.buffer()));
      } catch (IOException e) {
        throw new IllegalStateException("what was written cannot be read", e);
      }
    }
  }
}
