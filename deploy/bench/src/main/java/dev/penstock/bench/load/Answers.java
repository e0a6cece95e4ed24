package dev.penstock.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What the upstream has to say, as vLLM writes it: usage in every chunk and once more at the end. */
final class Answers {

    /** The model's name. */
    static final String MODEL = "bench";

    private static final int PROMPT_TOKENS = 100;
    private static final int ANSWER_TOKENS = 64;
    private static final String ID = "\"id\":\"chatcmpl-0123456789abcdef0123456789abcdef\",\"object\":\"%s\",\"created\":1700000000,\"model\":\"" + MODEL + "\"";

    final Tape whole;
    final Tape stream;
    final Tape health = json("200 OK", "");
    final Tape models = json("200 OK", "{\"object\":\"list\",\"data\":[{\"id\":\"" + MODEL + "\",\"object\":\"model\",\"created\":1700000000,\"owned_by\":\"vllm\",\"max_model_len\":8192}]}");
    final Tape nothing = json("404 Not Found", "{\"detail\":\"Not Found\"}");

    Answers(Script script) {
        whole = json("200 OK", completion(script.answerBytes()));
        stream = Tape.of(chunks(script.chunks()));
    }

    private static Tape json(String status, String body) {
        String head = "HTTP/1.1 " + status + "\r\nserver: uvicorn\r\ncontent-type: application/json\r\ncontent-length: " + body.length() + "\r\n\r\n";
        return Tape.of(List.of(bytes(head + body)));
    }

    private static String completion(int length) {
        String before = "{" + ID.formatted("chat.completion") + ",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"";
        String after = "\"},\"logprobs\":null,\"finish_reason\":\"stop\"}]," + usage(ANSWER_TOKENS) + "}";
        return before + "x".repeat(length - before.length() - after.length()) + after;
    }

    /** The first piece is the head with the first chunk, the last one the usage with empty choices, the mark of the end and the end. */
    private static List<byte[]> chunks(int count) {
        List<byte[]> pieces = new ArrayList<>();
        String head = "HTTP/1.1 200 OK\r\nserver: uvicorn\r\ncontent-type: text/event-stream; charset=utf-8\r\ntransfer-encoding: chunked\r\n\r\n";
        for (int i = 0; i < count; i++) {
            pieces.add(bytes((i == 0 ? head : "") + chunked(content(i, count))));
        }
        String total = "data: {" + ID.formatted("chat.completion.chunk") + ",\"choices\":[]," + usage(count) + "}\n\n";
        pieces.add(bytes(chunked(total) + chunked("data: [DONE]\n\n") + "0\r\n\r\n"));
        return pieces;
    }

    private static String content(int number, int count) {
        String role = number == 0 ? "\"role\":\"assistant\"," : "";
        String finish = number == count - 1 ? "\"stop\"" : "null";
        return "data: {" + ID.formatted("chat.completion.chunk") + ",\"choices\":[{\"index\":0,\"delta\":{" + role + "\"content\":\" "
                + RunningNumbers.mark(number, count) + " \"},\"logprobs\":null,\"finish_reason\":" + finish + "}]," + usage(number + 1) + "}\n\n";
    }

    private static String usage(int answered) {
        return "\"usage\":{\"prompt_tokens\":" + PROMPT_TOKENS + ",\"total_tokens\":" + (PROMPT_TOKENS + answered) + ",\"completion_tokens\":" + answered + "}";
    }

    private static String chunked(String part) {
        return Integer.toHexString(part.length()) + "\r\n" + part + "\r\n";
    }

    private static byte[] bytes(String ascii) {
        return ascii.getBytes(StandardCharsets.US_ASCII);
    }
}
