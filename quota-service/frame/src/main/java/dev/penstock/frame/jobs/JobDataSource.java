package dev.penstock.frame.jobs;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.HashMap;
import java.util.Map;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;
import org.springframework.stereotype.Component;

/** Gives each thread connections of the job it works for, and none to a thread that works for no job. */
@Component
class JobDataSource extends AbstractRoutingDataSource implements DisposableBean {

    private final Map<Object, Object> pools = new HashMap<>();

    JobDataSource(DatabaseSettings settings, JobsInUse inUse) {
        inUse.jobs().forEach(job -> pools.put(job, open(settings, job)));
        setTargetDataSources(pools);
        setLenientFallback(false);
    }

    @Override
    protected Object determineCurrentLookupKey() {
        return JobTransactions.currentJob();
    }

    @Override
    public void destroy() {
        pools.values().forEach(pool -> ((HikariDataSource) pool).close());
    }

    private static HikariDataSource open(DatabaseSettings settings, Job job) {
        DatabaseSettings.Pool pool = settings.pool(job);
        HikariConfig config = new HikariConfig();
        config.setPoolName(job.key());
        config.setJdbcUrl(settings.url());
        config.setUsername(pool.username());
        config.setPassword(pool.password());
        config.setMaximumPoolSize(pool.poolSize());
        config.setMinimumIdle(1);
        config.setAutoCommit(false);
        config.setConnectionTimeout(settings.connectTimeout().toMillis());
        // A database that is down makes requests fail closed; it must not keep the program from starting.
        config.setInitializationFailTimeout(-1);
        config.addDataSourceProperty("ApplicationName", "penstock " + job.key());
        config.addDataSourceProperty("options", "-c statement_timeout=" + settings.statementTimeout().toMillis()
                + " -c lock_timeout=" + settings.statementTimeout().toMillis() / 2 + " -c idle_in_transaction_session_timeout=60000");
        return new HikariDataSource(config);
    }
}
