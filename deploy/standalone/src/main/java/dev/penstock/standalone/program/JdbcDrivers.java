package dev.penstock.standalone.program;

import java.sql.Driver;
import java.util.ServiceLoader;

/**
 * Makes JDBC drivers known. {@link java.sql.DriverManager} looks for them once in a JVM, with the class loader of whoever comes first, and
 * gives a caller only those of its own loader: with several class loaders, each has to register its own.
 */
public final class JdbcDrivers {

    private JdbcDrivers() {}

    /** Registers those that a class loader finds; may be repeated. A driver registers itself when it is loaded. */
    public static void registerFor(ClassLoader loader) {
        ServiceLoader.load(Driver.class, loader).forEach(driver -> {});
    }
}
