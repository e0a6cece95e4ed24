package dev.penstock.simulators.cluster.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class PatchTest {

    private static JsonNode json(String text) {
        return Json.MAPPER.readTree(text.replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'a':1} | {'a':2} | {'a':2}",
        "{'a':1,'b':2} | {'a':null} | {'b':2}",
        "{'a':{'b':1}} | {'a':{'c':2}} | {'a':{'b':1,'c':2}}",
        "{'a':[1,2]} | {'a':[3]} | {'a':[3]}",
        "{'a':1} | {'b':{'c':null}} | {'a':1,'b':{}}"})
    void aMergePatchFollowsTheRfc(String document, String patch, String expected) {
        assertThat(MergePatch.json(json(document), json(patch))).isEqualTo(json(expected));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'a':1} | [{'op':'add','path':'/b','value':2}] | {'a':1,'b':2}",
        "{'a':[1,3]} | [{'op':'add','path':'/a/1','value':2}] | {'a':[1,2,3]}",
        "{'a':[1]} | [{'op':'add','path':'/a/-','value':2}] | {'a':[1,2]}",
        "{'a':1,'b':2} | [{'op':'remove','path':'/b'}] | {'a':1}",
        "{'a':[1,2]} | [{'op':'remove','path':'/a/0'}] | {'a':[2]}",
        "{'a/b':1,'c~d':1} | [{'op':'replace','path':'/a~1b','value':2},{'op':'remove','path':'/c~0d'}] | {'a/b':2}",
        "{'a':1} | [{'op':'move','from':'/a','path':'/b'}] | {'b':1}",
        "{'a':{'x':1}} | [{'op':'copy','from':'/a','path':'/b'}] | {'a':{'x':1},'b':{'x':1}}",
        "{'a':1} | [{'op':'test','path':'/a','value':1},{'op':'replace','path':'/a','value':2}] | {'a':2}"})
    void aJsonPatchFollowsTheRfc(String document, String patch, String expected) {
        assertThat(JsonPatch.apply(json(document), json(patch))).isEqualTo(json(expected));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "[{'op':'test','path':'/a','value':2}]", "[{'op':'remove','path':'/b'}]", "[{'op':'replace','path':'/b','value':1}]",
        "[{'op':'add','path':'/b/c','value':1}]", "[{'op':'jump','path':'/a'}]", "[{'op':'add','path':'a','value':1}]"})
    void aJsonPatchThatCannotBeCarriedOutIsRefusedWhole(String patch) {
        JsonNode document = json("{'a':1}");
        assertThatIllegalArgumentException().isThrownBy(() -> JsonPatch.apply(document, json(patch)));
        assertThat(document).isEqualTo(json("{'a':1}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        // Lists with a merge key merge by it, at every depth.
        "{'containers':[{'name':'a','image':'1'},{'name':'b'}]} | {'containers':[{'name':'a','image':'2'}]}"
            + " | {'containers':[{'name':'a','image':'2'},{'name':'b'}]}",
        "{'containers':[{'name':'a'}]} | {'containers':[{'name':'a','env':[{'name':'X','value':'1'}]}]}"
            + " | {'containers':[{'name':'a','env':[{'name':'X','value':'1'}]}]}",
        "{'containers':[{'name':'a'},{'name':'b'}]} | {'containers':[{'name':'a','$patch':'delete'}]}"
            + " | {'containers':[{'name':'b'}]}",
        // Lists without one are replaced.
        "{'args':['a','b']} | {'args':['c']} | {'args':['c']}",
        "{'finalizers':['a']} | {'finalizers':['b','a']} | {'finalizers':['a','b']}",
        "{'finalizers':['a','b']} | {'$deleteFromPrimitiveList/finalizers':['a']} | {'finalizers':['b']}",
        "{'a':{'b':1,'c':2}} | {'a':{'$patch':'replace','d':3}} | {'a':{'d':3}}",
        "{'a':{'b':1}} | {'a':{'b':null}} | {'a':{}}"})
    void aStrategicMergePatchMergesListsByKey(String document, String patch, String expected) {
        assertThat(MergePatch.strategic((ObjectNode) json(document), (ObjectNode) json(patch))).isEqualTo(json(expected));
    }
}
