package dev.zhifu.desk.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names the requirements of OWASP ASVS 4.0.3 that a test holds. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Asvs {
  /** Numbers such as 3.2.1. */
  String[] value();
}
