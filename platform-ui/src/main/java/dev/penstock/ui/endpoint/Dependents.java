package dev.penstock.ui.endpoint;

import com.vaadin.flow.component.Component;
import dev.penstock.contract.platform.EndpointView;
import dev.penstock.contract.quota.KeyView;
import dev.penstock.contract.quota.KeysApi;
import dev.penstock.contract.quota.UsageApi;
import dev.penstock.contract.quota.UsagePoint;
import dev.penstock.contract.quota.UsageSeries;
import dev.penstock.ui.backend.BackendProblem;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Quantities;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Who would notice if an endpoint were gone: keys made for it, and who called it lately. */
@org.springframework.stereotype.Component
class Dependents {

    private static final Duration LATELY = Duration.ofHours(24);
    private static final int MOST = 5;

    private final KeysApi keys;
    private final UsageApi usage;
    private final Clock clock;

    Dependents(KeysApi keys, UsageApi usage, Clock clock) {
        this.keys = keys;
        this.usage = usage;
        this.clock = clock;
    }

    /** A list for a dialog; what a service does not tell is said, not left away. */
    Component of(EndpointView endpoint) {
        var list = Markup.of("ul", "loses");
        try {
            callers(endpoint).forEach((caller, calls) -> list.with(line("Called by " + caller, Quantities.count(calls, "call", "calls") + " in 24 h")));
            madeForIt(endpoint).forEach(key -> list.with(line("Key " + key.name(), "made for it")));
        } catch (BackendProblem unknown) {
            list.with(line("Who called it lately", "could not be asked: " + unknown.title()));
        }
        return list.getElement().getChildCount() == 0 ? list.with(line("Nobody called it in 24 hours, and no key is made for it alone", "")) : list;
    }

    private Map<String, Long> callers(EndpointView endpoint) {
        Instant now = clock.instant();
        boolean shared = endpoint.shared();
        UsageSeries series = usage.series(
                shared ? null : endpoint.tenant(),
                shared ? null : endpoint.project(),
                null,
                endpoint.callName(),
                now.minus(LATELY),
                now,
                UsageSeries.Bucket.HOUR,
                shared ? UsageSeries.By.PROJECT : UsageSeries.By.KEY);
        var calls = new LinkedHashMap<String, Long>();
        series.points().forEach(point -> calls.merge(name(point), point.calls(), Long::sum));
        return calls.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(MOST)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, LinkedHashMap::new));
    }

    private static String name(UsagePoint caller) {
        String named = caller.groupName() == null ? caller.group() : caller.groupName();
        return named == null ? "people, without a key" : named;
    }

    private List<KeyView> madeForIt(EndpointView endpoint) {
        return keys.list(endpoint.shared() ? null : endpoint.tenant(), endpoint.shared() ? null : endpoint.project()).stream()
                .filter(key -> key.state() == KeyView.State.ACTIVE)
                .filter(key -> {
                    List<String> models = key.models();
                    return models != null && models.contains(endpoint.callName());
                })
                .limit(MOST)
                .toList();
    }

    private static Markup line(String what, String beside) {
        return Markup.of("li", "", Markup.text("span", "", what), Markup.text("span", "num", beside));
    }
}
