package dev.penstock.ui.newendpoint;

import com.vaadin.flow.component.Component;
import dev.penstock.contract.platform.ModelFit;
import dev.penstock.contract.quota.CallableModel;
import dev.penstock.contract.quota.PriceBookView;
import dev.penstock.ui.base.Amounts;
import dev.penstock.ui.base.Cells;
import dev.penstock.ui.base.Facts;
import dev.penstock.ui.base.KeyFigures;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.PriceList;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.offer.Offer;
import java.math.BigInteger;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What it will cost by the hour and in a month, beside the same calls at the shared endpoint. */
final class Costs {

    private final PriceList prices;
    private final Traffic traffic;
    private final @Nullable Offer shared;

    Costs(PriceList prices, Traffic traffic, @Nullable Offer shared) {
        this.prices = prices;
        this.traffic = traffic;
        this.shared = shared;
    }

    Panel ofPart(ModelFit part) {
        var panel = new Panel("What it will cost");
        BigInteger hour = prices.sliceHour(part.profile());
        PriceBookView book = prices.book();
        if (hour == null || book == null) {
            return panel.body(
                    Markup.text("p", "quiet", "No price is stated for " + part.profile() + "; its time is counted all the same."),
                    new Facts().fact("The same calls, shared", sharedMonth()));
        }
        BigInteger month = hour.multiply(Amounts.HOURS_OF_A_MONTH);
        var facts = new Facts().number("Tokens per month", tokens());
        BigInteger token = traffic.aToken(month);
        if (token != null) {
            facts.number("Per 1 M tokens, then", Amounts.component(token.multiply(BigInteger.valueOf(1_000_000)), book.currency()));
        }
        facts.number("The same calls, shared", Markup.plain(sharedMonth()));
        facts.addClassName("figures");
        return panel.body(
                new KeyFigures()
                        .figure("Per hour", Amounts.of(hour, book.currency()), "", null)
                        .figure("Per month", Amounts.of(month, book.currency()), "", null),
                facts,
                Markup.text("p", "hint", "Counted from when it is ready until it is stopped; a month is taken as 730 hours and 30 days of calls."));
    }

    /** Of the shared endpoint. */
    Panel ofTokens(Offer offer) {
        var panel = new Panel("What it will cost");
        BigInteger month = monthOf(offer);
        CallableModel call = offer.call();
        if (month == null || call == null) {
            return panel.body(Markup.text("p", "quiet", "It has no price yet, so it cannot be called. Ask an administrator for one."));
        }
        String currency = Objects.requireNonNull(call.currency());
        var facts = new Facts().number("Tokens per month", tokens()).number("Per 1 M tokens", Cells.text(offer.prices()));
        facts.addClassName("figures");
        return panel.body(
                new KeyFigures().figure("Per hour", Amounts.of(BigInteger.ZERO, currency), "", "nothing is held").figure("Per month", Amounts.of(month, currency), "", "at these calls"),
                facts);
    }

    private Component tokens() {
        return Markup.text("span", "", Quantities.rounded(traffic.tokensAMonth())).hover(Quantities.count(traffic.tokensAMonth()));
    }

    private String sharedMonth() {
        Offer offer = shared;
        BigInteger month = offer == null ? null : monthOf(offer);
        CallableModel call = offer == null ? null : offer.call();
        return month == null || call == null ? "nobody shares it" : Amounts.of(month, Objects.requireNonNull(call.currency()));
    }

    private @Nullable BigInteger monthOf(Offer offer) {
        CallableModel call = offer.call();
        BigInteger input = call == null ? null : call.inputPrice();
        BigInteger output = call == null ? null : call.outputPrice();
        return input == null || call == null || call.currency() == null ? null : traffic.costAMonth(input, output == null ? BigInteger.ZERO : output);
    }
}
