package dev.penstock.standalone.demo;

import dev.penstock.contract.Money;
import dev.penstock.contract.quota.CallRow;
import dev.penstock.contract.quota.CallableModel;
import dev.penstock.standalone.client.ModelAnswer;
import dev.penstock.standalone.client.ModelClient;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Models answer, and what they counted is in the books. */
final class CallAct implements Act {

    private static final int MOST_TOKENS = 60;
    private static final Duration BOOKED = Duration.ofSeconds(10);
    private static final Duration LOOK_BACK = Duration.ofMinutes(30);

    private final Cast cast;
    private final Prop<ModelAnswer> shared = new Prop<>("an answer of the shared model");

    CallAct(Cast cast) {
        this.cast = cast;
    }

    @Override
    public void play(Stage stage) {
        stage.step("the application streams from the team's own endpoint", () -> stream(stage));
        stage.step("usage shows exactly these tokens, at no price", this::streamedRow);
        stage.step("the application asks the shared model", this::askShared);
        stage.step("usage shows exactly these tokens and tokens × price", this::sharedRow);
        stage.step("the application embeds a sentence", this::embed);
        stage.step("the scientist calls with their own sign-in", this::asPerson);
    }

    private String stream(Stage stage) {
        stage.show("\n     ");
        ModelAnswer answer = cast.caller().stream(cast.endpoint.get().callName(), "What does a penstock do?", MOST_TOKENS, stage::show);
        stage.show("\n\n");
        requireOk(answer);
        Unexpected.unless(answer.outputTokens() > 0, "usage at the end of the stream", answer.body());
        return tokens(cast.streamed.set(answer)) + ", call " + answer.call();
    }

    private String streamedRow() {
        CallRow row = row(cast.streamed.get());
        Unexpected.unlessSame("its cost", BigInteger.ZERO, row.cost().picoUnits());
        return row.projectName() + " / " + row.keyName() + ", " + row.model() + ", " + told(row);
    }

    private String askShared() {
        ModelAnswer answer = cast.caller().chat(Cast.SHARED_CHAT, "Name three uses of a penstock.", MOST_TOKENS);
        requireOk(answer);
        return tokens(shared.set(answer));
    }

    private String sharedRow() {
        CallRow row = row(shared.get());
        CallableModel model = cast.scientist.gateway().get(row.tenant(), row.project()).models().stream()
                .filter(each -> each.model().equals(Cast.SHARED_CHAT)).findFirst().orElseThrow(() -> new Missing("a price of " + Cast.SHARED_CHAT));
        BigInteger expected = cost(row.input(), model.inputPrice()).add(cost(row.cacheRead(), model.cacheReadPrice()))
                .add(cost(row.cacheWrite(), model.cacheWritePrice())).add(cost(row.output(), model.outputPrice()));
        Unexpected.unlessSame("its cost", new Money(expected, Objects.requireNonNull(model.currency(), "a currency")), row.cost());
        return told(row) + " at price version " + row.priceVersion();
    }

    private String embed() {
        ModelAnswer answer = cast.caller().embed(Cast.SHARED_EMBEDDINGS, "A penstock leads water to a turbine.");
        requireOk(answer);
        int dimensions = answer.body().path("data").path(0).path("embedding").size();
        Unexpected.unless(dimensions > 0, "a vector", answer.body());
        return dimensions + " dimensions, " + told(row(answer));
    }

    private String asPerson() {
        ModelAnswer answer = ModelClient.asPerson(cast.directory, cast.scientist.token(), cast.home.get().project().toString())
                .chat(Cast.SHARED_CHAT, "Say hello.", MOST_TOKENS);
        requireOk(answer);
        CallRow row = row(answer);
        Unexpected.unless(row.key() == null && row.person() != null, "a row with the person and without a key", row);
        return row.person() + ", " + told(row);
    }

    /** The call's row, with the very tokens that the caller was told. */
    private CallRow row(ModelAnswer answer) {
        Cast.Home home = cast.home.get();
        Instant now = cast.clock.instant();
        CallRow row = Patience.until("the call is in the books", BOOKED, () -> cast.scientist.usage()
                        .calls(home.tenant(), home.project(), null, null, now.minus(LOOK_BACK), now.plus(LOOK_BACK), false, null).calls().stream()
                        .filter(each -> each.call().equals(answer.call())).toList(),
                found -> !found.isEmpty(), List::size).getFirst();
        Unexpected.unlessSame("input tokens", answer.inputTokens(), row.input() + row.cacheRead() + row.cacheWrite());
        Unexpected.unlessSame("output tokens", answer.outputTokens(), row.output());
        Unexpected.unlessSame("estimated", false, row.estimated());
        return row;
    }

    private static BigInteger cost(long tokens, @Nullable BigInteger price) {
        return tokens == 0 ? BigInteger.ZERO : BigInteger.valueOf(tokens).multiply(Objects.requireNonNull(price, "a price"));
    }

    private static void requireOk(ModelAnswer answer) {
        Unexpected.unless(answer.status() == 200, "200", answer.status() + " " + answer.body());
    }

    private static String tokens(ModelAnswer answer) {
        return answer.inputTokens() + " tokens in, " + answer.outputTokens() + " out";
    }

    private static String told(CallRow row) {
        return row.input() + row.cacheRead() + row.cacheWrite() + " in, " + row.output() + " out, " + Words.of(row.cost());
    }
}
