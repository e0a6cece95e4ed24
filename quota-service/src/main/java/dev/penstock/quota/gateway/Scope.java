package dev.penstock.quota.gateway;

import dev.penstock.quota.apikey.KeyScope;
import dev.penstock.frame.network.Network;
import dev.penstock.quota.gateway.wire.OpenAiError;
import dev.penstock.quota.gateway.wire.Refusal;
import dev.penstock.quota.grant.Holder;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/** Whether the caller's key is for this, and from here. Asked before anything is read and before any model is looked up, so that it tells of neither. */
final class Scope {

    private static final String FORWARDED = "x-forwarded-for";

    private final Collection<Network> proxies;

    /** @param proxies whose word on where a call comes from is believed */
    Scope(Collection<Network> proxies) {
        this.proxies = List.copyOf(proxies);
    }

    /** @throws Refusal 403 */
    void require(Holder holder, String operation, HttpServerRequest request) {
        KeyScope scope = holder.scope();
        if (scope.networks() != null) {
            Optional<InetAddress> origin = origin(request.remoteAddress().hostAddress(), request.headers().getAll(FORWARDED));
            if (!scope.reaches(origin)) {
                throw new Refusal(OpenAiError.outOfScope("network_not_allowed", "This key may not be used from "
                        + origin.map(InetAddress::getHostAddress).orElse("a place that cannot be told") + ". The networks it was made for are shown on Keys."));
            }
        }
        require(scope, operation);
    }

    /** @throws Refusal 403 */
    static void require(KeyScope scope, String operation) {
        if (scope.operations() != null && !scope.isFor(operation.toLowerCase(Locale.ROOT))) {
            throw new Refusal(OpenAiError.outOfScope("operation_not_allowed", "This key is not for " + operation.toLowerCase(Locale.ROOT) + "; it was made for "
                    + String.join(", ", new TreeSet<>(scope.operations())) + "."));
        }
    }

    /**
     * The connection's other end; while that is a trusted proxy, the address before it. What stands left of the first that is not trusted anybody may
     * have written. Empty as soon as something on the way is no address.
     */
    Optional<InetAddress> origin(String connection, List<String> forwarded) {
        String[] hops = String.join(",", forwarded).split(",", -1);
        Optional<InetAddress> origin = Network.address(connection);
        for (int hop = forwarded.isEmpty() ? 0 : hops.length; hop > 0 && origin.filter(this::trusted).isPresent(); hop--) {
            origin = Network.address(hops[hop - 1].strip());
        }
        return origin;
    }

    private boolean trusted(InetAddress address) {
        return proxies.stream().anyMatch(proxy -> proxy.contains(address));
    }
}
