package dev.penstock.ui.base;

import dev.penstock.contract.ModelTask;

/** How a program calls a model: ready to run, once the key is in the environment. */
public enum CallExample {
    CURL("curl"),
    PYTHON("Python"),
    JAVASCRIPT("JavaScript"),
    JAVA("Java");

    /** Where programs find the key. */
    public static final String KEY_VARIABLE = "PENSTOCK_KEY";

    private final String title;

    CallExample(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    /** @param address up to and including {@code /v1} */
    public String text(String address, String model, ModelTask task) {
        return (switch (task) {
                    case CHAT -> chat();
                    case EMBEDDINGS -> embeddings();
                    case RERANK -> rerank();
                })
                .replace("{address}", address)
                .replace("{model}", model);
    }

    private String chat() {
        return switch (this) {
            case CURL -> CURL_CHAT;
            case PYTHON -> PYTHON_CHAT;
            case JAVASCRIPT -> JAVASCRIPT_CHAT;
            case JAVA -> java("chat/completions", JAVA_CHAT);
        };
    }

    private String embeddings() {
        return switch (this) {
            case CURL -> CURL_EMBEDDINGS;
            case PYTHON -> PYTHON_EMBEDDINGS;
            case JAVASCRIPT -> JAVASCRIPT_EMBEDDINGS;
            case JAVA -> java("embeddings", JAVA_EMBEDDINGS);
        };
    }

    /** OpenAI's clients have no method for it, but one for whatever they do not know. */
    private String rerank() {
        return switch (this) {
            case CURL -> CURL_RERANK;
            case PYTHON -> PYTHON_RERANK;
            case JAVASCRIPT -> JAVASCRIPT_RERANK;
            case JAVA -> java("rerank", JAVA_RERANK);
        };
    }

    private static String java(String operation, String body) {
        return JAVA_TEXT.replace("{operation}", operation).replace("{body}", body);
    }

    /** With a key that was just made, in a shell: the one moment at which it is known. */
    public static String withKey(String address, String model, ModelTask task, String secret) {
        return CURL.text(address, model, task).replace("$" + KEY_VARIABLE, secret);
    }

    private static final String CURL_CHAT =
            """
            curl {address}/chat/completions \\
              -H "Authorization: Bearer $PENSTOCK_KEY" \\
              -H "Content-Type: application/json" \\
              -d '{"model": "{model}", "stream": true,
                   "messages": [{"role": "user", "content": "Say hello in one sentence."}]}'""";

    private static final String CURL_EMBEDDINGS =
            """
            curl {address}/embeddings \\
              -H "Authorization: Bearer $PENSTOCK_KEY" \\
              -H "Content-Type: application/json" \\
              -d '{"model": "{model}", "input": ["a sentence", "another one"]}'""";

    private static final String CURL_RERANK =
            """
            curl {address}/rerank \\
              -H "Authorization: Bearer $PENSTOCK_KEY" \\
              -H "Content-Type: application/json" \\
              -d '{"model": "{model}", "query": "What drives a turbine?",
                   "documents": ["Water from a penstock.", "A quiet pond."]}'""";

    private static final String PYTHON_CHAT =
            """
            import os
            from openai import OpenAI

            client = OpenAI(base_url="{address}", api_key=os.environ["PENSTOCK_KEY"])
            answer = client.chat.completions.create(
                model="{model}",
                messages=[{"role": "user", "content": "Say hello in one sentence."}],
            )
            print(answer.choices[0].message.content)""";

    private static final String PYTHON_EMBEDDINGS =
            """
            import os
            from openai import OpenAI

            client = OpenAI(base_url="{address}", api_key=os.environ["PENSTOCK_KEY"])
            answer = client.embeddings.create(model="{model}", input=["a sentence", "another one"])
            print(len(answer.data[0].embedding))""";

    private static final String PYTHON_RERANK =
            """
            import os
            import httpx
            from openai import OpenAI

            client = OpenAI(base_url="{address}", api_key=os.environ["PENSTOCK_KEY"])
            answer = client.post("/rerank", cast_to=httpx.Response, body={
                "model": "{model}",
                "query": "What drives a turbine?",
                "documents": ["Water from a penstock.", "A quiet pond."],
            })
            print(answer.json()["results"])""";

    private static final String JAVASCRIPT_CHAT =
            """
            import OpenAI from "openai";

            const client = new OpenAI({ baseURL: "{address}", apiKey: process.env.PENSTOCK_KEY });
            const answer = await client.chat.completions.create({
              model: "{model}",
              messages: [{ role: "user", content: "Say hello in one sentence." }],
            });
            console.log(answer.choices[0].message.content);""";

    private static final String JAVASCRIPT_EMBEDDINGS =
            """
            import OpenAI from "openai";

            const client = new OpenAI({ baseURL: "{address}", apiKey: process.env.PENSTOCK_KEY });
            const answer = await client.embeddings.create({ model: "{model}", input: ["a sentence", "another one"] });
            console.log(answer.data[0].embedding.length);""";

    private static final String JAVASCRIPT_RERANK =
            """
            import OpenAI from "openai";

            const client = new OpenAI({ baseURL: "{address}", apiKey: process.env.PENSTOCK_KEY });
            const answer = await client.post("/rerank", {
              body: {
                model: "{model}",
                query: "What drives a turbine?",
                documents: ["Water from a penstock.", "A quiet pond."],
              },
            });
            console.log(answer.results);""";

    private static final String JAVA_CHAT = "{\"model\": \"{model}\", \"messages\": [{\"role\": \"user\", \"content\": \"Say hello in one sentence.\"}]}";

    private static final String JAVA_EMBEDDINGS = "{\"model\": \"{model}\", \"input\": [\"a sentence\", \"another one\"]}";

    private static final String JAVA_RERANK =
            "{\"model\": \"{model}\", \"query\": \"What drives a turbine?\", \"documents\": [\"Water from a penstock.\", \"A quiet pond.\"]}";

    private static final String JAVA_TEXT =
            """
            import java.net.URI;
            import java.net.http.*;

            void main() throws Exception {
                var body = \"""
                    {body}\""";
                var request = HttpRequest.newBuilder(URI.create("{address}/{operation}"))
                        .header("Authorization", "Bearer " + System.getenv("PENSTOCK_KEY"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
                var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
                System.out.println(answer.body());
            }""";
}
