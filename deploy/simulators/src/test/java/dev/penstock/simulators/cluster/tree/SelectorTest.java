package dev.penstock.simulators.cluster.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelectorTest {

    private static final Map<String, String> LABELS = Map.of("app", "web", "tier", "front", "penstock.dev/slice", "s-1");

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "app=web | true", "app==web | true", "app=api | false", "app!=api | true", "app!=web | false",
        "missing!=x | true", "app in (web,api) | true", "app in (api) | false", "missing in (a) | false",
        "app notin (api) | true", "app notin (web, api) | false", "missing notin (a) | true",
        "app | true", "missing | false", "!missing | true", "!app | false", "! app | false",
        "app=web,tier=front | true", "app=web,tier=back | false", "app in (web, api), !missing, tier | true",
        "penstock.dev/slice=s-1 | true", "penstock.dev/slice in (s-1,s-2),app=web | true", "app= | false"})
    void aLabelSelectorSelectsAsTheApiDefines(String selector, boolean selected) {
        assertThat(LabelSelector.parse(selector).matches(LABELS)).isEqualTo(selected);
    }

    @Test
    void theEmptySelectorSelectsEverything() {
        assertThat(LabelSelector.parse("").matches(LABELS)).isTrue();
        assertThat(LabelSelector.of(Json.object()).matches(Map.of())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"app in web", "app in (web", "=web", "app=web,,tier", "app web", "(a)"})
    void aSelectorThatCannotBeReadIsRefused(String selector) {
        assertThatIllegalArgumentException().isThrownBy(() -> LabelSelector.parse(selector));
    }

    @Test
    void theFormInsideObjectsSelectsTheSame() {
        LabelSelector selector = LabelSelector.of(Json.MAPPER.readTree("""
                {"matchLabels": {"app": "web"}, "matchExpressions": [
                  {"key": "tier", "operator": "In", "values": ["front", "back"]},
                  {"key": "missing", "operator": "DoesNotExist"},
                  {"key": "app", "operator": "NotIn", "values": ["api"]},
                  {"key": "tier", "operator": "Exists"}]}"""));
        assertThat(selector.matches(LABELS)).isTrue();
        assertThat(selector.matches(Map.of("app", "web"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "status.phase=Running | true", "status.phase==Running | true", "status.phase!=Running | false",
        "spec.nodeName= | true", "spec.nodeName!= | false", "status.phase=Running,spec.nodeName=gpu-01 | false"})
    void aFieldSelectorComparesFields(String selector, boolean selected) {
        Set<String> allowed = Set.of("status.phase", "spec.nodeName");
        assertThat(FieldSelector.parse(selector, allowed).matches(
                Json.MAPPER.readTree("{\"status\": {\"phase\": \"Running\"}, \"spec\": {}}"))).isEqualTo(selected);
    }

    @Test
    void aFieldThatCannotBeSelectedByIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> FieldSelector.parse("spec.image=a", Set.of("status.phase")))
                .withMessage("field label not supported: spec.image");
    }
}
