package dev.penstock.ui.playground;

import dev.penstock.ui.backend.ModelCall;
import dev.penstock.ui.base.CallExample;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * A call as a program, ready to run once the key is in the environment. What was said is put into each language's own quotes, whatever it is. JSON's
 * strings are strings of Python and JavaScript too.
 */
final class CallCode {

    private static final JsonMapper JSON = new JsonMapper();

    private CallCode() {}

    static String of(CallExample language, ModelCall call) {
        return switch (language) {
            case CURL -> curl(call);
            case PYTHON -> python(call);
            case JAVASCRIPT -> javascript(call);
            case JAVA -> java(call);
        };
    }

    /** The client that a language's program uses. */
    static String client(CallExample language) {
        return switch (language) {
            case CURL -> "curl, in a shell";
            case PYTHON -> "with the package openai";
            case JAVASCRIPT -> "with the package openai";
            case JAVA -> "with java.net.http, no library";
        };
    }

    private static String curl(ModelCall call) {
        return """
                curl -N %s/chat/completions \\
                  -H "Authorization: Bearer $PENSTOCK_KEY" \\
                  -H "Content-Type: application/json" \\
                  -d '%s'""".formatted(call.gateway(), body(call).replace("'", "'\\''"));
    }

    private static String python(ModelCall call) {
        return """
                import os
                from openai import OpenAI

                client = OpenAI(base_url=%s, api_key=os.environ["PENSTOCK_KEY"])
                stream = client.chat.completions.create(
                    model=%s,
                    messages=[
                %s
                    ],
                %s    stream=True,
                )
                for chunk in stream:
                    if chunk.choices:
                        print(chunk.choices[0].delta.content or "", end="", flush=True)"""
                .formatted(
                        quoted(call.gateway().toString()), quoted(call.model()), messages(call, "        {\"role\": %s, \"content\": %s},", "\n"),
                        settings(call, "    temperature=%s,\n", "    max_tokens=%s,\n"));
    }

    private static String javascript(ModelCall call) {
        return """
                import OpenAI from "openai";

                const client = new OpenAI({ baseURL: %s, apiKey: process.env.PENSTOCK_KEY });
                const stream = await client.chat.completions.create({
                  model: %s,
                  messages: [
                %s
                  ],
                %s  stream: true,
                });
                for await (const chunk of stream) process.stdout.write(chunk.choices[0]?.delta?.content ?? "");"""
                .formatted(
                        quoted(call.gateway().toString()), quoted(call.model()), messages(call, "    { role: %s, content: %s },", "\n"),
                        settings(call, "  temperature: %s,\n", "  max_tokens: %s,\n"));
    }

    private static String java(ModelCall call) {
        return """
                import java.net.URI;
                import java.net.http.*;

                void main() throws Exception {
                    var body = \"""
                %s\""";
                    var request = HttpRequest.newBuilder(URI.create("%s/chat/completions"))
                            .header("Authorization", "Bearer " + System.getenv("PENSTOCK_KEY"))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build();
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofLines()).body()
                            .filter(line -> line.startsWith("data: "))
                            .forEach(IO::println);
                }""".formatted(textBlock(body(call)).indent(12).stripTrailing(), call.gateway());
    }

    private static String body(ModelCall call) {
        return """
                {"model": %s,
                 "messages": [%s],
                %s "stream": true}"""
                .formatted(
                        quoted(call.model()), messages(call, "{\"role\": %s, \"content\": %s}", ",\n              "),
                        settings(call, " \"temperature\": %s,\n", " \"max_tokens\": %s,\n"));
    }

    private static String messages(ModelCall call, String form, String between) {
        return call.messages().stream().map(message -> form.formatted(quoted(message.role().word()), quoted(message.text()))).collect(Collectors.joining(between));
    }

    private static String settings(ModelCall call, String temperature, String maxTokens) {
        return (call.temperature() == null ? "" : temperature.formatted(call.temperature().toPlainString()))
                + (call.maxTokens() == null ? "" : maxTokens.formatted(call.maxTokens()));
    }

    private static String quoted(String text) {
        return JSON.writeValueAsString(text);
    }

    /** A backslash would begin an escape of Java's. Three quotes, which would end the block, never follow each other in JSON. */
    private static String textBlock(String json) {
        return json.replace("\\", "\\\\");
    }
}
