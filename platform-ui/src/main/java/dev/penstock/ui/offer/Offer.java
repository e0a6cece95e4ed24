package dev.penstock.ui.offer;

import dev.penstock.contract.ModelTask;
import dev.penstock.contract.platform.EndpointView;
import dev.penstock.contract.quota.CallableModel;
import dev.penstock.ui.base.Amounts;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A shared endpoint.
 *
 * @param call how it is called and what that costs; null while it answers nothing, or for somebody who sees no project
 */
public record Offer(EndpointView endpoint, @Nullable CallableModel call) {

    /** For example {@code €0.15 in, €0.60 out}, for a million tokens each; without the second for what writes nothing; null while it has no price. */
    public @Nullable String prices() {
        CallableModel model = call;
        if (model == null) {
            return null;
        }
        BigInteger input = model.inputPrice();
        BigInteger output = model.outputPrice();
        String currency = model.currency();
        if (input == null || currency == null) {
            return null;
        }
        String in = Amounts.perMillion(input, currency) + " in";
        return output == null || !model.tasks().contains(ModelTask.CHAT) ? in : in + ", " + Amounts.perMillion(output, currency) + " out";
    }
}
