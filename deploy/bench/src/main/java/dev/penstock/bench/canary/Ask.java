package dev.penstock.bench.canary;

/**
 * What an engine was asked, and what it says to that, as vLLM writes it.
 *
 * @param key with which the gateway has identified itself
 */
record Ask(String path, boolean streamed, Words words, String key) {

    private static final String ID = "{'id':'c','created':1700000000,'model':'m',";
    private static final int PROMPT = 20;

    String whole() {
        return quoted(switch (path) {
            case "/v1/embeddings" -> ID
                    + "'object':'list','data':[{'object':'embedding','index':0,'embedding':[0.5,0.25]}],'usage':{'prompt_tokens':20,'total_tokens':20}}";
            case "/v1/rerank" -> "{'id':'r','model':'m','results':[{'index':1,'document':{'text':'" + words.answer().text() + "'},'relevance_score':0.5}],'usage':{'total_tokens':20}}";
            case "/v1/completions" -> ID + "'object':'text_completion','choices':[{'index':0,'text':'"
                    + words.answer().text() + "','finish_reason':'stop'}]," + usage(2) + "}";
            case "/tokenize" -> "{'count':20,'max_model_len':8192,'tokens':[1,2]}";
            default -> ID + "'object':'chat.completion','choices':[{'index':0,'message':{'role':'assistant','content':'" + words.answer().text() + "'," + call()
                    + "},'finish_reason':'tool_calls'}]," + usage(2) + "}";
        });
    }

    String chunk(int number) {
        String role = number == 1 ? "'role':'assistant'," : "";
        return quoted("data: " + ID + "'object':'chat.completion.chunk','choices':[{'index':0,'delta':{" + role + "'content':'" + words.answer().text()
                + " '},'finish_reason':null}]," + usage(number) + "}\n\n");
    }

    /** A call of a tool, and what all of it was. */
    String last(int chunks) {
        return quoted("data: " + ID + "'object':'chat.completion.chunk','choices':[{'index':0,'delta':{" + call() + "},'finish_reason':'tool_calls'}],"
                + usage(chunks) + "}\n\ndata: " + ID + "'object':'chat.completion.chunk','choices':[]," + usage(chunks) + "}\n\ndata: [DONE]\n\n");
    }

    /** As bad as it gets: it quotes what it was asked and with which key, and what it wanted to say. */
    String error() {
        return quoted("{'error':{'message':'cannot do <" + words.prompt().text() + "> with " + words.tool().text()
                + ", thought of " + words.answer().text() + ", for " + key + "','type':'" + words.answer().text() + "','code':400}}");
    }

    private String call() {
        return "'tool_calls':[{'index':0,'id':'t2','type':'function',"
                + "'function':{'name':'look','arguments':'{\\'a\\': \\'" + words.tool().text() + "\\'}'}}]";
    }

    private static String usage(int answered) {
        return "'usage':{'prompt_tokens':" + PROMPT + ",'total_tokens':" + (PROMPT + answered) + ",'completion_tokens':" + answered + "}";
    }

    private static String quoted(String json) {
        return json.replace('\'', '"');
    }
}
