package dev.penstock.standalone.demo;

import dev.penstock.standalone.client.Directory;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** Plays every act once. What an act needs and an earlier one failed to make is missing, and the step says so. */
public final class Demo {

    private final Cast cast;
    private final Stage stage;

    /**
     * @param directory of an installation that is ready
     * @param ids where the ids come from that clients make
     */
    public Demo(Directory directory, Clock clock, Supplier<UUID> ids, PrintStream out) {
        this.cast = new Cast(directory, clock, ids);
        this.stage = new Stage(out);
    }

    /** @return how many steps failed */
    public int play() {
        List<Act> acts = List.of(
                new OpeningAct(cast),
                new SliceAct(cast),
                new EndpointAct(cast),
                new KeyAct(cast),
                new CallAct(cast),
                new LimitAct(cast),
                new IsolationAct(cast),
                new RevokeAct(cast),
                new BooksAct(cast),
                new ProofAct(cast),
                new ClosingAct(cast));
        acts.forEach(act -> act.play(stage));
        return stage.end();
    }
}
