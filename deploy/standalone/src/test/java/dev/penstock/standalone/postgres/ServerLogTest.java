package dev.penstock.standalone.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerLogTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2026-11-21 10:00:00.000 UTC [1] LOG:  starting PostgreSQL$2026-11-21 10:00:00.000 UTC [1] FATAL:  could not create lock file: No space left on device$2026-11-21 10:00:00.001 UTC [1] LOG:  database system is shut down | could not create lock file: No space left on device
            FATAL:  an older run$LOG:  started$PANIC:  the newer one | the newer one
            The files will be owned by nobody.$initdb: error: could not create directory: Permission denied$initdb: removing data directory | could not create directory: Permission denied
            all is well | it gave no reason
            """)
    void theLastComplaintIsWhatWentWrong(String log, String complaint) {
        assertThat(ServerLog.complaint(log.replace('$', '\n'))).isEqualTo(complaint);
    }

    @Test
    void aServerThatNeverWroteGaveNoReason() {
        assertThat(ServerLog.complaint(Path.of("/nowhere/postgres.log"))).isEqualTo("it gave no reason");
    }
}
