package dev.penstock.standalone.program;

import java.util.Map;
import java.util.WeakHashMap;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Gives each program what its libraries log through {@code java.util.logging}, of which a JVM has only one. Whose it is, is told by the
 * thread's context class loader. Without this, Tomcat's reason for not starting would stand in the log of another program.
 */
public final class SharedLog extends Handler {

    private static final SharedLog INSTANCE = new SharedLog();

    private final Map<ClassLoader, Handler> programs = new WeakHashMap<>();
    private final Handler launcher = new SLF4JBridgeHandler();

    private SharedLog() {}

    /** From now on; may be repeated. */
    public static void install() {
        LogManager.getLogManager().reset();
        Logger.getLogger("").addHandler(INSTANCE);
    }

    /** Finds the program's own bridge to its own logging. */
    static void addProgram(ClassLoader loader) throws ReflectiveOperationException {
        Handler bridge = (Handler) loader.loadClass("org.slf4j.bridge.SLF4JBridgeHandler").getConstructor().newInstance();
        synchronized (INSTANCE.programs) {
            INSTANCE.programs.put(loader, bridge);
        }
    }

    @Override
    public void publish(LogRecord record) {
        handler(Thread.currentThread().getContextClassLoader()).publish(record);
    }

    /** Tomcat's threads have a loader below the program's. */
    private Handler handler(@Nullable ClassLoader loader) {
        synchronized (programs) {
            for (ClassLoader each = loader; each != null; each = each.getParent()) {
                Handler program = programs.get(each);
                if (program != null) {
                    return program;
                }
            }
        }
        return launcher;
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
