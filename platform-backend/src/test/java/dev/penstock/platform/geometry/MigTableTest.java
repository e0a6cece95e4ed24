package dev.penstock.platform.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** What fits beside what on one GPU. */
class MigTableTest {

    @SuppressWarnings("unused")
    private static final List<MigTable> ALL = Tables.ALL;

    /** Every combination that counts allow is tried by placing one after the other wherever it can lie: nothing is missing, and nothing is too much. */
    @ParameterizedTest
    @FieldSource("ALL")
    void thereIsAGeometryForExactlyWhatCanBePlaced(MigTable table) {
        Set<Map<String, Integer>> placeable = new HashSet<>();
        combine(table, 0, new TreeMap<>(), placeable);
        for (Map<String, Integer> counts : placeable) {
            assertThat(table.geometry(counts)).as("%s of %s", counts, table.device()).isPresent();
            Legality.require(table, table.geometry(counts).orElseThrow());
        }
        assertThat(all(table)).isEqualTo(placeable);
    }

    @ParameterizedTest
    @FieldSource("ALL")
    void toAFullOneNothingCanBeAddedAndEveryOtherIsAPartOfOne(MigTable table) {
        Set<Map<String, Integer>> all = all(table);
        for (Geometry full : table.full()) {
            assertThat(all.stream().filter(other -> contains(other, full.counts()) && !other.equals(full.counts()))).as("more than %s", full).isEmpty();
        }
        assertThat(all).allSatisfy(counts -> assertThat(table.full()).anyMatch(full -> contains(full.counts(), counts)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            7x1g.10gb                         | true
            8x1g.10gb                         | false
            2x3g.40gb                         | true
            2x3g.40gb 1x1g.10gb               | false
            1x4g.40gb 1x3g.40gb               | true
            2x4g.40gb                         | false
            1x3g.40gb 4x1g.10gb               | true
            1x3g.40gb 5x1g.10gb               | false
            3x2g.20gb 1x1g.10gb               | true
            3x2g.20gb 1x1g.20gb               | true
            4x2g.20gb                         | false
            4x1g.20gb                         | true
            1x4g.40gb 1x2g.20gb 1x1g.10gb     | true
            1x1g.10gb+me 6x1g.10gb            | true
            2x1g.10gb+me                      | false
            1x7g.80gb                         | true
            1x7g.80gb 1x1g.10gb               | false
            1xwhole 1x1g.10gb                 | false
            """)
    void ofAnH100(String wanted, boolean fits) {
        assertThat(Tables.H100.geometry(counts(wanted)).isPresent()).isEqualTo(fits);
    }

    @Test
    void twoThirdsOfFourSlotsStrandOneOfComputing() {
        assertThat(Tables.H100.geometry(counts("2x3g.40gb")).orElseThrow().strandedCompute(Tables.H100)).isOne();
        assertThat(Tables.H100.geometry(counts("1x4g.40gb 1x3g.40gb")).orElseThrow().strandedCompute(Tables.H100)).isZero();
    }

    /** As a driver was seen to tell: with one 3g.40gb at the beginning the free 1g.10gb fall from 7 to 3. */
    @Test
    void whatIsTakenLowersWhatIsLeftOfOthers() {
        MigTable h100 = Tables.H100;
        assertThat(h100.room(List.of())).containsEntry("1g.10gb", 7).containsEntry("3g.40gb", 2).containsEntry("2g.20gb", 3).containsEntry("whole", 1);
        assertThat(h100.room(List.of(new Placement(h100.profile("3g.40gb"), 0))))
                .containsEntry("1g.10gb", 3).containsEntry("1g.20gb", 2).containsEntry("2g.20gb", 1).containsEntry("3g.40gb", 1).containsEntry("4g.40gb", 0).containsEntry("whole", 0);
        assertThat(h100.room(List.of(new Placement(h100.profile("3g.40gb"), 4)))).containsEntry("1g.10gb", 4).containsEntry("4g.40gb", 1);
        assertThat(h100.room(List.of(new Placement(h100.profile("1g.10gb"), 1)))).containsEntry("1g.10gb", 6).containsEntry("2g.20gb", 2).containsEntry("4g.40gb", 0);
    }

    @Test
    void aTableThatCannotBeIsRefused() {
        MigProfile one = new MigProfile("1g.5gb", 1, 1, List.of(0), 1);
        assertThatThrownBy(() -> new MigTable("a GPU", 7, 8, List.of(one, one))).hasMessageContaining("1g.5gb").hasMessageContaining("twice");
        assertThatThrownBy(() -> new MigTable("a GPU", 7, 8, List.of(new MigProfile("3g", 3, 4, List.of(5), 1)))).hasMessageContaining("does not fit");
        assertThatThrownBy(() -> new MigTable("a GPU", 2, 8, List.of(new MigProfile("3g", 3, 4, List.of(0), 1)))).hasMessageContaining("does not fit");
        assertThatThrownBy(() -> new MigProfile("3g", 3, 4, List.of(), 1)).hasMessageContaining("3g");
        assertThatThrownBy(() -> new Placement(Tables.H100.profile("3g.40gb"), 2)).hasMessageContaining("only at [0, 4]");
        assertThatThrownBy(() -> Tables.H100.profile("1g.5gb")).hasMessageContaining("has no profile 1g.5gb");
    }

    /** All that counts allow, placed or not. */
    private static void combine(MigTable table, int from, Map<String, Integer> counts, Set<Map<String, Integer>> placeable) {
        if (from == table.profiles().size()) {
            if (!counts.isEmpty() && Legality.placeable(table, counts)) {
                placeable.add(new TreeMap<>(counts));
            }
            return;
        }
        MigProfile profile = table.profiles().get(from);
        for (int count = 0; count <= profile.most(); count++) {
            if (count > 0) {
                counts.put(profile.name(), count);
            }
            combine(table, from + 1, counts, placeable);
        }
        counts.remove(profile.name());
    }

    /** Every geometry that the table has, by asking for parts of the full ones. */
    private static Set<Map<String, Integer>> all(MigTable table) {
        Set<Map<String, Integer>> all = new HashSet<>();
        table.full().forEach(full -> parts(table, new ArrayList<>(full.counts().keySet()), full.counts(), new TreeMap<>(), all));
        return all;
    }

    private static void parts(MigTable table, List<String> names, Map<String, Integer> of, Map<String, Integer> counts, Set<Map<String, Integer>> all) {
        if (names.isEmpty()) {
            if (!counts.isEmpty() && table.geometry(counts).isPresent()) {
                all.add(new TreeMap<>(counts));
            }
            return;
        }
        String name = names.getFirst();
        for (int count = 0; count <= of.get(name); count++) {
            Map<String, Integer> with = new TreeMap<>(counts);
            if (count > 0) {
                with.put(name, count);
            }
            parts(table, names.subList(1, names.size()), of, with, all);
        }
    }

    private static boolean contains(Map<String, Integer> more, Map<String, Integer> less) {
        return less.entrySet().stream().allMatch(each -> more.getOrDefault(each.getKey(), 0) >= each.getValue());
    }

    private static Map<String, Integer> counts(String wanted) {
        Map<String, Integer> counts = new TreeMap<>();
        Arrays.stream(wanted.split(" ")).map(each -> each.split("x", 2)).forEach(each -> counts.put(each[1], Integer.parseInt(each[0])));
        return counts;
    }
}
