package dev.penstock.simulators.cluster.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ApplyTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private static ObjectNode json(String text) {
        return (ObjectNode) Json.MAPPER.readTree(text.replace('\'', '"'));
    }

    private static Author author(String manager) {
        return new Author(manager, "", NOW);
    }

    private static ObjectNode apply(@Nullable ObjectNode live, String manager, String wanted) {
        return Apply.merge(live, json(wanted), author(manager), false);
    }

    private static ObjectNode update(ObjectNode live, String manager, String fresh) {
        ObjectNode after = json(fresh);
        Ownership.update(live, after, author(manager));
        return after;
    }

    /** Who owns what, without the times. */
    private static String owners(ObjectNode object) {
        StringBuilder text = new StringBuilder();
        for (ObjectNode entry : Json.objects(object, "metadata", "managedFields")) {
            text.append(text.isEmpty() ? "" : " ").append(Json.text(entry, "manager")).append(':')
                    .append(Json.text(entry, "operation")).append(FieldSet.read(entry.path("fieldsV1")));
        }
        return text.toString();
    }

    private static ObjectNode bare(ObjectNode object) {
        ObjectNode bare = object.deepCopy();
        bare.remove("metadata");
        return bare;
    }

    @Test
    void anApplierOwnsExactlyWhatItStates() {
        ObjectNode object = apply(null, "a", """
                {'apiVersion':'v1','kind':'Pod','metadata':{'name':'p','labels':{'x':'1'}},
                 'spec':{'containers':[{'name':'c','image':'i','args':['1','2'],'ports':[{'containerPort':80}]}]}}""");

        JsonNode entry = Json.at(object, "metadata", "managedFields").path(0);
        assertThat(Json.text(entry, "operation")).isEqualTo("Apply");
        assertThat(Json.text(entry, "time")).isEqualTo("2026-03-01T12:00:00Z");
        assertThat(entry.path("fieldsV1")).isEqualTo(Json.MAPPER.readTree("""
                {"f:metadata": {"f:labels": {"f:x": {}}},
                 "f:spec": {"f:containers": {"k:{\\"name\\":\\"c\\"}": {".": {}, "f:args": {}, "f:image": {}, "f:name": {},
                   "f:ports": {"k:{\\"containerPort\\":80,\\"protocol\\":\\"TCP\\"}": {".": {}, "f:containerPort": {}}}}}}}"""));
    }

    /** Applies in the order of the columns: first a, then b, then a again; what is left, or the field in conflict. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        // What an applier no longer states goes, unless another owns it, too.
        "{'spec':{'x':1,'y':1}} | {'spec':{'z':1}} | {'spec':{'x':1}} | {'spec':{'x':1,'z':1}}",
        "{'spec':{'x':1,'y':1}} | {'spec':{'y':1}} | {'spec':{'x':1}} | {'spec':{'x':1,'y':1}}",
        "{'data':{'k':'1'}} | {'spec':{'z':1}} | {'spec':{'w':1}} | {'spec':{'z':1,'w':1}}",
        // Items of keyed lists come and go as items; those of others stay.
        "{'containers':[{'name':'a','image':'1'}]} | {'containers':[{'name':'b','image':'2'}]} | {'containers':[]}"
            + " | {'containers':[{'name':'b','image':'2'}]}",
        "{'containers':[{'name':'a','image':'1','tty':true}]} | {'containers':[{'name':'a','tty':true}]}"
            + " | {'containers':[{'name':'a','image':'1'}]} | {'containers':[{'name':'a','image':'1','tty':true}]}",
        "{'containers':[{'name':'a','env':[{'name':'X','value':'1'},{'name':'Y','value':'1'}]}]} | {'spec':{'z':1}}"
            + " | {'containers':[{'name':'a','env':[{'name':'Y','value':'1'}]}]}"
            + " | {'containers':[{'name':'a','env':[{'name':'Y','value':'1'}]}],'spec':{'z':1}}",
        // Atomic lists are one value.
        "{'args':['1','2']} | {'spec':{'z':1}} | {'args':['3']} | {'args':['3'],'spec':{'z':1}}",
        // To state what is already so is to own it together.
        "{'spec':{'x':1}} | {'spec':{'x':1}} | {'spec':{}} | {'spec':{'x':1}}"})
    void whatIsLeftAfterThreeApplies(String first, String second, String third, String expected) {
        ObjectNode object = apply(null, "a", first);
        object = apply(object, "b", second);
        object = apply(object, "a", third);

        assertThat(bare(object)).isEqualTo(json(expected));
    }

    @Test
    void aFieldAnotherOwnsIsAConflictThatNamesBoth() {
        ObjectNode live = apply(null, "a", "{'spec':{'containers':[{'name':'c','image':'1'}],'replicas':2}}");

        assertThatExceptionOfType(ApplyConflict.class)
                .isThrownBy(() -> apply(live, "b", "{'spec':{'containers':[{'name':'c','image':'2'}]}}"))
                .withMessage("Apply failed with 1 conflict: conflict with \"a\": .spec.containers[name=\"c\"].image");
        assertThatExceptionOfType(ApplyConflict.class)
                .isThrownBy(() -> apply(live, "b", "{'spec':{'containers':[{'name':'c','image':'2'}],'replicas':3}}"))
                .withMessage("Apply failed with 2 conflicts: conflicts with \"a\":\n"
                        + "- .spec.containers[name=\"c\"].image\n- .spec.replicas");
    }

    @Test
    void aForcedApplyTakesTheFieldAwayFromItsOwner() {
        ObjectNode live = apply(null, "a", "{'spec':{'x':1,'y':1}}");

        ObjectNode forced = Apply.merge(live, json("{'spec':{'x':2}}"), author("b"), true);

        assertThat(bare(forced)).isEqualTo(json("{'spec':{'x':2,'y':1}}"));
        assertThat(owners(forced)).isEqualTo("a:Apply[.spec.y] b:Apply[.spec.x]");
    }

    @Test
    void anUpdateTakesWhatItChangesAndTheNextApplyOfThatIsAConflict() {
        ObjectNode live = apply(null, "a", "{'apiVersion':'v1','spec':{'x':1,'y':1}}");

        ObjectNode updated = update(live, "editor", "{'apiVersion':'v1','spec':{'x':2,'y':1},"
                + "'metadata':" + live.path("metadata") + "}");

        assertThat(owners(updated)).isEqualTo("a:Apply[.spec.y] editor:Update[.spec.x]");
        assertThatExceptionOfType(ApplyConflict.class).isThrownBy(() -> apply(updated, "a", "{'spec':{'x':1,'y':1}}"))
                .withMessage("Apply failed with 1 conflict: conflict with \"editor\" using v1 at 2026-03-01T12:00:00Z: .spec.x");
        // Leaving it out gives it up without removing it: it is the editor's now.
        assertThat(bare(apply(updated, "a", "{'spec':{'y':1}}")).path("spec")).isEqualTo(json("{'x':2,'y':1}"));
    }

    @Test
    void anItemOthersStillOwnAPartOfKeepsItsKey() {
        ObjectNode live = apply(null, "a", "{'containers':[{'name':'c','image':'1','tty':false}]}");
        ObjectNode updated = update(live, "editor", "{'containers':[{'name':'c','image':'1','tty':true}],"
                + "'metadata':" + live.path("metadata") + "}");

        assertThat(bare(apply(updated, "a", "{'spec':{'x':1}}")))
                .isEqualTo(json("{'containers':[{'name':'c','tty':true}],'spec':{'x':1}}"));
    }

    @Test
    void whatAnUpdateRemovesIsNobodys() {
        ObjectNode live = apply(null, "a", "{'apiVersion':'v1','spec':{'x':1,'y':1}}");

        ObjectNode updated = update(live, "editor", "{'apiVersion':'v1','spec':{'y':1}}");

        assertThat(owners(updated)).isEqualTo("a:Apply[.spec.y]");
    }

    @Test
    void applyingTheSameAgainChangesNothingAtAll() {
        String wanted = "{'metadata':{'labels':{'l':'1'}},'spec':{'containers':[{'name':'c','ports':[{'containerPort':1}]}]}}";
        ObjectNode once = apply(null, "a", wanted);
        ObjectNode again = Apply.merge(once, json(wanted), new Author("a", "", NOW.plusSeconds(60)), false);

        assertThat(again).isEqualTo(once);
    }

    @Test
    void anApplyToTheObjectLeavesTheStatusAloneAndTheOtherWayRound() {
        ObjectNode live = apply(null, "a", "{'spec':{'x':1},'status':{'phase':'no'}}");
        assertThat(live.has("status")).isFalse();

        ObjectNode withStatus = Apply.merge(live, json("{'spec':{'x':9},'status':{'phase':'yes'}}"),
                new Author("a", "status", NOW), false);

        assertThat(bare(withStatus)).isEqualTo(json("{'spec':{'x':1},'status':{'phase':'yes'}}"));
        assertThat(Json.at(withStatus, "metadata", "managedFields")).hasSize(2);
    }

    @Test
    void anItemOfAKeyedListWithoutItsKeyIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> apply(null, "a", "{'containers':[{'image':'i'}]}"))
                .withMessage("associative list with keys has an element that omits key field \"name\"");
    }

    @Test
    void managedFieldsAreReadBackAsTheyWereWritten() {
        ObjectNode object = apply(null, "a", """
                {'metadata':{'labels':{'app.kubernetes.io/name':'x'},'finalizers':['one','two']},
                 'spec':{'containers':[{'name':'c','env':[{'name':'E','value':'v'}]}],'selector':{'a':'b'}}}""");
        FieldSet set = FieldSet.read(Json.at(object, "metadata", "managedFields").path(0).path("fieldsV1"));

        assertThat(FieldSet.read(set.write())).isEqualTo(set);
        assertThat(set.toString()).contains(".metadata.finalizers[=\"one\"]", ".metadata.labels.app.kubernetes.io/name",
                ".spec.containers[name=\"c\"].env[name=\"E\"].value", ".spec.selector");
        assertThat(set.toString()).doesNotContain(".spec.selector.a");
    }
}
