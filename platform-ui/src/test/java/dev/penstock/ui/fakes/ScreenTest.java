package dev.penstock.ui.fakes;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.SpringBrowserlessTest;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.dom.DomEvent;
import com.vaadin.flow.dom.Element;
import com.vaadin.flow.internal.nodefeature.ElementListenerMap;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.server.VaadinSession;
import dev.penstock.contract.Change;
import dev.penstock.contract.platform.Me;
import dev.penstock.ui.Portal;
import dev.penstock.ui.backend.ChangeFeed;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.NewIds;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** A screen in its frame, without a browser, against the fakes. */
@ContextConfiguration(classes = ScreenTest.Configured.class)
@TestPropertySource(
        properties = {"penstock.platform-backend.url=http://localhost:1", "penstock.quota-service.url=http://localhost:1"})
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
public abstract class ScreenTest extends SpringBrowserlessTest {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    protected FakeServices services = new FakeServices(() -> Persona.STRANGER, Clock.systemUTC());
    protected Scenario scenario = new Scenario();

    @Autowired
    void wired(FakeServices wiredServices, Scenario wiredScenario) {
        services = wiredServices;
        scenario = wiredScenario;
    }

    @BeforeEach
    void aLivelyAfternoon() {
        scenario.begin();
        services.clear();
        Showcase.fill(services, scenario.instant());
    }

    @Override
    protected Set<String> scanPackages() {
        return Set.of("dev.penstock.ui");
    }

    /** Opens an address as somebody. */
    protected void open(Persona persona, String address) {
        scenario.signedInAs(persona);
        VaadinSession.getCurrent().setAttribute(Me.class, null); // The page that every test begins with was a scientist's.
        go(address);
    }

    /** All words of the screen. */
    protected String screen() {
        return words(((Component) getCurrentView()).getElement());
    }

    /** All words of the page, with the frame and open dialogs. */
    protected String page() {
        var chain = UI.getCurrent().getInternals().getActiveRouterTargetsChain();
        return words(chain.getLast().getElement())
                + find(Dialog.class).all().stream().map(dialog -> words(dialog.getElement())).collect(Collectors.joining())
                + find(Notification.class).all().stream().map(toast -> words(toast.getElement())).collect(Collectors.joining());
    }

    protected void click(String button) {
        List<NativeButton> found = find(NativeButton.class).withCondition(each -> words(each.getElement()).trim().equals(button)).all();
        assertThat(found).as("buttons called “%s” among %s", button, buttons()).isNotEmpty();
        test(found.getLast()).click();
        roundTrip();
    }

    protected List<String> buttons() {
        return find(NativeButton.class).all().stream().map(each -> words(each.getElement()).trim()).toList();
    }

    /** Follows a link as a click in the browser would. */
    protected void follow(String link) {
        go(address(link));
    }

    private void go(String address) {
        Address.of(new Location(address)).openIn(UI.getCurrent());
        roundTrip();
    }

    /** Where a link leads. */
    protected String address(String link) {
        Link found = find(Link.class).withCondition(each -> words(each.getElement()).trim().equals(link)).all().stream()
                .findFirst()
                .orElseThrow(() -> new AssertionError("no link “" + link + "” among " + links()));
        String href = Objects.requireNonNull(found.getElement().getAttribute("href"));
        return href.startsWith("./") ? href.substring(2) : href;
    }

    protected List<String> links() {
        return find(Link.class).all().stream().map(each -> words(each.getElement()).trim()).toList();
    }

    /** Ticks a box or chooses a radio button by its accessible name. */
    protected void choose(String label) {
        Markup input = find(Markup.class)
                .withCondition(each -> "input".equals(each.getElement().getTag()) && label.equals(each.getElement().getAttribute("aria-label")))
                .single();
        ElementListenerMap listeners =
                input.getElement().getNode().getFeature(ElementListenerMap.class);
        listeners.fireEvent(new DomEvent(input.getElement(), "change", JsonNodeFactory.instance.objectNode()));
    }

    /** Tells the open tabs of a change, as the services' streams would. */
    protected void told(Change change) {
        Objects.requireNonNull(VaadinSession.getCurrent().getAttribute(ChangeFeed.class)).tell(change);
    }

    protected static Change change(String kind, Object subject) {
        return new Change("1.1", kind, Ids.RESEARCH, Ids.VISION, subject.toString(), null, Scenario.START);
    }

    protected void eventually(BooleanSupplier holds) {
        long end = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).as("what the page shows in the end: %s", page()).isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
            roundTrip();
        }
    }

    private static String words(Element element) {
        var words = new StringBuilder();
        collect(element, words);
        return words.toString().replaceAll("\\s+", " ");
    }

    private static void collect(Element element, StringBuilder words) {
        if (element.isTextNode()) {
            words.append(element.getText());
        } else if (element.isVisible()) {
            element.getChildren().forEach(child -> collect(child, words));
            String header = element.getProperty("headerTitle");
            words.append(header == null ? "" : header).append(' ');
        }
    }

    /** The portal without sign-in and without services. */
    @Configuration(proxyBeanMethods = false)
    @ComponentScan(
            basePackages = "dev.penstock.ui",
            excludeFilters = {
                @Filter(type = FilterType.REGEX, pattern = "dev\\.penstock\\.ui\\.(signin|demo|fakes)\\..*"),
                @Filter(type = FilterType.REGEX, pattern = "dev\\.penstock\\.ui\\.Wiring"),
                @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Portal.class)
            })
    @Import(FakesConfiguration.class)
    static class Configured {

        @Bean
        @Primary
        Scenario scenario() {
            return new Scenario();
        }

        @Bean
        FakeServices fakeServices(Scenario scenario) {
            return new FakeServices(scenario::persona, scenario);
        }

        @Bean
        NewIds newIds() {
            var last = new AtomicLong(0x9000);
            return () -> Ids.uuid(last.incrementAndGet());
        }

        @Bean
        JsonMapper jsonMapper() {
            return new JsonMapper();
        }
    }
}
