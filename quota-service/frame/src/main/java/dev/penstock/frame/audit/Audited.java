package dev.penstock.frame.audit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** On every controller method: how the trail names a refusal of this operation. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Audited {

    /** A noun and a verb, for example {@code slice-request.approve}. */
    String action();

    /** The kind of thing it is about. */
    String subject();

    /** The path variable with its id; empty where there is none. */
    String id() default "";
}
