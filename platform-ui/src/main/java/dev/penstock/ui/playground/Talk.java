package dev.penstock.ui.playground;

import com.vaadin.flow.component.Component;
import dev.penstock.ui.backend.ModelCall;
import dev.penstock.ui.backend.ModelCalls;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Pace;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The conversation of one side: every question with its answer. */
final class Talk {

    private static final String EXAMPLE = "Say hello in one sentence.";

    private final Markup shown = Markup.of("div", "body divide stack");
    private final List<Turn> turns = new ArrayList<>();
    private final Consumer<Turn> whenOver;
    private ModelCalls.@Nullable Running running;

    /** @param whenOver told each answer when it has ended */
    Talk(Consumer<Turn> whenOver) {
        this.whenOver = whenOver;
    }

    Component shown() {
        return shown;
    }

    List<Turn> turns() {
        return turns;
    }

    boolean isRunning() {
        return running != null;
    }

    /** @param call asks with what was said before */
    void ask(ModelCalls calls, ModelCall call, String question, Pace.Later later) {
        var turn = new Turn(call.model(), question);
        turns.add(turn);
        shown.add(turn);
        running = calls.start(call, new Relay(later, heard -> {
            turn.heard(heard);
            if (heard.end() != null) {
                running = null;
                whenOver.accept(turn);
            }
        }));
    }

    void stop() {
        ModelCalls.Running call = running;
        if (call != null) {
            call.stop();
        }
    }

    void clear() {
        turns.clear();
        shown.removeAll();
    }

    /** All that was said so far, on these terms, and the next question. What nobody answered is left out: models expect turns. */
    List<ModelCall.Message> messages(Terms terms, String question) {
        return messages(terms, turns, question);
    }

    /** As the last question was asked, on these terms; before the first one, with an example of one. */
    List<ModelCall.Message> again(Terms terms) {
        return turns.isEmpty() ? messages(terms, EXAMPLE) : messages(terms, turns.subList(0, turns.size() - 1), turns.getLast().asked());
    }

    private static List<ModelCall.Message> messages(Terms terms, List<Turn> before, String question) {
        var messages = new ArrayList<ModelCall.Message>();
        if (!terms.system().isEmpty()) {
            messages.add(new ModelCall.Message(ModelCall.Role.SYSTEM, terms.system()));
        }
        before.stream().filter(turn -> !turn.words().isEmpty()).forEach(turn -> {
            messages.add(new ModelCall.Message(ModelCall.Role.USER, turn.asked()));
            messages.add(new ModelCall.Message(ModelCall.Role.ASSISTANT, turn.words()));
        });
        messages.add(new ModelCall.Message(ModelCall.Role.USER, question));
        return messages;
    }
}
