package dev.penstock.ui.base;

import com.vaadin.flow.component.Component;
import dev.penstock.contract.Money;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Currency;
import java.util.Locale;

/** How money is written: rounded for reading, with the exact amount at hand for a hover. Amounts are in 10⁻¹² of a currency. */
public final class Amounts {

    /** 365 days of 24 hours, a twelfth of it. */
    public static final BigInteger HOURS_OF_A_MONTH = BigInteger.valueOf(730);

    private static final BigInteger SECONDS_OF_AN_HOUR = BigInteger.valueOf(3_600);
    private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);
    private static final int DIGITS = 12;
    private static final BigDecimal CENT = new BigDecimal("0.01");
    private static final char NO_BREAK = '\u00a0';

    private Amounts() {}

    /** For example {@code €1,007.40}, {@code −€2.00}; an amount below a cent keeps its first digits: {@code €0.0042}. */
    public static String of(BigInteger pico, String currency) {
        BigDecimal amount = new BigDecimal(pico.abs(), DIGITS);
        boolean small = amount.signum() != 0 && amount.compareTo(CENT) < 0;
        return (pico.signum() < 0 ? "−" : "") + symbol(currency) + written(small ? amount.round(new MathContext(2, RoundingMode.HALF_UP)) : amount, small ? "0.############" : "#,##0.00");
    }

    public static String of(Money money) {
        return of(money.picoUnits(), money.currency());
    }

    /** For a hover: all digits. */
    public static String exactly(BigInteger pico, String currency) {
        return written(new BigDecimal(pico, DIGITS), "#,##0.00##########") + " " + currency;
    }

    /** What a million tokens cost, for example {@code €0.15}; all digits, as a price is what it is. */
    public static String perMillion(BigInteger picoPerToken, String currency) {
        return symbol(currency) + written(new BigDecimal(picoPerToken.multiply(MILLION), DIGITS), "#,##0.00####");
    }

    public static BigInteger perHour(BigInteger perSecond) {
        return perSecond.multiply(SECONDS_OF_AN_HOUR);
    }

    /** With the exact amount on hover. */
    public static Component component(BigInteger pico, String currency) {
        return Markup.text("span", "num", of(pico, currency)).hover(exactly(pico, currency));
    }

    private static String written(BigDecimal amount, String pattern) {
        var format = new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ENGLISH));
        format.setRoundingMode(RoundingMode.HALF_UP);
        return format.format(amount);
    }

    /** A sign stands at the number, letters a space before it. */
    static String symbol(String currency) {
        try {
            String symbol = Currency.getInstance(currency).getSymbol(Locale.UK);
            return Character.isLetter(symbol.charAt(symbol.length() - 1)) ? symbol + NO_BREAK : symbol;
        } catch (IllegalArgumentException notKnownToThisJvm) {
            return currency + NO_BREAK;
        }
    }
}
