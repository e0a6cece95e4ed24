package dev.penstock.quota.steering;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.quota.alias.Aliases;
import dev.penstock.quota.rating.PriceBooks;
import dev.penstock.quota.rating.Tokens;
import dev.penstock.quota.route.Route;
import dev.penstock.quota.route.Routes;
import java.math.BigInteger;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What tokens cost by the name of a model, as a project may call it now. In the running transaction. */
@Component
class NamedPrices {

    private final Routes routes;
    private final Aliases aliases;
    private final PriceBooks prices;

    NamedPrices(Routes routes, Aliases aliases, PriceBooks prices) {
        this.routes = routes;
        this.aliases = aliases;
        this.prices = prices;
    }

    /**
     * @param version of the book of prices
     * @return null: the name has no price of its own in that book. An alias stands for several, a dedicated endpoint is paid by its slice
     */
    @Nullable BigInteger cost(TenantId tenant, ProjectId project, String name, int version, Tokens tokens) {
        return Optional.of(name)
                .filter(named -> aliases.find(named).isEmpty())
                .flatMap(named -> routes.find(tenant, project, named))
                .filter(Route::shared)
                .flatMap(route -> prices.find(route.sku(), version, tokens.output() > 0))
                .map(price -> price.cost(tokens))
                .orElse(null);
    }
}
