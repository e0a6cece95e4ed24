package dev.penstock.quota.gateway.responses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.quota.gateway.wire.Refusal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class ResponsesCallTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** With single quotes for double ones. */
    private static String chat(String members) {
        return new String(ResponsesCall.translate(("{'model':'m'," + members + "}").replace('\'', '"').getBytes(StandardCharsets.UTF_8)).chat(), StandardCharsets.UTF_8).replace('"', '\'');
    }

    private static void isSaid(String members, String asChat) {
        assertThat(JSON.readTree(chat(members).replace('\'', '"'))).isEqualTo(JSON.readTree(("{'model':'m'," + asChat + "}").replace('\'', '"')));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            'input':'Hi'                                                  | 'messages':[{'role':'user','content':'Hi'}]
            'input':'Hi','instructions':'Be brief.'                       | 'messages':[{'role':'system','content':'Be brief.'},{'role':'user','content':'Hi'}]
            'input':[{'role':'developer','content':'D'},{'type':'message','role':'user','content':[{'type':'input_text','text':'a'},{'type':'input_text','text':'b'}]}] | 'messages':[{'role':'system','content':'D'},{'role':'user','content':'a\\n\\nb'}]
            'input':[{'role':'user','content':[{'type':'input_text','text':'What?'},{'type':'input_image','image_url':'data:x','detail':'low'}]}] | 'messages':[{'role':'user','content':[{'type':'text','text':'What?'},{'type':'image_url','image_url':{'url':'data:x','detail':'low'}}]}]
            'input':'Hi','max_output_tokens':7,'temperature':0.10,'seed':12345678901234567890 | 'messages':[{'role':'user','content':'Hi'}],'max_tokens':7,'temperature':0.10,'seed':12345678901234567890
            'input':'Hi','store':false,'background':null,'previous_response_id':null,'metadata':{'a':'b'},'include':['reasoning.encrypted_content'],'truncation':'disabled' | 'messages':[{'role':'user','content':'Hi'}]
            'input':'Hi','reasoning':{'effort':'low','summary':'auto'},'x':1 | 'messages':[{'role':'user','content':'Hi'}],'reasoning_effort':'low','x':1
            'input':'Hi','text':{'format':{'type':'json_schema','name':'n','schema':{'type':'object'},'strict':true},'verbosity':'low'} | 'messages':[{'role':'user','content':'Hi'}],'response_format':{'type':'json_schema','json_schema':{'name':'n','schema':{'type':'object'},'strict':true}}
            'input':'Hi','tools':[{'type':'function','name':'f','parameters':{},'strict':null}],'tool_choice':{'type':'function','name':'f'} | 'messages':[{'role':'user','content':'Hi'}],'tools':[{'type':'function','function':{'name':'f','parameters':{}}}],'tool_choice':{'type':'function','function':{'name':'f'}}
            'input':'Hi','tools':[],'tool_choice':'auto'                  | 'messages':[{'role':'user','content':'Hi'}],'tool_choice':'auto'
            """)
    void whatIsAskedIsSaidAsChat(String response, String asChat) {
        isSaid(response, asChat);
    }

    @Test
    void whatWasSaidWithToolsBecomesTheMessagesOfOneTurn() {
        isSaid("'input':[{'role':'user','content':'W?'},{'type':'reasoning','id':'rs_1','summary':[]},"
                        + "{'type':'message','role':'assistant','content':[{'type':'output_text','text':'I look.','annotations':[]}]},"
                        + "{'type':'function_call','call_id':'c1','name':'f','arguments':'{}'},{'type':'function_call','call_id':'c2','name':'g','arguments':''},"
                        + "{'type':'function_call_output','call_id':'c1','output':'Sun'},{'type':'function_call_output','call_id':'c2','output':[{'type':'input_text','text':'Rain'}]}]",
                "'messages':[{'role':'user','content':'W?'},{'role':'assistant','content':'I look.','tool_calls':["
                        + "{'id':'c1','type':'function','function':{'name':'f','arguments':'{}'}},{'id':'c2','type':'function','function':{'name':'g','arguments':''}}]},"
                        + "{'role':'tool','tool_call_id':'c1','content':'Sun'},{'role':'tool','tool_call_id':'c2','content':'Rain'}]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            'input':'Hi','store':true                                     | store
            'input':'Hi','background':true                                | background
            'input':'Hi','previous_response_id':'resp_1'                  | previous_response_id
            'input':'Hi','conversation':'conv_1'                          | conversation
            'input':'Hi','prompt':{'id':'pmpt_1'}                         | prompt
            'input':'Hi','tools':[{'type':'web_search'}]                  | tools
            'input':'Hi','tools':[{'type':'mcp','server_url':'http://x'}] | tools
            'input':'Hi','tool_choice':{'type':'allowed_tools'}           | tool_choice
            'input':'Hi','include':['file_search_call.results']           | include
            'input':'Hi','truncation':'auto'                              | truncation
            'input':'Hi','top_logprobs':3                                 | top_logprobs
            'input':'Hi','max_tokens':3                                   | max_tokens
            'input':'Hi','messages':[]                                    | messages
            'input':'Hi','n':2                                            | n
            'input':[]                                                    | input
            'input':7                                                     | input
            'x':7                                                         | input
            'input':[{'type':'item_reference','id':'msg_1'}]              | input
            'input':[{'type':'computer_call'}]                            | input
            'input':[{'role':'tool','content':'x'}]                       | input
            'input':[{'role':'user','content':[{'type':'input_file','file_id':'f'}]}] | input
            'input':[{'role':'user','content':[{'type':'input_image','file_id':'f'}]}] | input
            'input':'Hi','instructions':['a']                             | instructions
            'input':'Hi','text':{'format':{'type':'grammar'}}             | text.format
            """)
    void whatCannotBeSaidOrKeptIsRefusedByName(String members, String field) {
        assertThatThrownBy(() -> chat(members)).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.error().status()).isEqualTo(400);
            assertThat(refusal.error().param()).isEqualTo(field);
        });
    }

    @Test
    void aMemberTwiceIsNoCall() {
        assertThatThrownBy(() -> chat("'input':'a','input':'b'")).isInstanceOf(Refusal.class).hasMessageContaining("We could not read the body as JSON");
    }
}
