package dev.penstock.frame.jobs;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.springframework.stereotype.Component;

/** Connections that stay open to LISTEN, outside of the pools, as the snapshot job. The caller closes them. */
@Component
public final class ListeningConnections {

    private final DatabaseSettings settings;

    ListeningConnections(DatabaseSettings settings) {
        this.settings = settings;
    }

    public Connection open() throws SQLException {
        DatabaseSettings.Pool pool = settings.pool(Job.SNAPSHOT);
        Properties properties = new Properties();
        properties.setProperty("user", pool.username());
        properties.setProperty("password", pool.password());
        properties.setProperty("ApplicationName", "penstock listen");
        properties.setProperty("tcpKeepAlive", "true");
        return DriverManager.getConnection(settings.url(), properties);
    }
}
