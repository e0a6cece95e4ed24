package dev.penstock.ui.fakes;

import dev.penstock.contract.CallId;
import dev.penstock.contract.LimitId;
import dev.penstock.contract.Problem;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.RefusalCount;
import dev.penstock.contract.quota.RefusalPage;
import dev.penstock.contract.quota.RefusalView;
import dev.penstock.contract.quota.RefusalsApi;
import dev.penstock.contract.quota.RefusedBy;
import dev.penstock.contract.quota.Window;
import dev.penstock.ui.backend.BackendProblem;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why calls of one project were refused. */
public final class FakeRefusals implements RefusalsApi {

    private final FakeServices services;
    private final Clock clock;

    FakeRefusals(FakeServices services, Clock clock) {
        this.services = services;
        this.clock = clock;
    }

    private List<RefusalView> rows() {
        Instant now = clock.instant();
        return List.of(
                row(3, now.minusSeconds(40), "llama-3.3-70b", 429, "insufficient_quota",
                        "The limit on tokens a day of the project research-vision does not allow this: 1994100 of 2000000 used or set aside, at most 8840 asked for.",
                        new RefusedBy(
                                new LimitId(Ids.uuid(0x902)), "project", "research-vision", Meter.TOKENS, Window.DAY, null, BigInteger.valueOf(2_000_000),
                                BigInteger.valueOf(1_994_100), BigInteger.valueOf(8_840), now.plus(Duration.ofHours(7)), RefusedBy.Waiting.UNTIL_RESET)),
                row(2, now.minusSeconds(400), "gpt-5", 404, "model_not_found", "The model `gpt-5` does not exist or you do not have access to it.", null),
                row(1, now.minusSeconds(4_000), "qwen2.5-7b-instruct", 503, "model_not_ready", null, null));
    }

    private static RefusalView row(int number, Instant at, String model, int status, String code, @Nullable String message, @Nullable RefusedBy rule) {
        return new RefusalView(
                new CallId(Ids.uuid(0xa00 + number)), at, Ids.RESEARCH, Ids.VISION, "research-vision", number == 2 ? null : Ids.key(1), number == 2 ? null : "notebook",
                number == 2 ? "scientist" : null, "chat", model, status, code, message, rule);
    }

    @Override
    public RefusalView explain(CallId call) {
        services.up();
        return rows().stream().filter(row -> row.call().equals(call)).findFirst()
                .orElseThrow(() -> new BackendProblem(Problem.NOT_FOUND, Problem.NOT_FOUND.sentence(), "77aa-0006"));
    }

    @Override
    public RefusalPage list(TenantId tenant, ProjectId project, @Nullable CallId before) {
        services.up();
        return project.equals(Ids.VISION)
                ? new RefusalPage(before == null ? rows() : rows().subList(2, 3), before == null,
                        List.of(new RefusalCount(429, "insufficient_quota", 1_240), new RefusalCount(404, "model_not_found", 3), new RefusalCount(503, "model_not_ready", 1)))
                : new RefusalPage(List.of(), false, List.of());
    }
}
