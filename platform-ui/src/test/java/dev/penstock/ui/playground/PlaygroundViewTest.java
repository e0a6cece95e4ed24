package dev.penstock.ui.playground;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.NumberField;
import com.vaadin.flow.component.textfield.TextArea;
import dev.penstock.contract.platform.EndpointState;
import dev.penstock.ui.backend.CallEnd;
import dev.penstock.ui.backend.ModelCall.Message;
import dev.penstock.ui.backend.ModelCall.Role;
import dev.penstock.ui.fakes.FakeCalls.Made;
import dev.penstock.ui.fakes.Ids;
import dev.penstock.ui.fakes.Persona;
import dev.penstock.ui.fakes.ScreenTest;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaygroundViewTest extends ScreenTest {

    private static final String OWN = "research-vision/summarise-7b";
    private static final String SHARED = "qwen2.5-7b-instruct";
    private static final String BOTH = "playground?model=" + SHARED + "&beside=" + OWN;

    private void ask(String question) {
        test(find(TextArea.class).withCondition(area -> String.valueOf(area.getPlaceholder()).startsWith("Ask")).single()).setValue(question);
        click("Send");
    }

    private Made asked(int number) {
        return services.calls.made.get(number);
    }

    private void shows(String... words) {
        eventually(() -> List.of(words).stream().allMatch(screen()::contains));
    }

    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }

    /** Says it whole, and has it booked. */
    private void answers(Made call, String words) {
        call.told.begun(call.id);
        call.told.said(words, false, ms(290));
        services.calls.book(call, 200, 48, 171, 200);
        call.told.over(new CallEnd.Finished("stop", new CallEnd.Tokens(248, 48, 171, 0)), ms(3_100));
    }

    @Test
    void anAnswerIsReadWhileItIsWritten() {
        open(Persona.SCIENTIST, "playground?model=" + SHARED);
        ask("What is a penstock?");
        assertThat(screen()).contains("What is a penstock?", "Waiting for the first word");
        assertThat(asked(0).call.project()).isEqualTo(Ids.VISION);
        assertThat(asked(0).call.gateway()).hasToString("https://models.example.org/v1");
        assertThat(asked(0).call.model()).isEqualTo(SHARED);
        assertThat(asked(0).call.messages()).containsExactly(new Message(Role.USER, "What is a penstock?"));

        asked(0).told.begun(asked(0).id);
        asked(0).told.said("A gated ", false, ms(290));

        shows("A gated", "Answering", "first token 0.29 s");

        asked(0).told.said("pipe.", false, ms(1_290));
        asked(0).told.over(new CallEnd.Finished("stop", new CallEnd.Tokens(12, 0, 6, 0)), ms(1_300));

        shows("A gated pipe.", "Answered", "5.0 tokens/s", "12 in", "6 out", "1.3 s in all", "being booked");
    }

    @Test
    void tokensAndCostAreThoseOfTheBooks() {
        open(Persona.SCIENTIST, "playground?model=" + SHARED);
        ask("What is a penstock?");
        asked(0).told.begun(asked(0).id);
        asked(0).told.said("A gated pipe.", false, ms(290));
        asked(0).told.over(new CallEnd.Finished("stop", null), ms(3_100));
        shows("being booked");
        assertThat(screen()).doesNotContain("So far");

        services.calls.book(asked(0), 200, 48, 171, 200);
        told(change("usage", Ids.VISION));

        // 248 at 0.15 and 171 at 0.62 of a millionth.
        shows("248 in, 48 of it cached", "171 out", "€0.00014", "So far", "419 tokens so far in this conversation, €0.00014 · nothing you write is stored");
        assertThat(screen()).doesNotContain("being booked");
    }

    /** Limits on the models that it stands for count, and the books say which of them answered. */
    @Test
    void anAliasIsTalkedToLikeAModel() {
        open(Persona.SCIENTIST, "playground?model=chat-default");
        assertThat(screen()).contains("alias of " + SHARED);
        ask("Which of you is it?");
        assertThat(asked(0).call.model()).isEqualTo("chat-default");
        asked(0).told.begun(asked(0).id);
        asked(0).told.said("One of them", false, ms(290));
        services.calls.bookAs(asked(0), SHARED, 12, 0, 2, 200);
        asked(0).told.over(new CallEnd.Finished("stop", null), ms(3_100));
        shows("answered by " + SHARED);
    }

    @Test
    void twoModelsAreAskedSideBySideEachWithItsOwnConversation() {
        open(Persona.SCIENTIST, BOTH);
        test(find(TextArea.class).withLabel("System prompt").single()).setValue("Be short.");
        test(find(NumberField.class).withLabel("Temperature").single()).setValue(0.3);
        test(find(IntegerField.class).withLabel("Most tokens in an answer").single()).setValue(200);
        ask("One?");
        assertThat(services.calls.made).extracting(made -> made.call.model()).containsExactly(SHARED, OWN);
        answers(asked(0), "First one.");
        answers(asked(1), "Second one.");
        shows("First one.", "Second one.", "So far", "838 tokens so far");
        assertThat(screen()).as("each call by itself, also of the same millisecond").contains("248 in").doesNotContain("496");

        ask("Two?");

        assertThat(asked(2).call.messages()).containsExactly(
                new Message(Role.SYSTEM, "Be short."), new Message(Role.USER, "One?"), new Message(Role.ASSISTANT, "First one."), new Message(Role.USER, "Two?"));
        assertThat(asked(3).call.messages()).contains(new Message(Role.ASSISTANT, "Second one."));
        assertThat(asked(3).call.temperature()).isEqualByComparingTo(new BigDecimal("0.3"));
        assertThat(asked(3).call.maxTokens()).isEqualTo(200);
    }

    @Test
    void stopEndsBothCallsAndWhatWasSaidIsBooked() {
        open(Persona.SCIENTIST, BOTH);
        ask("Tell me a long story.");
        asked(0).told.begun(asked(0).id);
        asked(0).told.said("Once upon", false, ms(100));
        shows("Once upon");

        click("Stop");

        assertThat(services.calls.made).allMatch(made -> made.stopped);
        services.calls.book(asked(0), 10, 0, 2, 499);
        asked(0).told.over(new CallEnd.Stopped(), ms(200));
        asked(1).told.over(new CallEnd.Stopped(), ms(200));
        shows("Once upon", "Stopped", "Stopped before the first word", "2 out");
        ask("Another one.");
        assertThat(asked(3).call.messages()).as("nobody answered the first one there").containsExactly(new Message(Role.USER, "Another one."));
    }

    @Test
    void whoLeavesStopsWhatStillAnswers() {
        open(Persona.SCIENTIST, "playground");
        ask("Tell me a long story.");
        assertThat(asked(0).stopped).isFalse();

        open(Persona.SCIENTIST, "keys");

        assertThat(asked(0).stopped).isTrue();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "429, rate_limit_exceeded,     project, A limit is reached for the moment.,   Send it again in 12 s. The limit is of the project.",
        "429, insufficient_quota,      person,  A budget is used up.,                 'Allow fewer tokens in an answer, or ask whoever owns the limit for more. The limit is of the person.'",
        "404, model_not_found,         ,        'The model is not yours to call, or not there any more.', Choose another model.",
        "403, ,                        ,        You may not call for this project.,   'Choose another project above, or ask its owner to make you a member.'",
        "400, context_length_exceeded, ,        The conversation is longer than the model can read., 'Clear the conversation, or choose a model with a longer context.'",
        "503, ,                        ,        The model does not answer now.,       'Try again in a minute. If it stays, tell your administrators the reference.'",
    })
    void aRefusalSaysWhatHappenedWhyAndWhatToDo(int status, String code, String owner, String title, String next) {
        open(Persona.SCIENTIST, "playground?model=" + SHARED);
        ask("What is a penstock?");

        asked(0).told.begun(asked(0).id);
        asked(0).told.over(new CallEnd.Refused(status, code, "In the gateway's words.", owner, "rate_limit_exceeded".equals(code) ? ms(11_300) : null), ms(20));

        shows("Not answered", title, "In the gateway's words.", next, "ref " + asked(0).id);
        assertThat(screen()).doesNotContain("being booked");
        assertThat(buttons()).contains("Send").doesNotContain("Stop");
    }

    @Test
    void anAnswerThatBreaksOffKeepsWhatCame() {
        open(Persona.SCIENTIST, "playground?model=" + SHARED);
        ask("What is a penstock?");
        asked(0).told.begun(asked(0).id);
        asked(0).told.said("A gated", false, ms(290));
        services.calls.book(asked(0), 12, 0, 2, 502);

        asked(0).told.over(new CallEnd.Broken("The model's server went away."), ms(400));

        shows("A gated", "Broke off", "The answer broke off.", "The model's server went away.", "2 out");
    }

    @Test
    void whatAModelSaysIsTextWhateverItIs() {
        open(Persona.SCIENTIST, "playground?model=" + SHARED);
        ask("<b>Hello</b>");
        answers(asked(0), "<img src=x onerror=alert(1)><script>alert(2)</script>");

        shows("<b>Hello</b>", "<img src=x onerror=alert(1)><script>alert(2)</script>");
        assertThat(find(Turn.class).single().getElement().getOuterHTML()).contains("&lt;img src=x", "&lt;b&gt;Hello").doesNotContain("<img", "<script", "<b>Hello");
    }

    @Test
    void whatAModelThoughtStandsApartAndIsNotToldItAgain() {
        open(Persona.SCIENTIST, "playground?model=" + SHARED);
        ask("Why?");
        asked(0).told.begun(asked(0).id);
        asked(0).told.said("They ask why.", true, ms(100));
        shows("Thinking", "What it thought", "They ask why.");
        asked(0).told.said("Because.", false, ms(300));
        asked(0).told.over(new CallEnd.Finished("length", new CallEnd.Tokens(5, 0, 9, 6)), ms(400));
        shows("Because.", "Cut at the most tokens", "9 out, 6 of it thought");

        ask("And?");

        assertThat(asked(1).call.messages()).contains(new Message(Role.ASSISTANT, "Because."));
    }

    @Test
    void settingsThatCannotBeAreSaidUnderTheFieldAndNothingIsSent() {
        open(Persona.SCIENTIST, "playground?model=" + SHARED);
        find(IntegerField.class).withLabel("Most tokens in an answer").single().setValue(5_000);
        find(NumberField.class).withLabel("Temperature").single().setValue(2.5);

        ask("Hello?");

        assertThat(find(IntegerField.class).withLabel("Most tokens in an answer").single().getErrorMessage()).isEqualTo("Between 1 and 4,096 here.");
        assertThat(find(NumberField.class).withLabel("Temperature").single().getErrorMessage()).isEqualTo("Between 0 and 2.");
        assertThat(services.calls.made).isEmpty();
    }

    @Test
    void theConversationStaysWhileModelsAndCodeAreChosenAndEndsWithClear() {
        open(Persona.SCIENTIST, "playground?model=" + SHARED);
        ask("What is a penstock?");
        answers(asked(0), "A gated pipe.");
        shows("So far");

        follow("Copy as code");
        assertThat(screen()).contains("A gated pipe.", "curl -N https://models.example.org/v1/chat/completions", "\"content\": \"What is a penstock?\"", "$PENSTOCK_KEY");
        follow("Java");
        assertThat(screen()).contains("with java.net.http, no library", "System.getenv(\"PENSTOCK_KEY\")");
        follow("Two side by side");
        assertThat(screen()).contains("A gated pipe.");

        click("Clear");
        assertThat(screen()).doesNotContain("A gated pipe.", "So far").contains("Say hello in one sentence.");
    }

    @Test
    void modelsThatChatAreOfferedAsTheyComeAndGo() {
        open(Persona.SCIENTIST, "playground");
        assertThat(offered()).containsExactlyInAnyOrder(SHARED, OWN, "chat-default").doesNotContain("bge-m3");

        services.models.moved(Ids.endpoint(2), EndpointState.STOPPED, null, null, "Stopped");
        told(change("endpoint", Ids.endpoint(2)));
        eventually(() -> offered().equals(List.of(SHARED, "chat-default")));

        scenario.passes(Duration.ofSeconds(5));
        services.models.endpoints.clear();
        told(change("endpoint", Ids.endpoint(1)));
        shows("No chat model answers this project now");
    }

    @SuppressWarnings("unchecked")
    private List<String> offered() {
        Select<Partner> select = find(Select.class).all().getFirst();
        return select.getListDataView().getItems().map(Partner::name).toList();
    }

    @Test
    void aProjectIsChosenBeforeAnythingIsSaid() {
        open(Persona.OWNER, "playground");
        assertThat(screen()).contains("What is left");
        open(Persona.ADMIN, "playground");
        assertThat(screen()).contains("Nothing to call here");
    }
}
