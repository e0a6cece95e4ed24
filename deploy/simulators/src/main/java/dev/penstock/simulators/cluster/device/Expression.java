package dev.penstock.simulators.cluster.device;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What is asked of a device, in the common expression language. */
public final class Expression {

    private static final CelCompiler COMPILER = CelCompilerFactory.standardCelCompilerBuilder().addVar("device", SimpleType.DYN).build();
    private static final CelRuntime RUNTIME = CelRuntimeFactory.standardCelRuntimeBuilder().build();
    private static final Map<String, Expression> KNOWN = new ConcurrentHashMap<>();

    private final CelRuntime.Program program;

    private Expression(CelRuntime.Program program) {
        this.program = program;
    }

    /** @throws IllegalArgumentException when it is none, in the compiler's words */
    public static Expression of(String text) {
        return KNOWN.computeIfAbsent(text, Expression::compiled);
    }

    private static Expression compiled(String text) {
        try {
            CelAbstractSyntaxTree tree = COMPILER.compile(text).getAst();
            return new Expression(RUNTIME.createProgram(tree));
        } catch (CelValidationException | CelEvaluationException wrong) {
            throw new IllegalArgumentException(String.valueOf(wrong.getMessage()), wrong);
        }
    }

    /** @throws IllegalArgumentException when it cannot be said of this device: it has no such attribute, or the answer is neither true nor false */
    boolean holds(Device device) {
        try {
            Object answer = program.eval(Map.of("device", device.asVariable()));
            if (answer instanceof Boolean holds) {
                return holds;
            }
            throw new IllegalArgumentException("the answer is " + answer + ", not a boolean");
        } catch (CelEvaluationException wrong) {
            throw new IllegalArgumentException(String.valueOf(wrong.getMessage()), wrong);
        }
    }
}
