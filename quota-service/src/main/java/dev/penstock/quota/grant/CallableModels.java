package dev.penstock.quota.grant;

import dev.penstock.contract.ModelTask;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.AliasTarget;
import dev.penstock.contract.quota.CallableAlias;
import dev.penstock.contract.quota.CallableModel;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.quota.access.Access;
import dev.penstock.quota.alias.Aliases;
import dev.penstock.quota.rating.PriceBooks;
import dev.penstock.quota.rating.TokenPrices;
import dev.penstock.quota.route.Route;
import dev.penstock.quota.route.Routes;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What a project may call, with what it costs now. */
@Component
class CallableModels {

    private final Routes routes;
    private final Aliases aliases;
    private final PriceBooks prices;
    private final JobTransactions transactions;
    private final Access access;
    private final Clock clock;

    CallableModels(Routes routes, Aliases aliases, PriceBooks prices, JobTransactions transactions, Access access, Clock clock) {
        this.routes = routes;
        this.aliases = aliases;
        this.prices = prices;
        this.transactions = transactions;
        this.access = access;
        this.clock = clock;
    }

    /** By name. */
    List<CallableModel> of(TenantId tenant, ProjectId project) {
        Instant now = clock.instant();
        List<Route> callable = routes.callableBy(tenant, project);
        return transactions.inTenant(Job.WEB, access.actor(), tenant, () -> callable.stream().map(route -> model(route, now)).toList());
    }

    /** By name. One that a model of the project's own hides is none. */
    List<CallableAlias> aliases(TenantId tenant, ProjectId project) {
        return aliases.all().stream()
                .filter(alias -> routes.find(tenant, project, alias.name()).filter(route -> !route.shared()).isEmpty())
                .map(alias -> new CallableAlias(alias.name(), alias.targets().stream()
                        .sorted(Comparator.comparingInt(AliasTarget::tier))
                        .map(AliasTarget::model)
                        .filter(model -> routes.find(tenant, project, model).isPresent())
                        .toList()))
                .filter(alias -> !alias.models().isEmpty())
                .sorted(Comparator.comparing(CallableAlias::name))
                .toList();
    }

    private CallableModel model(Route route, Instant now) {
        Optional<TokenPrices> tokens = route.shared()
                ? prices.tokens(route.sku(), now, route.tasks().contains(ModelTask.CHAT))
                : Optional.of(TokenPrices.FREE);
        return new CallableModel(
                route.model(), route.endpoint(), route.shared(), route.tasks().stream().sorted().toList(), route.contextTokens(), route.maxOutputTokens(),
                tokens.filter(price -> !price.areFree()).map(TokenPrices::currency).orElse(null),
                tokens.map(TokenPrices::input).orElse(null), tokens.map(TokenPrices::cacheRead).orElse(null),
                tokens.map(TokenPrices::cacheWrite).orElse(null), tokens.map(TokenPrices::output).orElse(null));
    }
}
