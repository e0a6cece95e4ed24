package dev.penstock.bench.load;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * What is asked: the same bytes of every subject.
 *
 * @param stream whether the answer comes as server-sent events
 */
public record Work(String path, byte[] body, boolean stream) {

    /** What an answer may have at most, in tokens. */
    public static final int MOST_TOKENS = 1024;

    private static final String PATH = "/v1/chat/completions";

    /** One chat completion of some 500 bytes, answered as a whole. */
    public static Work chat(String model) {
        return new Work(PATH, body(model, ""), false);
    }

    /** The same question, answered as a stream. */
    public static Work stream(String model) {
        return new Work(PATH, body(model, ",\"stream\":true"), true);
    }

    /** All bytes of the request, as they are sent to that address. */
    byte[] request(Address address) {
        String head = "POST " + path + " HTTP/1.1\r\nhost: 127.0.0.1:" + address.port() + "\r\nuser-agent: penstock-bench\r\naccept: "
                + (stream ? "text/event-stream" : "application/json") + "\r\ncontent-type: application/json\r\n"
                + (address.bearer() == null ? "" : "authorization: Bearer " + address.bearer() + "\r\n") + "content-length: " + body.length + "\r\n\r\n";
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        request.writeBytes(body);
        return request.toByteArray();
    }

    private static byte[] body(String model, String more) {
        return """
                {"model":"%s","max_tokens":%d%s,"temperature":0.2,"messages":[\
                {"role":"system","content":"You answer questions about the harbour of a small town, in two sentences and without a list."},\
                {"role":"user","content":"The ferry to the island leaves at a quarter past seven in the morning and comes back when the last \
                visitor has gone. How many people may be aboard when the wind comes from the north, who decides it, and where is it written \
                down for those who ask afterwards why they had to wait?"}]}""".formatted(model, MOST_TOKENS, more).getBytes(StandardCharsets.UTF_8);
    }
}
