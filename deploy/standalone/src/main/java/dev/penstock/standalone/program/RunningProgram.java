package dev.penstock.standalone.program;

import dev.penstock.standalone.machine.StartFailure;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** One application, started through its own {@code main} as {@code java -jar} would. */
public final class RunningProgram implements AutoCloseable {

    private final String name;
    private final URLClassLoader loader;
    private final ContextCapture contexts;

    private RunningProgram(String name, URLClassLoader loader, ContextCapture contexts) {
        this.name = name;
        this.loader = loader;
        this.contexts = contexts;
    }

    /**
     * Returns when the application says that it is ready.
     *
     * @param properties given as arguments, which outrank files and the environment, and which no other process can read
     * @param log where the application writes
     * @throws StartFailure with the application's own reason
     */
    public static RunningProgram start(ProgramJar jar, ProgramCache cache, Map<String, String> properties, Path log) {
        UnpackedProgram program = cache.unpack(jar);
        try {
            URLClassLoader loader = new URLClassLoader(program.name(), program.urls(), ClassLoader.getPlatformClassLoader());
            ContextCapture contexts = new ContextCapture(loader);
            RunningProgram running = new RunningProgram(program.name(), loader, contexts);
            running.inOwnThread(() -> running.main(program.mainClass(), arguments(properties)));
            return running;
        } catch (ExecutionException e) {
            throw new StartFailure(jar.name() + " does not start: " + reason(e) + " Its log is " + log + ".", e);
        } catch (IOException | ReflectiveOperationException e) {
            throw new StartFailure(jar.name() + " cannot be loaded (" + e + "): run mvn clean package.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("Stopped while starting " + jar.name() + ".", e);
        }
    }

    private Void main(String mainClass, String[] arguments) throws ReflectiveOperationException {
        // Tomcat sets the JVM-wide handler for jar: addresses, which the JVM permits once. The second Tomcat in the process would fail.
        loader.loadClass("org.apache.catalina.webresources.TomcatURLStreamHandlerFactory").getMethod("disable").invoke(null);
        SharedLog.addProgram(loader);
        JdbcDrivers.registerFor(loader);
        contexts.run(() -> loader.loadClass(mainClass).getMethod("main", String[].class).invoke(null, (Object) arguments));
        return null;
    }

    @Override
    public void close() throws IOException {
        try {
            inOwnThread(() -> {
                contexts.close();
                return null;
            });
        } catch (ExecutionException e) {
            throw new IOException("stopping " + name, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // The loader stays open: threads of the program may be on their way out, and what they still have to do may need a class.
    }

    /** A thread whose context class loader is the program's: frameworks look there first. */
    private <T> void inOwnThread(Callable<T> action) throws ExecutionException, InterruptedException {
        FutureTask<T> task = new FutureTask<>(action);
        Thread thread = new Thread(task, name);
        thread.setContextClassLoader(loader);
        thread.start();
        task.get();
    }

    private static String[] arguments(Map<String, String> properties) {
        return properties.entrySet().stream().map(property -> "--" + property.getKey() + "=" + property.getValue()).toArray(String[]::new);
    }

    /** The innermost cause that says something: outer ones only repeat which bean could not be made. */
    private static String reason(Throwable failure) {
        Throwable cause = failure;
        String said = String.valueOf(failure.getMessage());
        while (cause != null) {
            if (cause.getMessage() != null && !(cause instanceof InvocationTargetException)) {
                said = cause.getMessage();
            }
            cause = cause.getCause();
        }
        String line = said.lines().findFirst().orElse("it gave no reason").strip();
        return line.endsWith(".") ? line : line + ".";
    }
}
