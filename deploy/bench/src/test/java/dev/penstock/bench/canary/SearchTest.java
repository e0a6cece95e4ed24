package dev.penstock.bench.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchTest {

    private static final Set<Form> TEXTS = EnumSet.copyOf(Form.TEXTS);

    private final Flock flock = new Flock(new Random(7));
    private final Canary prompt = flock.mint(Kind.PROMPT);
    private final Canary control = flock.mint(Kind.CONTROL);

    @ParameterizedTest
    @EnumSource
    void eachFormIsFoundAndNamed(Form form) {
        Search search = new Search(flock.index());
        search.in("before " + new String(form.of(prompt.text()), StandardCharsets.ISO_8859_1) + " behind");
        assertThat(sightings(search)).containsExactly(new Sighting(prompt, form));
    }

    /** In the middle of what others have encoded, at each of the three places that it can have. */
    @ParameterizedTest
    @CsvSource({"0,BASE64", "1,BASE64_AFTER_ONE", "2,BASE64_AFTER_TWO", "3,BASE64", "31,BASE64_AFTER_ONE"})
    void baseSixtyFourIsFoundWhateverStandsAround(int before, Form form) {
        for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder().withoutPadding())) {
            Search search = new Search(flock.index());
            search.in(encoder.encodeToString(("ü".repeat(before / 2) + "?".repeat(before % 2) + prompt.text() + "ÿ and more").getBytes(StandardCharsets.UTF_8)));
            assertThat(sightings(search)).containsExactly(new Sighting(prompt, form));
        }
    }

    @Test
    void whatOthersWriteIsOneOfTheForms() {
        byte[] bytes = prompt.text().getBytes(StandardCharsets.UTF_8);
        Search search = new Search(flock.index());
        search.in(HexFormat.of().formatHex(bytes));
        search.in(URLEncoder.encode("ä " + prompt.text() + "&", StandardCharsets.UTF_8));
        byte[] wide = ("ä" + prompt.text()).getBytes(StandardCharsets.UTF_16BE);
        search.write(wide, 0, wide.length);
        search.next();
        assertThat(sightings(search)).containsExactlyInAnyOrder(new Sighting(prompt, Form.HEX), new Sighting(prompt, Form.PLAIN), new Sighting(prompt, Form.UTF16));
    }

    /** Also where the search's own pieces meet, and whatever pieces it comes in. */
    @ParameterizedTest
    @ValueSource(ints = {0, 262_000, 262_024, 262_080, 262_143, 262_144, 524_100, 786_200})
    void itIsFoundWhereverItStands(int before) {
        byte[] all = ("x".repeat(before) + Form.allOf(prompt.text())).getBytes(StandardCharsets.US_ASCII);
        Search search = new Search(flock.index());
        for (int at = 0; at < all.length; at += 7_919) {
            search.write(all, at, Math.min(7_919, all.length - at));
        }
        search.next();
        Searched searched = search.of("here", prompt, TEXTS);
        assertThat(searched.controls()).isEqualTo(TEXTS);
        assertThat(searched.bytes()).isEqualTo(all.length);
        assertThat(searched.things()).isEqualTo(1);
    }

    @Test
    void whatStandsInTwoThingsIsInNeither() {
        Search search = new Search(flock.index());
        search.in(prompt.text().substring(0, 20));
        search.in(prompt.text().substring(20));
        search.in(prompt.text().substring(0, prompt.text().length() - 1));
        assertThat(sightings(search)).isEmpty();
    }

    @Test
    void aCallsOwnWordsMayBeInItsAnswerAndNoOthers() {
        Canary other = flock.mint(Kind.ANSWER);
        Search search = new Search(flock.index());
        search.own(Set.of(prompt), prompt.text() + other.text());
        assertThat(sightings(search)).containsExactly(new Sighting(other, Form.PLAIN));
    }

    @Test
    void anEmptySearchIsNoSuccess() {
        assertThat(new Search(flock.index()).of("nowhere", control, TEXTS).counts()).isFalse();
        Search without = new Search(flock.index());
        without.in("nothing planted");
        assertThat(without.of("here", control, TEXTS).counts()).isFalse();
        assertThat(without.of("here", control, Set.of()).counts()).as("nothing to find").isFalse();
        Search some = new Search(flock.index());
        some.in(control.text());
        assertThat(some.of("here", control, TEXTS).counts()).as("one form of nine").isFalse();
        assertThat(some.of("here", control, Set.of(Form.PLAIN)).counts()).isTrue();
    }

    @Test
    void controlsAreNoLeaks() {
        Search search = new Search(flock.index());
        search.in(control.text() + " " + prompt.text());
        Searched searched = search.of("here", control, Set.of(Form.PLAIN));
        assertThat(searched.leaks()).containsExactly(new Sighting(prompt, Form.PLAIN));
        assertThat(List.of(searched.found(Kind.PROMPT), searched.found(Kind.KEY))).containsExactly(1L, 0L);
    }

    @Test
    void aFileIsReadToItsEnd(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("log"), "x".repeat(1_000_000) + prompt.text());
        Search search = new Search(flock.index());
        search.in(file);
        assertThat(sightings(search)).containsExactly(new Sighting(prompt, Form.PLAIN));
    }

    @Test
    void aReportDoesNotTellWhatItFound() {
        assertThat(prompt.toString()).doesNotContain(prompt.text()).startsWith("prompts ");
        assertThatThrownBy(() -> new Canary(Kind.KEY, "short")).isInstanceOf(IllegalArgumentException.class);
    }

    private static Set<Sighting> sightings(Search search) {
        return search.of("here", new Flock(new Random(1)).mint(Kind.CONTROL), Set.of()).sightings();
    }
}
