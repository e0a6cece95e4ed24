package dev.penstock.quota.admission;

import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.Egress;
import dev.penstock.quota.usage.UsageWords;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of the words by which an attempt is written down.
 *
 * @param model number of the model's word
 * @param person number of the person's word; null for a key
 * @param upstream number of the word for leaving the house; 0: it stays
 */
record Words(int model, @Nullable Integer person, int upstream) {

    /** From memory alone; empty: one has to be asked. */
    static Optional<Words> known(UsageWords words, Ask ask) {
        TenantId tenant = ask.caller().tenant();
        String subject = ask.caller().person();
        Egress egress = ask.target().egress();
        OptionalInt model = words.knownModel(tenant, model(ask));
        OptionalInt person = subject == null ? OptionalInt.of(0) : words.knownPerson(tenant, subject);
        OptionalInt upstream = egress == null ? OptionalInt.of(0) : words.knownEgress(tenant, egress);
        return model.isEmpty() || person.isEmpty() || upstream.isEmpty()
                ? Optional.empty()
                : Optional.of(new Words(model.getAsInt(), subject == null ? null : person.getAsInt(), upstream.getAsInt()));
    }

    private static UsageWords.Model model(Ask ask) {
        Ask.Target target = ask.target();
        return new UsageWords.Model(target.endpoint(), target.model(), target.sku(), target.steered());
    }

    /** In transactions of their own: they must be there for good before anything names them. */
    static Words of(UsageWords words, Ask ask) {
        TenantId tenant = ask.caller().tenant();
        String subject = ask.caller().person();
        Egress egress = ask.target().egress();
        return new Words(
                words.model(tenant, model(ask)), subject == null ? null : words.person(tenant, subject),
                egress == null ? 0 : words.egress(tenant, egress));
    }
}
