package dev.penstock.frame.live;

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

/** Waits for PostgreSQL to say that something changed. Only a hint: a lost notification costs a poll's time, nothing else. For one thread. */
public final class Notifications {

    private static final Logger log = LoggerFactory.getLogger(Notifications.class);

    private final ListeningConnections connections;
    private final String channel;
    private final CountDownLatch closed = new CountDownLatch(1);
    private @Nullable Connection connection;

    /** @param channel a PostgreSQL identifier */
    public Notifications(ListeningConnections connections, String channel) {
        if (!channel.matches("[a-z_]+")) {
            throw new IllegalArgumentException("not a channel: " + channel);
        }
        this.connections = connections;
        this.channel = channel;
    }

    /** Returns when notified, or after {@code atMost}. */
    public void await(Duration atMost) {
        try {
            listening().unwrap(PGConnection.class).getNotifications(Math.toIntExact(atMost.toMillis()));
        } catch (SQLException e) {
            log.debug("listening for changes", e);
            drop();
            pause(atMost);
        }
    }

    /** Waits, unless the program stops meanwhile. */
    public void pause(Duration time) {
        try {
            boolean stopped = closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
            if (stopped) {
                log.debug("stopped while pausing");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends every wait. */
    public void close() {
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
