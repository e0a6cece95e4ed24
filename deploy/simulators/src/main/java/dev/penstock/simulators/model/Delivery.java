package dev.penstock.simulators.model;

import dev.penstock.simulators.cluster.tree.Json;
import dev.penstock.simulators.http.BodySink;
import dev.penstock.simulators.http.Exchange;
import dev.penstock.simulators.model.fault.ModelFault.Cut;
import dev.penstock.simulators.model.fault.ModelFault.ErrorEvent;
import dev.penstock.simulators.model.fault.ModelFault.Hang;
import dev.penstock.simulators.model.fault.ModelFault.InvalidJson;
import dev.penstock.simulators.model.fault.Trouble;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** Brings an answer to the caller, in one piece or as events, with whatever goes wrong on the way. */
final class Delivery {

    /** A fault has ended the answer. */
    static final class Broken extends IOException {

        private static final long serialVersionUID = 1L;
    }

    private static final byte[] DONE = "data: [DONE]\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] GARBLED = "data: {\"id\": \"chatcmpl-, oops\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final Pattern USAGE_NUMBER = Pattern.compile("\"usage\":\\{\"(prompt|input)_tokens\":-?\\d");

    private final Exchange exchange;
    private final Presence presence;
    private final Trouble trouble;
    private int events;

    Delivery(Exchange exchange, Presence presence, Trouble trouble) {
        this.exchange = exchange;
        this.presence = presence;
        this.trouble = trouble;
    }

    /** Sends an answer in one piece. */
    void whole(ObjectNode answer) throws IOException, InterruptedException {
        byte[] body = Json.MAPPER.writeValueAsBytes(answer);
        if (trouble.has(Hang.class)) {
            presence.outlast();
        }
        if (trouble.has(ErrorEvent.class)) {
            Replies.failure(exchange, ModelFailure.onDemand(500, 0));
            throw new Broken();
        }
        if (trouble.has(InvalidJson.class)) {
            body = Arrays.copyOf(body, body.length - body.length / 3);
        }
        if (trouble.has(Cut.class)) {
            BodySink sink = exchange.body(200, Replies.JSON);
            sink.send(body, 0, body.length / 2);
            exchange.drop();
            throw new Broken();
        }
        if (trouble.sendsByteByByte() || trouble.splitsUsage()) {
            try (BodySink sink = exchange.body(200, Replies.JSON)) {
                send(sink, body);
            }
        } else {
            exchange.respond(200, Replies.JSON, body);
        }
    }

    /** Begins a stream. */
    BodySink begin() throws IOException {
        return exchange.body(200, Replies.EVENTS);
    }

    /** Sends one event, or what a fault has in its place. */
    void event(BodySink sink, ObjectNode event) throws IOException, InterruptedException {
        int number = events++;
        if (trouble.cutsAt(number)) {
            exchange.drop();
            throw new Broken();
        }
        if (trouble.hangsAt(number)) {
            presence.outlast();
        }
        if (trouble.failsAt(number)) {
            if (Replies.isOfMessages(exchange)) {
                send(sink, data(ModelFailure.onDemand(529, 0).messageBody()));
            } else {
                send(sink, data(ModelFailure.onDemand(500, 0).body()));
                sink.send(DONE, 0, DONE.length);
            }
            sink.close();
            throw new Broken();
        }
        if (trouble.garblesAt(number)) {
            send(sink, GARBLED);
        }
        if (number == 0 && trouble.padding() > 0) {
            event.put("padding", "x".repeat(trouble.padding()));
        }
        send(sink, data(event));
    }

    /** Ends a stream. */
    void done(BodySink sink) throws IOException {
        if (!trouble.withholdsDone()) {
            send(sink, DONE);
        }
        sink.close();
    }

    /** Events of Messages have their type as their name too. */
    private byte[] data(ObjectNode event) {
        String name = Replies.isOfMessages(exchange) ? "event: " + Json.text(event, "type") + "\n" : "";
        return (name + "data: " + event + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    private void send(BodySink sink, byte[] bytes) throws IOException {
        if (trouble.sendsByteByByte()) {
            for (int index = 0; index < bytes.length; index++) {
                sink.send(bytes, index, 1);
            }
            return;
        }
        int split = trouble.splitsUsage() ? placeInUsage(bytes) : 0;
        sink.send(bytes, 0, split);
        sink.send(bytes, split, bytes.length - split);
    }

    /** The place after the first digit of a usage, 0 when there is none. */
    private static int placeInUsage(byte[] bytes) {
        // Byte for byte, so that places in the text are places in the bytes.
        Matcher usage = USAGE_NUMBER.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
        return usage.find() ? usage.end() : 0;
    }
}
