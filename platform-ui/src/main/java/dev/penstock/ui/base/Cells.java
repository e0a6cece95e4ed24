package dev.penstock.ui.base;

import com.vaadin.flow.component.Component;
import dev.penstock.contract.GpuTime;
import dev.penstock.contract.Money;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** What stands in cells again and again. */
public final class Cells {

    private Cells() {}

    public static Component text(@Nullable String text) {
        return Markup.plain(text == null || text.isEmpty() ? "–" : text);
    }

    public static Component quiet(@Nullable String text) {
        return Markup.text("span", "quiet", text == null || text.isEmpty() ? "–" : text);
    }

    /** A name that opens what it names, with a second line under it. */
    public static Component named(String name, Address address, String under) {
        return Markup.of("span", "", new Link(name, address).css("strong"), Markup.text("span", "sub", under));
    }

    /** GPU-hours with the exact count on hover. */
    public static Component gpuHours(GpuTime time) {
        return Markup.of("span", "", Markup.plain(Quantities.gpuHours(time)), Markup.text("small", "unit", "GPU-h"))
                .hover(Quantities.exactly(time));
    }

    /** For example {@code 1.24 M}, with the exact count on hover. */
    public static Component rounded(long number) {
        return rounded(BigInteger.valueOf(number));
    }

    public static Component rounded(BigInteger number) {
        return Markup.text("span", "num", Quantities.rounded(number)).hover(Quantities.count(number));
    }

    /** For reading, with all digits on hover. */
    public static Component money(Money money) {
        return Amounts.component(money.picoUnits(), money.currency());
    }
}
