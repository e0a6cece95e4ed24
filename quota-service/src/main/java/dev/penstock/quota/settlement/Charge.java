package dev.penstock.quota.settlement;

import dev.penstock.contract.quota.Meter;
import dev.penstock.quota.journal.Counts;
import dev.penstock.quota.journal.Intent;
import dev.penstock.quota.journal.Payer;
import dev.penstock.quota.journal.Settlement;
import dev.penstock.quota.rating.TokenPrices;
import dev.penstock.quota.rating.Tokens;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who pays what of an attempt. Pure.
 *
 * <pre>
 * told by the engine, within the bound      the caller pays it
 * told, and more than the bound             the caller pays the bound, we lose the rest
 * told, and it cannot be                    the caller pays the bound, as estimated; the counts go to quarantine
 * of the prompt alone told                  the caller pays that and what was delivered at most, within the bound, as estimated
 * not told                                  the caller pays the input's bound and what was delivered at most, as estimated
 * the attempt failed                        the caller pays nothing, we lose what it used
 * </pre>
 *
 * @param paid by the caller, at most what was reserved
 * @param cost of that
 * @param estimated whether the engine did not tell
 * @param reasoning how much of the output that is paid was thought and not said, as the engine told
 * @param lost used, and paid by nobody
 * @param worth of what is lost
 * @param impossible why the counts cannot be; null: they can
 */
record Charge(Tokens paid, BigInteger cost, boolean estimated, long reasoning, Tokens lost, BigInteger worth, @Nullable String impossible) {

    /** The cause of a loss that is not the attempt's own. */
    static final String BEYOND_BOUND = "beyond-bound";

    private static final String NEGATIVE = "negative";
    private static final String TOO_MUCH_INPUT = "more input than the model holds";
    private static final String TOO_MUCH_OUTPUT = "more output than the model holds";

    /** Why counts cannot be. */
    static final List<String> IMPOSSIBLE = List.of(NEGATIVE, TOO_MUCH_INPUT, TOO_MUCH_OUTPUT);

    static Charge of(Intent open, Settlement settlement, TokenPrices prices) {
        return switch (settlement.counts()) {
            case Counts.Read read -> {
                String impossible = impossible(open, read);
                yield impossible == null
                        ? told(open, settlement.payer(), new Tokens(read.input(), read.cacheRead(), read.cacheWrite(), read.output()), prices, false).thought(read.reasoning())
                        : atBound(open, settlement.payer(), open.output(), prices, impossible);
            }
            case Counts.Begun begun -> impossible(open, new Counts.Read(begun.input(), begun.cacheRead(), begun.cacheWrite(), 0)) == null
                    ? told(open, settlement.payer(), new Tokens(
                            begun.input(), begun.cacheRead(), begun.cacheWrite(), Math.min(begun.outputAtMost(), open.output())), prices, true)
                    : atBound(open, settlement.payer(), begun.outputAtMost(), prices, null);
            case Counts.Delivered delivered -> atBound(open, settlement.payer(), delivered.outputAtMost(), prices, null);
        };
    }

    /** How much of what was set aside on a limit it used, in the limit's unit, and never more than that. A request was made, whatever became of it; a slot comes back whole. */
    BigInteger used(Meter meter, BigInteger setAside) {
        BigInteger used = switch (meter) {
            case REQUESTS -> setAside;
            case CONCURRENCY -> BigInteger.ZERO;
            case TOKENS_INPUT -> BigInteger.valueOf(paid.in());
            case TOKENS_OUTPUT -> BigInteger.valueOf(paid.output());
            case TOKENS -> BigInteger.valueOf(paid.all());
            case MONEY -> cost;
            case SLICES, GPU_TIME -> throw new IllegalStateException("a call has no share of " + meter);
        };
        if (used.compareTo(setAside) > 0) {
            throw new IllegalStateException("used " + used + " of " + setAside + " " + meter);
        }
        return used;
    }

    private static Charge told(Intent open, Payer payer, Tokens used, TokenPrices prices, boolean estimated) {
        Tokens paid = payer == Payer.CALLER ? used.within(open.input(), open.output()) : Tokens.NONE;
        return of(paid, used.less(paid), prices, estimated, null);
    }

    /** What goes in is taken for input that no cache had. */
    private static Charge atBound(Intent open, Payer payer, long output, TokenPrices prices, @Nullable String impossible) {
        Tokens used = new Tokens(open.input(), 0, 0, Math.min(output, open.output()));
        return payer == Payer.CALLER
                ? of(used, Tokens.NONE, prices, true, impossible)
                : of(Tokens.NONE, impossible == null ? used : Tokens.NONE, prices, true, impossible);
    }

    private static Charge of(Tokens paid, Tokens lost, TokenPrices prices, boolean estimated, @Nullable String impossible) {
        return new Charge(paid, prices.cost(paid), estimated, 0, lost, prices.cost(lost), impossible);
    }

    /** What an engine says of reasoning moves no money: whatever cannot be is cut to what can. */
    private Charge thought(long told) {
        return new Charge(paid, cost, estimated, Math.clamp(told, 0, paid.output()), lost, worth, impossible);
    }

    /** More than the model holds and more than was asked for is no count. Each is looked at by itself first: their sum may not fit 63 bits. */
    private static @Nullable String impossible(Intent open, Counts.Read read) {
        if (read.input() < 0 || read.cacheRead() < 0 || read.cacheWrite() < 0 || read.output() < 0) {
            return NEGATIVE;
        }
        long in = Math.max(open.context(), open.input());
        if (read.input() > in || read.cacheRead() > in || read.cacheWrite() > in || read.input() + read.cacheRead() + read.cacheWrite() > in) {
            return TOO_MUCH_INPUT;
        }
        return read.output() > Math.max(open.context(), open.output()) ? TOO_MUCH_OUTPUT : null;
    }
}
