package dev.penstock.quota.gateway;

import dev.penstock.contract.CallId;
import dev.penstock.contract.quota.UpstreamDialect;
import dev.penstock.quota.admission.Ask;
import dev.penstock.quota.gateway.anthropic.AsChat;
import dev.penstock.quota.gateway.anthropic.ChatCall;
import dev.penstock.quota.gateway.messages.AsMessage;
import dev.penstock.quota.gateway.messages.AsTokenCount;
import dev.penstock.quota.gateway.messages.MessagesCall;
import dev.penstock.quota.gateway.responses.AsResponse;
import dev.penstock.quota.gateway.responses.ResponsesCall;
import dev.penstock.quota.gateway.wire.BodyReader;
import dev.penstock.quota.gateway.wire.CallBody;
import dev.penstock.quota.gateway.wire.CallBody.StreamOptions;
import dev.penstock.quota.gateway.wire.OpenAiError;
import dev.penstock.quota.gateway.wire.Operation;
import dev.penstock.quota.gateway.wire.Refusal;
import dev.penstock.quota.gateway.wire.Retelling;
import dev.penstock.quota.gateway.wire.TokenBounds;
import dev.penstock.quota.grant.Holder;
import io.vertx.core.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a client says, as servers are to be told: its own bytes, or their translation where a server speaks otherwise. */
final class Speaking {

    /** A longer body is translated at a desk: a tree of megabytes would hold up whoever else is on the event loop. */
    private static final int SHORT = 64 << 10;

    private final BodyReader reader;
    private final Desk desk;

    Speaking(BodyReader reader, Desk desk) {
        this.reader = reader;
        this.desk = desk;
    }

    /** Fails with a {@link Refusal}: 400, 503. */
    Future<Stage.Asked> understand(Exchange exchange, Operation operation, Holder holder, byte[] said) {
        return operation == Operation.RESPONSES
                ? translated(exchange, said, () -> understood(exchange.call(), operation, holder, said))
                : now(() -> understood(exchange.call(), operation, holder, said));
    }

    /**
     * At once, however long it is.
     *
     * @throws Refusal 400
     */
    Stage.Asked understood(CallId call, Operation operation, Holder holder, byte[] said) {
        Wording first = switch (operation) {
            case CHAT, COMPLETIONS, EMBEDDINGS, RERANK -> new Wording(UpstreamDialect.OPENAI, operation, reader.read(operation, said), null);
            case MESSAGES, COUNT_TOKENS -> new Wording(UpstreamDialect.ANTHROPIC, operation, message(operation, said), null);
            // No server is asked in them: what they keep between calls would be kept there.
            case RESPONSES -> {
                ResponsesCall.Translated response = ResponsesCall.translate(said);
                yield new Wording(UpstreamDialect.OPENAI, Operation.CHAT, reader.read(Operation.CHAT, response.chat()), new AsResponse(call.toString(), response.told()));
            }
        };
        return new Stage.Asked(operation, holder, new Wordings(first));
    }

    private CallBody message(Operation operation, byte[] said) {
        CallBody body = reader.read(Operation.MESSAGES, said);
        if (operation == Operation.MESSAGES && !body.isLimited()) {
            throw new Refusal(OpenAiError.invalid(null, "max_tokens: Field required."));
        }
        return body;
    }

    /** In words of its server's dialect, and what it can cost at most in them. Fails with a {@link Refusal}: 400 if it cannot be said in them, 503. */
    Future<Stage.Located> word(Exchange exchange, Stage.Placed placed) {
        Wordings wordings = placed.asked().wordings();
        return wordings.in(placed.route().dialect(), () -> translated(exchange, wordings.first().body().bytes(), () -> other(exchange.call(), wordings.first())))
                .map(wording -> located(placed, wording));
    }

    /**
     * At once, however long it is.
     *
     * @throws Refusal 400
     */
    Stage.Located worded(CallId call, Stage.Placed placed) {
        Wording first = placed.asked().wordings().first();
        return located(placed, first.dialect() == placed.route().dialect() ? first : other(call, first));
    }

    /** In the other dialect. */
    private Wording other(CallId call, Wording first) {
        return switch (first.dialect()) {
            case ANTHROPIC -> asChat(call.toString(), first);
            case OPENAI -> asMessage(call, first);
        };
    }

    private Wording asChat(String id, Wording message) {
        boolean counted = message.operation() == Operation.COUNT_TOKENS;
        Operation operation = message.operation().atEngine();
        return new Wording(
                UpstreamDialect.OPENAI, operation, reader.read(operation, MessagesCall.asChat(message.body().bytes(), counted)), counted ? new AsTokenCount() : new AsMessage(id));
    }

    private Wording asMessage(CallId call, Wording chat) {
        @Nullable Retelling further = chat.retelling();
        StreamOptions wanted = further == null ? chat.body().options() : StreamOptions.ALL;
        Retelling retelling = new AsChat(call.toString(), Ask.timeOf(call).getEpochSecond(), wanted.includeUsage());
        return new Wording(
                UpstreamDialect.ANTHROPIC, Operation.MESSAGES, reader.read(Operation.MESSAGES, ChatCall.asMessage(chat.body().bytes())),
                further == null ? retelling : retelling.then(further));
    }

    private static Stage.Located located(Stage.Placed placed, Wording wording) {
        TokenBounds bounds = TokenBounds.of(wording.operation(), wording.body(), Stage.Located.facts(placed.asked(), placed.route()));
        if (bounds.input() > Ask.Bound.MOST || bounds.output() > Ask.Bound.MOST) {
            throw new Refusal(OpenAiError.invalid(null, "This asks for more at once than can be set aside."));
        }
        return new Stage.Located(placed, wording, bounds);
    }

    private <T> Future<T> translated(Exchange exchange, byte[] said, Supplier<T> translation) {
        return said.length <= SHORT ? now(translation) : desk.submit(exchange.context(), translation);
    }

    private static <T> Future<T> now(Supplier<T> what) {
        return Future.<Void>succeededFuture().map(none -> what.get());
    }
}
