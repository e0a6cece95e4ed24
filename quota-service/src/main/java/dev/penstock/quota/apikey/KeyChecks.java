package dev.penstock.quota.apikey;

import dev.penstock.contract.quota.KeyFound;
import dev.penstock.frame.audit.AuditEvent;
import dev.penstock.frame.audit.AuditLog;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Tells those who search for leaked keys which of what they found is one. Of each that works its tenant's trail keeps that it was found, and by whom. */
@Component
class KeyChecks {

    private final Keys keys;
    private final JobTransactions transactions;
    private final AuditLog audit;

    KeyChecks(Keys keys, JobTransactions transactions, AuditLog audit) {
        this.keys = keys;
        this.transactions = transactions;
        this.audit = audit;
    }

    /** @return those that are keys, in the order of the texts; nothing is told of the others */
    List<KeyFound> check(Actor actor, List<String> texts) {
        List<KeyFound> found = new ArrayList<>();
        for (int index = 0; index < texts.size(); index++) {
            int at = index;
            keys.recognise(texts.get(index))
                    .map(each -> new KeyFound(at, each.row().tenant(), each.row().project(), each.row().id(), KeyText.start(each.row().publicId()), each.works()))
                    .ifPresent(found::add);
        }
        found.stream().filter(KeyFound::works).collect(Collectors.groupingBy(KeyFound::tenant)).forEach((tenant, theirs) -> transactions.inTenant(Job.WEB, actor, tenant, () -> {
            // Once, however often it was found.
            theirs.stream().collect(Collectors.toMap(KeyFound::start, each -> each, (first, again) -> first, LinkedHashMap::new)).values().forEach(each -> audit.append(new AuditEvent(
                    "key.found", "key", each.key().toString(), each.start(), each.project(), "presented as leaked", null, null)));
            return theirs.size();
        }));
        return found;
    }
}
