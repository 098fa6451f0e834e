package dev.zhifu.schemas.wire;

import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Makes empty records of generated classes. Why not by reflection: the JIT compiler sees through
 * this call, and a reader of events makes several records for each.
 */
public final class RecordMaker {
  private RecordMaker() {}

  /**
   * The constructor without arguments of a generated class.
   *
   * @param type a class generated from the contracts
   * @return makes a new record at each call
   * @throws IllegalStateException if the class has no such public constructor
   */
  @SuppressWarnings("unchecked")
  public static Supplier<SpecificRecordBase> of(Class<?> type) {
    try {
      MethodHandles.Lookup here = MethodHandles.lookup();
      return (Supplier<SpecificRecordBase>)
          LambdaMetafactory.metafactory(
                  here,
                  "get",
                  MethodType.methodType(Supplier.class),
                  MethodType.methodType(Object.class),
                  here.findConstructor(type, MethodType.methodType(void.class)),
                  MethodType.methodType(type))
              .getTarget()
              .invoke();
    } catch (Throwable e) {
      throw new IllegalStateException(
          type + " has no public constructor without arguments; generate it from the contracts", e);
    }
  }
}
