package dev.penstock.quota.apikey;

import dev.penstock.contract.quota.KeyOperation;
import dev.penstock.contract.quota.KeySpec;
import dev.penstock.frame.network.Network;
import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a key may be used for, and from where.
 *
 * @param operations words of the only ones; one that nobody knows lets nothing in. Null: all
 * @param networks the only ones it may be used from; null: everywhere
 * @param purpose what its maker says it is for; refuses nothing. Null: nothing was said
 */
public record KeyScope(@Nullable Set<String> operations, @Nullable Set<Network> networks, @Nullable String purpose) {

    public static final KeyScope ANY = new KeyScope(null, null, null);

    public KeyScope {
        operations = operations == null ? null : Set.copyOf(operations);
        networks = networks == null ? null : Set.copyOf(networks);
    }

    static KeyScope of(@Nullable Set<String> operations, @Nullable Collection<String> networks, @Nullable String purpose) {
        return new KeyScope(operations, networks == null ? null : networks.stream().map(Network::of).collect(Collectors.toSet()), purpose);
    }

    static KeyScope of(KeySpec spec) {
        List<KeyOperation> operations = spec.operations();
        return of(operations == null ? null : operations.stream().map(KeyOperation::word).collect(Collectors.toSet()), spec.networks(), spec.purpose());
    }

    /** @param operation its word */
    public boolean isFor(String operation) {
        return operations == null || operations.contains(operation);
    }

    /** @param origin empty: it cannot be told */
    public boolean reaches(Optional<InetAddress> origin) {
        return networks == null || origin.filter(address -> networks.stream().anyMatch(network -> network.contains(address))).isPresent();
    }
}
