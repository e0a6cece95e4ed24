package dev.penstock.db.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.db.DatabaseRole;
import dev.penstock.db.Migrate;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MigrationTest {

    @Test
    void migratingTwiceChangesNothing() throws SQLException {
        try (TestDatabase database = TestDatabase.createEmpty()) {
            Migrate.run(database.url(), database.admin(), database.adminPassword(), TestDatabase.passwords());
            Migrate.run(database.url(), database.admin(), database.adminPassword(), TestDatabase.passwords());
            try (var connection = database.connect(DatabaseRole.PLATFORM_WEB);
                    var rows = connection.createStatement().executeQuery("select count(*) from platform.slice_profile")) {
                rows.next();
                assertThat(rows.getInt(1)).isPositive();
            }
        }
    }

    @Test
    void everyRoleNeedsAPassword() {
        assertThatThrownBy(() -> Migrate.run("jdbc:postgresql://localhost:1/x", "a", "b", Map.of()))
                .hasMessageContaining("no password for the database role platform_web");
    }

    @Test
    void aCopyOfTheTemplateTakesEveryRole() throws SQLException {
        try (TestDatabase database = TestDatabase.create()) {
            for (DatabaseRole role : DatabaseRole.values()) {
                try (var connection = database.connect(role)) {
                    assertThat(connection.isValid(1)).as(role.roleName()).isTrue();
                }
            }
        }
    }
}
