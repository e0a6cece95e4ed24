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
        boolean chat = task == ModelTask.CHAT;
        return (switch (this) {
                    case CURL -> chat ? CURL_CHAT : CURL_EMBEDDINGS;
                    case PYTHON -> chat ? PYTHON_CHAT : PYTHON_EMBEDDINGS;
                    case JAVASCRIPT -> chat ? JAVASCRIPT_CHAT : JAVASCRIPT_EMBEDDINGS;
                    case JAVA -> JAVA_TEXT.replace("{operation}", chat ? "chat/completions" : "embeddings").replace("{body}", chat ? JAVA_CHAT : JAVA_EMBEDDINGS);
                })
                .replace("{address}", address)
                .replace("{model}", model);
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

    private static final String JAVA_CHAT = "{\"model\": \"{model}\", \"messages\": [{\"role\": \"user\", \"content\": \"Say hello in one sentence.\"}]}";

    private static final String JAVA_EMBEDDINGS = "{\"model\": \"{model}\", \"input\": [\"a sentence\", \"another one\"]}";

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
