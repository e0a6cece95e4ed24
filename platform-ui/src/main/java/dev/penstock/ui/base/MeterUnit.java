package dev.penstock.ui.base;

import dev.penstock.contract.GpuTime;
import dev.penstock.contract.quota.Meter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** In which unit people write what a meter counts: millions of tokens, whole currency, GPU-hours. */
public record MeterUnit(Meter meter) {

    private static final BigDecimal MILLION = BigDecimal.TEN.pow(6);
    private static final BigDecimal PICO = BigDecimal.TEN.pow(12);

    /** Beside the number; empty where what is counted says it. */
    public String word(String currency) {
        return switch (meter) {
            case GPU_TIME -> "GPU-h";
            case TOKENS, TOKENS_INPUT, TOKENS_OUTPUT -> "M";
            case MONEY -> currency;
            case SLICES, REQUESTS, CONCURRENCY -> "";
        };
    }

    /**
     * The service's number for what a person wrote.
     *
     * @throws ArithmeticException if it is no whole number of the service's units, or negative
     */
    public BigInteger exactly(BigDecimal written) {
        if (written.signum() < 0) {
            throw new ArithmeticException("negative: " + written);
        }
        return written.multiply(scale()).toBigIntegerExact();
    }

    /** As a person would write it; rounded down where hours do not come out even. */
    public BigDecimal written(BigInteger exact) {
        BigDecimal value = new BigDecimal(exact).divide(scale(), meter == Meter.GPU_TIME ? 2 : PICO.precision(), RoundingMode.DOWN).stripTrailingZeros();
        return value.scale() < 0 ? value.setScale(0) : value;
    }

    private BigDecimal scale() {
        return switch (meter) {
            case GPU_TIME -> BigDecimal.valueOf(GpuTime.PART_SECONDS_PER_GPU_HOUR);
            case TOKENS, TOKENS_INPUT, TOKENS_OUTPUT -> MILLION;
            case MONEY -> PICO;
            case SLICES, REQUESTS, CONCURRENCY -> BigDecimal.ONE;
        };
    }
}
