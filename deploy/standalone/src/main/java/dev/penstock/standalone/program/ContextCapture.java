package dev.penstock.standalone.program;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Learns which application contexts a {@code main} starts, so that they can be stopped again, by the hook that Spring Boot offers for
 * this. Everything is by reflection, since the classes are another class loader's.
 */
final class ContextCapture {

    private final Class<?> hookType;
    private final Class<?> listenerType;
    private final Class<?> springApplication;
    private final List<Object> captured = new CopyOnWriteArrayList<>();

    ContextCapture(ClassLoader loader) throws ClassNotFoundException {
        this.springApplication = loader.loadClass("org.springframework.boot.SpringApplication");
        this.hookType = loader.loadClass("org.springframework.boot.SpringApplicationHook");
        this.listenerType = loader.loadClass("org.springframework.boot.SpringApplicationRunListener");
    }

    /** Runs the action; each context it starts in this thread is remembered. */
    void run(Start action) throws ReflectiveOperationException {
        Object listener = proxy(listenerType, (method, arguments) -> {
            if (method.getName().equals("contextPrepared") && arguments != null) {
                captured.add(arguments[0]);
            }
            return null;
        });
        Object hook = proxy(hookType, (method, arguments) -> listener);
        Runnable main = () -> {
            try {
                action.run();
            } catch (InvocationTargetException e) {
                throw new ProgramFailed(e.getCause());
            } catch (ReflectiveOperationException e) {
                throw new ProgramFailed(e);
            }
        };
        springApplication.getMethod("withHook", hookType, Runnable.class).invoke(null, hook, main);
    }

    /** Closes them, the last one first. */
    void close() throws ReflectiveOperationException {
        for (Object context : captured.reversed()) {
            context.getClass().getMethod("close").invoke(context);
        }
    }

    private static Object proxy(Class<?> type, Answer answer) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) ->
                method.getDeclaringClass() == Object.class ? objectMethod(self, method, arguments) : answer.to(method, arguments));
    }

    private static @Nullable Object objectMethod(Object self, Method method, Object @Nullable [] arguments) {
        return switch (method.getName()) {
            case "equals" -> arguments != null && self == arguments[0];
            case "hashCode" -> System.identityHashCode(self);
            default -> "capture of application contexts";
        };
    }

    /** What starts a program. */
    interface Start {
        void run() throws ReflectiveOperationException;
    }

    private interface Answer {
        @Nullable Object to(Method method, Object @Nullable [] arguments);
    }

    /** Carries what {@code main} threw through an interface without checked exceptions. */
    static final class ProgramFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ProgramFailed(@Nullable Throwable cause) {
            super(cause);
        }
    }
}
