package dev.penstock.bench.canary;

/**
 * What an engine was asked, and what it says to that, as vLLM writes it.
 *
 * @param key with which the gateway has identified itself
 */
record Ask(String path, boolean streamed, Words words, String key) {

    private static final String ID = "{'id':'c','created':1700000000,'model':'m',";
    private static final int PROMPT = 20;
    private static final String MESSAGES = "/v1/messages";

    String whole() {
        return quoted(switch (path) {
            case "/v1/embeddings" -> ID
                    + "'object':'list','data':[{'object':'embedding','index':0,'embedding':[0.5,0.25]}],'usage':{'prompt_tokens':20,'total_tokens':20}}";
            case "/v1/rerank" -> "{'id':'r','model':'m','results':[{'index':1,'document':{'text':'" + words.answer().text() + "'},'relevance_score':0.5}],'usage':{'total_tokens':20}}";
            case "/v1/completions" -> ID + "'object':'text_completion','choices':[{'index':0,'text':'"
                    + words.answer().text() + "','finish_reason':'stop'}]," + usage(2) + "}";
            case MESSAGES -> "{'id':'m','type':'message','role':'assistant','model':'m','content':[{'type':'text','text':'" + words.answer().text()
                    + "'},{'type':'tool_use','id':'t2','name':'look','input':{'a':'" + words.tool().text() + "'}}],'stop_reason':'tool_use','stop_sequence':null,"
                    + "'usage':{'input_tokens':20,'output_tokens':2}}";
            case "/v1/messages/count_tokens" -> "{'input_tokens':20}";
            case "/tokenize" -> "{'count':20,'max_model_len':8192,'tokens':[1,2]}";
            default -> ID + "'object':'chat.completion','choices':[{'index':0,'message':{'role':'assistant','content':'" + words.answer().text() + "'," + call()
                    + "},'finish_reason':'tool_calls'}]," + usage(2) + "}";
        });
    }

    String chunk(int number) {
        if (path.equals(MESSAGES)) {
            return theirChunk(number);
        }
        String role = number == 1 ? "'role':'assistant'," : "";
        return quoted("data: " + ID + "'object':'chat.completion.chunk','choices':[{'index':0,'delta':{" + role + "'content':'" + words.answer().text()
                + " '},'finish_reason':null}]," + usage(number) + "}\n\n");
    }

    /** A call of a tool, and what all of it was. */
    String last(int chunks) {
        if (path.equals(MESSAGES)) {
            return events("{'type':'content_block_stop','index':0}", "{'type':'content_block_start','index':1,'content_block':{'type':'tool_use','id':'t2','name':'look','input':{}}}",
                    "{'type':'content_block_delta','index':1,'delta':{'type':'input_json_delta','partial_json':'{\\'a\\': \\'" + words.tool().text() + "\\'}'}}",
                    "{'type':'content_block_stop','index':1}",
                    "{'type':'message_delta','delta':{'stop_reason':'tool_use','stop_sequence':null},'usage':{'output_tokens':" + chunks + "}}", "{'type':'message_stop'}");
        }
        return quoted("data: " + ID + "'object':'chat.completion.chunk','choices':[{'index':0,'delta':{" + call() + "},'finish_reason':'tool_calls'}],"
                + usage(chunks) + "}\n\ndata: " + ID + "'object':'chat.completion.chunk','choices':[]," + usage(chunks) + "}\n\ndata: [DONE]\n\n");
    }

    private String theirChunk(int number) {
        String text = "{'type':'content_block_delta','index':0,'delta':{'type':'text_delta','text':'" + words.answer().text() + " '}}";
        return number == 1
                ? events("{'type':'message_start','message':{'id':'m','type':'message','role':'assistant','model':'m','content':[],'stop_reason':null,'stop_sequence':null,"
                        + "'usage':{'input_tokens':20,'output_tokens':1}}}", "{'type':'content_block_start','index':0,'content_block':{'type':'text','text':''}}", text)
                : events(text);
    }

    /** Each has its type as its name too. */
    private static String events(String... events) {
        StringBuilder all = new StringBuilder();
        for (String event : events) {
            String type = event.substring("{'type':'".length(), event.indexOf('\'', "{'type':'".length()));
            all.append("event: ").append(type).append("\ndata: ").append(quoted(event)).append("\n\n");
        }
        return all.toString();
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
