package dev.penstock.standalone;

import dev.penstock.contract.GpuTime;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.ApprovalPolicy;
import dev.penstock.contract.platform.EndpointSpec;
import dev.penstock.contract.platform.ProjectSpec;
import dev.penstock.contract.platform.SliceProfileView;
import dev.penstock.contract.platform.TenantSpec;
import dev.penstock.contract.quota.BilledMeter;
import dev.penstock.contract.quota.LimitSpec;
import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.PriceBookSpec;
import dev.penstock.contract.quota.PriceSpec;
import dev.penstock.contract.quota.Window;
import dev.penstock.standalone.client.Api;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What models need: the platform's own tenant with two shared endpoints, a price book, and what the development tenants may spend; written as
 * an administrator would, through the public interfaces. Every id follows from a name, so that a start that was cut short goes on where it stopped.
 */
final class DevelopmentModels {

    static final String CHAT = "qwen2.5-7b-instruct";
    private static final String EMBEDDINGS = "bge-m3";
    private static final TenantId PLATFORM = DevelopmentIds.tenant("platform");
    private static final ProjectId MODELS = DevelopmentIds.project("models");
    private static final String CURRENCY = "EUR";
    private static final BigInteger PICO = BigInteger.TEN.pow(12);
    private static final int SOFT_PERCENT = 80;
    private static final Duration LEASE = Duration.ofDays(14);
    private static final int GPU_HOURS_A_MONTH = 2_000;

    /** In 10⁻¹² EUR for a second of 1/840 of a GPU: 3.63 EUR for an hour of an H100, 4.54 EUR of an H200. */
    private static final Map<String, Long> PRICE_OF_A_PART = Map.of("h100-80", 1_200_000L, "h200-141", 1_500_000L);

    /** The number is EUR for 10⁶ tokens, in millionths. */
    private static final List<PriceSpec> TOKENS = List.of(
            price(CHAT, BilledMeter.INPUT, 200_000),
            price(CHAT, BilledMeter.CACHE_READ, 50_000),
            price(CHAT, BilledMeter.CACHE_WRITE, 200_000),
            price(CHAT, BilledMeter.OUTPUT, 600_000),
            price(EMBEDDINGS, BilledMeter.INPUT, 20_000),
            price(EMBEDDINGS, BilledMeter.CACHE_READ, 20_000),
            price(EMBEDDINGS, BilledMeter.CACHE_WRITE, 20_000),
            price(EMBEDDINGS, BilledMeter.OUTPUT, 0));

    private static final List<Shared> SHARED = List.of(
            new Shared(CHAT, "h100-80.3g.40gb", 32_768), new Shared(EMBEDDINGS, "h100-80.1g.10gb", 8_192));

    private static final List<Allowance> ALLOWANCES = List.of(
            new Allowance("research", 1_200, 200_000_000, 500, 200), new Allowance("risk", 600, 50_000_000, 120, 100));

    private final Api admin;
    private final Eventually eventually;

    DevelopmentModels(Api admin, Eventually eventually) {
        this.admin = admin;
        this.eventually = eventually;
    }

    /** May be repeated. */
    void write() {
        writePrices();
        ALLOWANCES.forEach(this::writeAllowance);
        writePlatform();
        SHARED.forEach(this::writeShared);
    }

    /** The first book only: later ones are whoever's who made them. */
    private void writePrices() {
        if (!admin.prices().list().isEmpty()) {
            return;
        }
        List<PriceSpec> prices = new ArrayList<>(TOKENS);
        for (SliceProfileView profile : admin.profiles().list()) {
            PRICE_OF_A_PART.forEach((device, part) -> {
                if (profile.id().startsWith(device + ".")) {
                    prices.add(price(profile.id(), BilledMeter.SLICE_SECOND, Math.multiplyExact(part, profile.parts())));
                }
            });
        }
        eventually.succeed("making the first price book", () -> admin.prices().make(1, new PriceBookSpec(null, CURRENCY, prices, "development data")));
    }

    private void writeAllowance(Allowance of) {
        TenantId tenant = DevelopmentIds.tenant(of.tenant());
        limit(tenant, of.tenant() + "/requests", Meter.REQUESTS, null, Window.MINUTE, BigInteger.valueOf(of.requestsAMinute()));
        limit(tenant, of.tenant() + "/tokens", Meter.TOKENS, null, Window.MONTH, BigInteger.valueOf(of.tokensAMonth()));
        limit(tenant, of.tenant() + "/money", Meter.MONEY, null, Window.MONTH, PICO.multiply(BigInteger.valueOf(of.moneyAMonth())));
        limit(tenant, of.tenant() + "/calls-at-once", Meter.CONCURRENCY, null, Window.NOW, BigInteger.valueOf(of.callsAtOnce()));
    }

    private void writePlatform() {
        admin.tenants().put(PLATFORM, new TenantSpec("platform", "Platform", "CC-1000", "Europe/Berlin", CURRENCY));
        admin.tenants().putPolicy(PLATFORM, new ApprovalPolicy(GpuTime.ofGpuHours(GPU_HOURS_A_MONTH), LEASE.toSeconds()));
        admin.tenants().putProject(PLATFORM, MODELS, new ProjectSpec("models"));
        limit(PLATFORM, "platform/gpu-time", Meter.GPU_TIME, null, Window.MONTH, BigInteger.valueOf(GpuTime.ofGpuHours(GPU_HOURS_A_MONTH).partSeconds()));
        SHARED.forEach(each -> limit(PLATFORM, "platform/" + each.profile(), Meter.SLICES, each.profile(), Window.NOW, BigInteger.TWO));
    }

    private void writeShared(Shared model) {
        EndpointSpec spec = new EndpointSpec(
                model.name(), model.name(), model.profile(), model.contextTokens(), true, LEASE.toSeconds(), "Shared by all tenants.");
        eventually.succeed("making the endpoint " + model.name(),
                () -> admin.endpoints().create(PLATFORM, MODELS, DevelopmentIds.endpoint(model.name()), spec));
    }

    private void limit(TenantId tenant, String name, Meter meter, @Nullable String profile, Window window, BigInteger amount) {
        LimitSpec spec = new LimitSpec(null, null, null, meter, profile, null, window, amount, true, SOFT_PERCENT, "development data");
        // Limits belong to quota-service, which learns of a tenant a moment after platform-backend did.
        eventually.succeed("setting the limit " + name, () -> admin.limits().put(tenant, DevelopmentIds.limit(name), spec));
    }

    private static PriceSpec price(String sku, BilledMeter meter, long picoUnits) {
        return new PriceSpec(sku, meter, BigInteger.valueOf(picoUnits));
    }

    private record Shared(String name, String profile, long contextTokens) {}

    /** @param moneyAMonth in whole units of the currency */
    private record Allowance(String tenant, int requestsAMinute, long tokensAMonth, int moneyAMonth, int callsAtOnce) {}
}
