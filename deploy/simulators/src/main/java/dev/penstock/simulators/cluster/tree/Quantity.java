package dev.penstock.simulators.cluster.tree;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of a resource as Kubernetes writes it: {@code 500m}, {@code 2}, {@code 1Gi}, {@code 10k}.
 *
 * @param value the amount in the base unit, rounded up to nano
 * @param binary whether it was written with a binary suffix; the canonical text keeps the family
 */
public record Quantity(BigDecimal value, boolean binary) implements Comparable<Quantity> {

    /** Nothing. */
    public static final Quantity ZERO = new Quantity(BigDecimal.ZERO, false);

    private static final Pattern FORM = Pattern.compile("([+-]?(?:\\d+\\.?\\d*|\\.\\d+))(?:(Ki|Mi|Gi|Ti|Pi|Ei|[numkMGTPE])|[eE]([+-]?\\d{1,3}))?");
    private static final List<String> BINARY = List.of("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei");
    private static final List<String> DECIMAL = List.of("n", "u", "m", "", "k", "M", "G", "T", "P", "E");
    private static final BigDecimal KIBI = BigDecimal.valueOf(1024);
    private static final int NANO = 9;

    public Quantity {
        value = value.setScale(NANO, RoundingMode.UP);
    }

    /**
     * Reads a quantity.
     *
     * @throws IllegalArgumentException with the sentence the API server gives
     */
    public static Quantity parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
        }
        BigDecimal number = new BigDecimal(matcher.group(1));
        String suffix = matcher.group(2) == null ? "" : matcher.group(2);
        int power = BINARY.indexOf(suffix);
        if (power > 0) {
            return new Quantity(number.multiply(KIBI.pow(power)), true);
        }
        int exponent = matcher.group(3) != null
                ? Integer.parseInt(matcher.group(3))
                : (DECIMAL.indexOf(suffix) - DECIMAL.indexOf("")) * 3;
        return new Quantity(number.scaleByPowerOfTen(exponent), false);
    }

    public Quantity plus(Quantity other) {
        return new Quantity(value.add(other.value), value.signum() == 0 ? other.binary : binary);
    }

    public Quantity minus(Quantity other) {
        return new Quantity(value.subtract(other.value), binary);
    }

    public Quantity max(Quantity other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** Whether it is a whole number of base units, as every extended resource must be. */
    public boolean isWhole() {
        return value.stripTrailingZeros().scale() <= 0;
    }

    @Override
    public int compareTo(Quantity other) {
        return value.compareTo(other.value);
    }

    /** The canonical text: the largest suffix that leaves a whole number. */
    @Override
    public String toString() {
        // Below 1024 there is nothing a binary suffix could express; the API server falls back to decimal there.
        return binary && isWhole() && value.abs().compareTo(KIBI) >= 0 ? binaryText() : decimalText();
    }

    private String binaryText() {
        BigInteger rest = value.toBigIntegerExact();
        int power = 0;
        while (power < BINARY.size() - 1 && rest.mod(KIBI.toBigInteger()).signum() == 0) {
            rest = rest.divide(KIBI.toBigInteger());
            power++;
        }
        return rest + BINARY.get(power);
    }

    private String decimalText() {
        if (value.signum() == 0) {
            return "0";
        }
        BigInteger rest = value.unscaledValue();
        int step = 0;
        BigInteger thousand = BigInteger.valueOf(1000);
        while (step < DECIMAL.size() - 1 && rest.mod(thousand).signum() == 0) {
            rest = rest.divide(thousand);
            step++;
        }
        return rest + DECIMAL.get(step);
    }
}
