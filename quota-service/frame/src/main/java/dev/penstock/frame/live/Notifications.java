package dev.penstock.frame.live;

import dev.penstock.frame.jobs.JobsInUse;
import dev.penstock.frame.jobs.ListeningConnections;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Waits for PostgreSQL to say that something changed. Only a hint: a lost notification costs a poll's time, nothing else. */
@Component
class Notifications {

    private static final Logger log = LoggerFactory.getLogger(Notifications.class);

    private final ListeningConnections connections;
    private final String channel;
    private final CountDownLatch closed = new CountDownLatch(1);
    private @Nullable Connection connection;

    Notifications(ListeningConnections connections, JobsInUse inUse) {
        this.connections = connections;
        this.channel = inUse.schema() + "_change";
    }

    /** Returns when notified, or after {@code atMost}. */
    void await(Duration atMost) {
        try {
            listening().unwrap(PGConnection.class).getNotifications(Math.toIntExact(atMost.toMillis()));
        } catch (SQLException e) {
            log.debug("listening for changes", e);
            drop();
            pause(atMost);
        }
    }

    /** Waits, unless the program stops meanwhile. */
    void pause(Duration time) {
        try {
            boolean stopped = closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
            if (stopped) {
                log.debug("stopped while pausing");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void close() {
        closed.countDown();
    }

    private Connection listening() throws SQLException {
        if (connection == null || connection.isClosed()) {
            connection = connections.open();
            try (Statement statement = connection.createStatement()) {
                statement.execute("listen " + channel);
            }
        }
        return connection;
    }

    private void drop() {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            log.debug("closing a broken connection", e);
        }
        connection = null;
    }
}
