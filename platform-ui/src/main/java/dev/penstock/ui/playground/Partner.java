package dev.penstock.ui.playground;

import dev.penstock.contract.ModelTask;
import dev.penstock.contract.quota.CallableAlias;
import dev.penstock.contract.quota.CallableModel;
import dev.penstock.contract.quota.GatewayView;
import java.util.List;
import java.util.stream.Stream;

/**
 * Who can be talked to: a chat model, or an alias that stands for some.
 *
 * @param name what to write into the field {@code model}
 * @param whose in a few words
 * @param models that may answer, which limits on models count; an alias' in the order in which they are asked
 * @param maxOutputTokens of the one that says least
 */
record Partner(String name, String whose, List<String> models, long maxOutputTokens) {

    /** Models by name, then aliases. */
    static List<Partner> of(GatewayView view) {
        List<CallableModel> chats = view.models().stream().filter(model -> model.tasks().contains(ModelTask.CHAT)).toList();
        return Stream.concat(chats.stream().map(Partner::of), view.aliases().stream().flatMap(alias -> of(alias, chats))).toList();
    }

    private static Partner of(CallableModel model) {
        String whose = model.shared() ? model.inputPrice() == null ? "no price yet" : "shared" : "own";
        return new Partner(model.model(), whose, List.of(model.model()), model.maxOutputTokens());
    }

    /** Nobody where none of them is a chat model. */
    private static Stream<Partner> of(CallableAlias alias, List<CallableModel> chats) {
        List<CallableModel> answering = alias.models().stream().flatMap(name -> chats.stream().filter(model -> model.model().equals(name))).toList();
        return answering.stream().mapToLong(CallableModel::maxOutputTokens).min().stream().mapToObj(most -> {
            List<String> names = answering.stream().map(CallableModel::model).toList();
            return new Partner(alias.name(), "alias of " + String.join(", ", names), names, most);
        });
    }
}
