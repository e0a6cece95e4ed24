package dev.penstock.ui.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.penstock.contract.KeyId;
import dev.penstock.contract.Problem;
import dev.penstock.contract.quota.KeyOperation;
import dev.penstock.contract.quota.KeySecret;
import dev.penstock.contract.quota.KeyView;
import dev.penstock.ui.backend.BackendProblem;
import dev.penstock.ui.fakes.Ids;
import dev.penstock.ui.fakes.Persona;
import dev.penstock.ui.fakes.ScreenTest;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeysViewTest extends ScreenTest {

    private void name(String name) {
        test(find(TextField.class).withLabel("Name").single()).setValue(name);
    }

    private KeyView made(String name) {
        return services.models.keys.values().stream().filter(key -> key.name().equals(name)).findFirst().orElseThrow();
    }

    @Test
    void activeKeysAreListedWithTheirUseAndOthersOnDemand() {
        open(Persona.SCIENTIST, "keys");
        assertThat(screen())
                .contains("Active notebook psk_3h8r2w6t1b5n0c4…", "all of its project", "3 min ago")
                .contains("Ends soon batch-eu", "Summaries of the night, on the batch machines", "research-vision/summarise-7b", "for chat, models", "from 10.2.0.0/16, 192.0.2.7/32", "12 d")
                .doesNotContain("old-laptop", "pilot");

        follow("All");
        assertThat(screen()).contains("Revoked old-laptop", "Expired pilot");
    }

    @Test
    void theSecretIsShownOnceAndIsGoneWhenTheDialogIsClosed() {
        open(Persona.SCIENTIST, "keys?do=new");
        name("nightly");

        click("Make the key");

        String secret = made("nightly").start() + "_onlyeverseenonceonlyeverseenonce";
        assertThat(page()).contains("It is shown this once and never again.", secret, "Authorization: Bearer " + secret, "https://models.example.org/v1");

        click("Close; I have copied it");
        assertThat(page()).doesNotContain("onlyeverseenonce").contains("nightly");
        assertThat(made("nightly").expiresAt()).isEqualTo(scenario.instant().plus(Duration.ofDays(90)));
        assertThat(made("nightly").models()).isNull();
        assertThat(made("nightly").operations()).isNull();
        assertThat(made("nightly").networks()).isNull();
        assertThat(made("nightly").purpose()).isNull();
    }

    @Test
    void aKeyForSomeModelsMayCallThoseAlone() {
        open(Persona.SCIENTIST, "keys?do=new");
        name("narrow");
        @SuppressWarnings("unchecked")
        CheckboxGroup<String> models = find(CheckboxGroup.class).withLabel("May call").single();
        models.setValue(Set.of("research-vision/summarise-7b"));

        click("Make the key");

        assertThat(made("narrow").models()).containsExactly("research-vision/summarise-7b");
        assertThat(page()).contains("\"model\": \"research-vision/summarise-7b\"");
    }

    @Test
    void aKeyForAnAliasCallsByIt() {
        open(Persona.SCIENTIST, "keys?do=new");
        name("by-alias");
        @SuppressWarnings("unchecked")
        CheckboxGroup<String> models = find(CheckboxGroup.class).withLabel("May call").single();
        models.setValue(Set.of("chat-default"));

        click("Make the key");

        assertThat(made("by-alias").models()).containsExactly("chat-default");
        assertThat(page()).contains("\"model\": \"chat-default\"");
    }

    @Test
    void aKeyIsForWhatIsTickedFromWhereItSaysAndSaysWhy() {
        open(Persona.SCIENTIST, "keys?do=new");
        name("narrow");
        @SuppressWarnings("unchecked")
        CheckboxGroup<KeyOperation> operations = find(CheckboxGroup.class).withLabel("For").single();
        operations.setValue(Set.of(KeyOperation.MODELS, KeyOperation.CHAT));
        test(find(TextArea.class).withLabel("From").single()).setValue(" 10.2.0.0/16\n\n2001:db8::7 ");
        test(find(TextField.class).withLabel("Purpose").single()).setValue("the night's batch ");

        click("Make the key");

        assertThat(made("narrow").operations()).containsExactly("chat", "models");
        assertThat(made("narrow").networks()).containsExactly("10.2.0.0/16", "2001:db8::7");
        assertThat(made("narrow").purpose()).isEqualTo("the night's batch");
    }

    @Test
    void aNameIsNeeded() {
        open(Persona.SCIENTIST, "keys?do=new");

        click("Make the key");

        assertThat(find(TextField.class).withLabel("Name").single().getErrorMessage()).isEqualTo("Give it a name.");
        assertThat(services.models.keys).hasSize(5);
    }

    @Test
    void aKeyThatWasMadeWithoutTheAnswerArrivingIsNotMadeTwice() {
        open(Persona.SCIENTIST, "keys?do=new");
        name("nightly");
        KeyView other = Objects.requireNonNull(services.models.keys.get(Ids.key(1)));
        // The id that the dialog made for it; the answer was lost on the way.
        for (int id = 0x9001; id < 0x9800; id++) {
            services.models.keys.putIfAbsent(new KeyId(Ids.uuid(id)), other);
        }
        int before = services.models.keys.size();

        click("Make the key");

        assertThat(page()).contains("The key was made before", "Its secret was told then and is kept nowhere.");
        assertThat(services.models.keys).hasSize(before);
    }

    @Test
    void revokingNamesTheKeyAndCannotBeUndone() {
        open(Persona.SCIENTIST, "keys");
        open(Persona.SCIENTIST, "keys?do=revoke&key=" + Ids.key(1));
        assertThat(page()).contains("Revoke notebook?", "Within two seconds no call with it is accepted.", "Last used 3 min ago");

        click("Revoke notebook");

        assertThat(made("notebook").state()).isEqualTo(KeyView.State.REVOKED);
        assertThat(page()).contains("Key notebook is revoked.");
        assertThat(screen()).doesNotContain("Active notebook");
    }

    @Test
    void aNewSecretIsShownOnceAndTheOldOneGoesOnForAWeek() {
        open(Persona.SCIENTIST, "keys?do=rotate&key=" + Ids.key(1));
        assertThat(page()).contains("Rotate notebook?", "Its name, limits and end stay as they are");

        click("Make the new secret");

        String secret = made("notebook").start() + "_onlyeverseenonceonlyeverseenonce";
        assertThat(made("notebook").start()).isNotEqualTo("psk_3h8r2w6t1b5n0c4");
        assertThat(page()).contains("It is shown this once and never again.", secret, "psk_3h8r2w6t1b5n0c4… works until");
        assertThat(made("notebook").secrets().getLast().endsAt()).isEqualTo(scenario.instant().plus(Duration.ofDays(7)));

        click("Close; I have copied it");
        assertThat(page()).doesNotContain("onlyeverseenonce");
        assertThat(screen()).contains("notebook " + made("notebook").start() + "… psk_3h8r2w6t1b5n0c4… works too, for 7 d");
    }

    @Test
    @SuppressWarnings("unchecked")
    void withoutGraceItSaysThatTheOldOneIsOver() {
        open(Persona.SCIENTIST, "keys?do=rotate&key=" + Ids.key(1));
        find(Select.class).withLabel("The secret of now goes on working for").single().setValue(Grace.NONE);

        click("Make the new secret");

        assertThat(page()).contains("The secret of before works no more.");
        assertThat(made("notebook").secrets()).hasSize(1);
    }

    @Test
    void aRotationThatIsRefusedIsSaidInTheDialog() {
        open(Persona.SCIENTIST, "keys?do=rotate&key=" + Ids.key(1));
        services.down = new BackendProblem(Problem.WRONG_STATE, "The key has two secrets that work. End one of them first.", "1f2e-3d4c");

        click("Make the new secret");

        assertThat(page()).contains("End one of them first.").doesNotContain("It is shown this once");
    }

    @Test
    void oneOfTwoSecretsIsEnded() {
        open(Persona.SCIENTIST, "keys?do=secrets&key=" + Ids.key(5));
        assertThat(page()).contains("Secrets of reports", "The old one psk_3h8r2w6t5b5n0c4…", "Last used 2 h", "Works for 6 d", "Works as long as the key");

        click("End the old one");

        assertThat(made("reports").secrets()).hasSize(1);
        assertThat(made("reports").start()).startsWith("psk_7k2m9qd4x1c8");
        assertThat(page()).contains("The secret psk_3h8r2w6t5b5n0c4… is ended.");
    }

    @Test
    void theNewSecretIsEndedAsWell() {
        open(Persona.SCIENTIST, "keys?do=secrets&key=" + Ids.key(5));

        click("End the new one");

        assertThat(made("reports").start()).isEqualTo("psk_3h8r2w6t5b5n0c4");
    }

    /** A key with two secrets is not rotated, one with one has none to choose from, and one that is over has neither. */
    @Test
    void whatIsNotPossibleIsNotOffered() {
        open(Persona.SCIENTIST, "keys?show=all");
        assertThat(links()).contains("Rotate", "Secrets");
        for (String address : List.of("do=rotate&key=" + Ids.key(5), "do=secrets&key=" + Ids.key(1), "do=rotate&key=" + Ids.key(3), "do=revoke&key=" + Ids.key(4))) {
            open(Persona.SCIENTIST, "keys?show=all&" + address);
            assertThat(find(Dialog.class).all()).as(address).isEmpty();
        }
    }

    @Test
    void aKeyWhoseSecretsAllEndedSaysSo() {
        services.models.keys().endSecret(Ids.RESEARCH, Ids.key(5), made("reports").start());
        services.models.keys.computeIfPresent(Ids.key(5), (id, was) -> new KeyView(
                was.id(), was.tenant(), was.tenantName(), was.project(), was.projectName(), was.name(), was.start(), was.state(), was.createdBy(), was.createdAt(),
                was.expiresAt(), null, null, was.lastUsedAt(), null, null, null, null, List.of(), true, true));
        open(Persona.SCIENTIST, "keys");
        assertThat(screen()).contains("No secret reports");
    }

    @Test
    void keysThatSomebodyShouldLookAtAreListedWithWhatIsSaidOfThem() {
        open(Persona.SCIENTIST, "keys");
        follow("Never used");
        assertThat(screen()).contains("1: they work, and nobody has called with them", "batch-eu").doesNotContain("notebook", "pilot");

        follow("Not lately");
        assertThat(screen()).contains("Every key that was ever used is in use");

        services.models.keys.computeIfPresent(Ids.key(1), (id, was) -> new KeyView(
                was.id(), was.tenant(), was.tenantName(), was.project(), was.projectName(), was.name(), was.start(), was.state(), was.createdBy(), was.createdAt(),
                was.expiresAt(), null, null, was.lastUsedAt(), null, null, null, null,
                List.of(new KeySecret(was.start(), scenario.instant().minus(Duration.ofDays(100)), null, null)), true, true));
        follow("To rotate");
        assertThat(screen()).contains("1: a secret of theirs works that was made more than 90 days ago", "notebook", "Secret made", "100 d").doesNotContain("batch-eu");
    }

    @Test
    void whatIsListedIsAFileWithoutAnythingThatOpensOrRuns() {
        KeyView narrow = made("batch-eu");
        String csv = KeysCsv.of(List.of(narrow, made("pilot")));
        assertThat(csv.lines().toList()).hasSize(3).element(1).isEqualTo(
                "research,research-vision,batch-eu," + narrow.id() + ",psk_3h8r2w6t2b5n0c4,ACTIVE,scientist," + narrow.createdAt() + "," + narrow.expiresAt() + ",,"
                        + narrow.secrets().getFirst().madeAt() + ",research-vision/summarise-7b,chat models,10.2.0.0/16 192.0.2.7/32,\"Summaries of the night, on the batch machines\"");
    }

    @Test
    void anAuditorReadsTheReportsAndChangesNothing() {
        open(Persona.AUDITOR, "keys?show=never-used");
        assertThat(links()).doesNotContain("New key");
        assertThat(screen()).contains("they work, and nobody has called with them");
    }

    @Test
    void aRefusalIsShownInTheDialogAndNothingTypedIsLost() {
        open(Persona.SCIENTIST, "keys?do=new");
        name("nightly");
        services.down = new BackendProblem(Problem.LIMIT_REACHED, "The project has 500 keys.", "1f2e-3d4c");

        click("Make the key");

        assertThat(page()).contains("A limit would be exceeded.", "The project has 500 keys.", "ref 1f2e-3d4c");
        assertThat(find(TextField.class).withLabel("Name").single().getValue()).isEqualTo("nightly");
    }

    @Test
    void aProjectWithoutKeysIsToldWhatTheyAre() {
        services.models.keys.clear();

        open(Persona.SCIENTIST, "keys");

        assertThat(screen()).contains("No keys yet", "Its secret is shown once.");
    }

    @Test
    void whoWorksInNoProjectMakesNoKeys() {
        open(Persona.ADMIN, "keys?do=new");

        assertThat(links()).doesNotContain("New key");
        assertThat(page()).doesNotContain("Make the key");
    }

    @Test
    void anAuditorFindsOutWhetherWhatWasFoundIsAKey() {
        open(Persona.AUDITOR, "keys?do=check");
        test(find(TextArea.class).withLabel("What was found").single()).setValue("nothing here");
        click("Check");
        assertThat(page()).contains("Nothing in it looks like a key.");

        String start = services.models.keys.values().stream().filter(key -> key.state() == KeyView.State.ACTIVE).findFirst().orElseThrow().start();
        test(find(TextArea.class).withLabel("What was found").single()).setValue("export OPENAI_API_KEY=" + (start + "a".repeat(20)).substring(0, 20) + "_" + "a".repeat(39));
        click("Check");
        assertThat(page()).contains(start + "…", "Works: revoke it");
    }

    /** Who is told "none is ours" takes it for all of them. */
    @Test
    void whatWasNotReadIsSaid() {
        open(Persona.AUDITOR, "keys?do=check");
        var found = find(TextArea.class).withLabel("What was found").single();
        test(found).setValue(candidates(1_234));
        click("Check");
        assertThat(page()).contains("Only the first 1,000 of the 1,234 that look like a key were read.", "None of the 1,000 that were read is one of ours.");

        test(found).setValue(candidates(1_000));
        click("Check");
        assertThat(page()).contains("None of the 1,000 that were read is one of ours.").doesNotContain("Only the first");
    }

    private static String candidates(int many) {
        return IntStream.range(0, many).mapToObj(each -> "psk_%016d_%s".formatted(each, "a".repeat(39))).collect(Collectors.joining("\n"));
    }

    @Test
    void whoWorksInAProjectSearchesForNoLeaks() {
        open(Persona.SCIENTIST, "keys?do=check");

        assertThat(links()).doesNotContain("Check for leaks");
        assertThat(page()).doesNotContain("What was found");
    }
}
