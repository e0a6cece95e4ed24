package dev.penstock.platform.endpoint;

import dev.penstock.contract.platform.EndpointDetail;
import dev.penstock.contract.platform.EndpointDetail.ClusterEvent;
import dev.penstock.contract.platform.EndpointDetail.Step;
import dev.penstock.contract.platform.EndpointLog;
import dev.penstock.contract.platform.EndpointState;
import dev.penstock.contract.platform.EndpointView;
import dev.penstock.contract.platform.SliceDetail;
import dev.penstock.contract.platform.SliceState;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.platform.access.Access;
import dev.penstock.platform.provisioning.Engines;
import dev.penstock.platform.slice.Installation;
import dev.penstock.platform.slice.Slices;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** One endpoint from near: what happened to it, what the cluster says, what its engine writes. */
@Component
class EndpointDetails {

    private static final Logger log = LoggerFactory.getLogger(EndpointDetails.class);

    private final JobTransactions transactions;
    private final EndpointStore store;
    private final EndpointViews views;
    private final Access access;
    private final Slices slices;
    private final Engines engines;
    private final Installation installation;
    private final EndpointSettings settings;

    EndpointDetails(
            JobTransactions transactions,
            EndpointStore store,
            EndpointViews views,
            Access access,
            Slices slices,
            Engines engines,
            Installation installation,
            EndpointSettings settings) {
        this.transactions = transactions;
        this.store = store;
        this.views = views;
        this.access = access;
        this.slices = slices;
        this.engines = engines;
        this.installation = installation;
        this.settings = settings;
    }

    /** Whoever only shares an endpoint sees what happened to it, and nothing of the cluster. */
    EndpointDetail detail(EndpointKey key) {
        EndpointView view = views.one(key);
        List<Step> timeline = timeline(key);
        return views.inside(key)
                .map(endpoint -> new EndpointDetail(view, timeline, events(endpoint), installation.namespace(view.project())))
                .orElseGet(() -> new EndpointDetail(view, timeline, List.of(), ""));
    }

    EndpointLog tail(EndpointKey key) {
        Endpoint endpoint = views.seen(key);
        return new EndpointLog(engines.log(endpoint.slice(), endpoint.terms().project(), settings.logLines()));
    }

    /** What people did with it and what happened to its slices, together. */
    private List<Step> timeline(EndpointKey key) {
        return transactions.inTenant(Job.WEB, access.actor(), key.tenant(), () -> {
            Stream<Step> own = store.events(key, settings.timeline()).stream();
            Stream<Step> ofSlices = slices.timeline(key.tenant(), key.endpoint(), settings.timeline()).stream().map(EndpointDetails::step);
            List<Step> all = Stream.concat(own, ofSlices).sorted(Comparator.comparing(Step::at)).toList();
            return all.subList(Math.max(0, all.size() - settings.timeline()), all.size());
        });
    }

    /** The page is worth showing also while the cluster does not answer. */
    private List<ClusterEvent> events(Endpoint endpoint) {
        try {
            return engines.events(endpoint.slice(), endpoint.terms().project(), settings.events()).stream()
                    .map(event -> new ClusterEvent(event.at(), event.warning(), event.reason(), event.message(), event.count()))
                    .toList();
        } catch (ProblemException e) {
            log.info("events of endpoint {}: {}", endpoint.key(), e.detail());
            return List.of();
        }
    }

    private static Step step(SliceDetail.Event event) {
        return new Step(event.at(), state(event.state()), event.sentence());
    }

    private static @Nullable EndpointState state(@Nullable SliceState state) {
        return state == null ? null : switch (state) {
            case QUEUED, RESERVED -> EndpointState.QUEUED;
            case PROVISIONING -> EndpointState.STARTING;
            case READY -> EndpointState.READY;
            case SUSPENDED -> EndpointState.UNHEALTHY;
            case DRAINING -> EndpointState.STOPPING;
            case RELEASED, EXPIRED -> EndpointState.STOPPED;
            case FAILED -> EndpointState.FAILED;
        };
    }
}
