package dev.penstock.ui.health;

import com.vaadin.flow.component.Component;
import dev.penstock.contract.quota.HealthView;
import dev.penstock.contract.quota.HealthView.CopyAge;
import dev.penstock.contract.quota.HealthView.LeftJournal;
import dev.penstock.contract.quota.HealthView.ReplicaFigures;
import dev.penstock.contract.quota.HealthView.ReplicaState;
import dev.penstock.contract.quota.HealthView.WrittenOff;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Badge;
import dev.penstock.ui.base.Cells;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Moment;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.PersonTime;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.Table;
import dev.penstock.ui.base.Tone;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What each gateway replica says of itself. */
final class ReplicasPanel {

    /** It tells every few seconds. */
    private static final Duration SILENT = Duration.ofSeconds(60);

    private ReplicasPanel() {}

    /** @param writingOff where a journal that was left is written off; null: nobody may */
    static Panel of(HealthView health, @Nullable Function<LeftJournal, Address> writingOff) {
        var table = new Table<ReplicaState>("Replicas of the gateway", "")
                .column("Replica", replica -> Markup.text("span", "strong mono", replica.name()))
                .column("State", replica -> state(replica, health.at()))
                .column("Journal", "num minor", replica -> told(replica, health.at(), ReplicasPanel::journal))
                .column("Ends waiting", "num minor", replica -> told(replica, health.at(), figures -> Cells.text(Quantities.count(figures.waiting()))))
                .column("Oldest copy", "num minor", replica -> told(replica, health.at(), ReplicasPanel::oldest));
        if (health.replicas().stream().anyMatch(replica -> !replica.left().isEmpty())) {
            table.column("Left behind", replica -> left(replica, health.at(), writingOff));
        }
        table.show(health.replicas());
        return new Panel("Gateway replicas").hint("journal places taken, and the age of what they hold in memory").wide(table);
    }

    private static Component state(ReplicaState replica, Instant now) {
        Component state = lifeOf(replica, now);
        return replica.unread() == 0 ? state : Markup.of("span", "", state, Markup.text("span", "sub", "its journal is to be read; engines wait"));
    }

    /** Of each journal whose replica is silent: what is known of it, and what can be done. */
    private static Component left(ReplicaState replica, Instant now, @Nullable Function<LeftJournal, Address> writingOff) {
        if (replica.left().isEmpty()) {
            return Cells.quiet("–");
        }
        var cell = Markup.of("div", "stack tight");
        replica.left().forEach(left -> cell.with(left(replica, left, now, writingOff)));
        return cell;
    }

    private static Component left(ReplicaState replica, LeftJournal left, Instant now, @Nullable Function<LeftJournal, Address> writingOff) {
        WrittenOff off = left.writtenOff();
        if (off != null) {
            return Markup.of("div", "", Badge.bare(Tone.OFF, "Written off"), Markup.of("span", "sub", Moment.ago(off.at(), now), Markup.plain(" by " + off.by())))
                    .hover(off.reason() + " Journal " + left.journal());
        }
        var cell = Markup.of("div", "", Markup.text("span", "", held(left))).hover("Journal " + left.journal());
        Instant goneFrom = left.goneFrom();
        if (goneFrom != null) {
            return cell.with(Markup.text("span", "sub", "can be written off from " + PersonTime.clock(goneFrom)));
        }
        return writingOff == null ? cell : cell.with(
                Markup.of("div", "", Link.button("Write off", writingOff.apply(left)).css("small danger").label("Write off " + replica.name())));
    }

    private static String held(LeftJournal left) {
        return left.tenants() == 0 ? "holds nothing of limits" : "holds parts of limits of " + Quantities.count(left.tenants(), "tenant", "tenants");
    }

    private static Component lifeOf(ReplicaState replica, Instant now) {
        return isGone(replica, now)
                ? Markup.of("span", "", Badge.bare(Tone.OFF, "Gone"), Markup.of("span", "sub", Moment.ago(last(replica), now)))
                : Badge.bare(Tone.OK, "Lives");
    }

    private static boolean isGone(ReplicaState replica, Instant now) {
        return last(replica).isBefore(now.minus(SILENT));
    }

    private static Instant last(ReplicaState replica) {
        ReplicaFigures told = replica.told();
        return told == null ? replica.seenAt() : told.at();
    }

    /** What one that is gone said of itself is over. */
    private static Component told(ReplicaState replica, Instant now, Function<ReplicaFigures, Component> cell) {
        ReplicaFigures told = replica.told();
        return told == null || isGone(replica, now) ? Cells.quiet("–") : cell.apply(told);
    }

    private static Component journal(ReplicaFigures figures) {
        return Markup.text("span", "", Quantities.count(figures.taken()) + " of " + Quantities.count(figures.places()));
    }

    private static Component oldest(ReplicaFigures figures) {
        return figures.copies().stream()
                .max(Comparator.comparing(CopyAge::age))
                .<Component>map(oldest -> Markup.text("span", "", age(oldest)).hover(figures.copies().stream()
                        .map(copy -> copy.name() + " " + age(copy))
                        .collect(Collectors.joining(", "))))
                .orElse(Cells.quiet("–"));
    }

    private static String age(CopyAge copy) {
        long millis = copy.age().toMillis();
        return millis < 10_000 ? millis / 1000 + "." + millis % 1000 / 100 + " s" : Quantities.duration(copy.age());
    }
}
