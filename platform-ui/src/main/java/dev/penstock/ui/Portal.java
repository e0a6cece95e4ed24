package dev.penstock.ui;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.page.AppShellConfigurator;
import com.vaadin.flow.component.page.Inline;
import com.vaadin.flow.component.page.Push;
import com.vaadin.flow.component.page.Viewport;
import com.vaadin.flow.server.AppShellSettings;
import com.vaadin.flow.theme.aura.Aura;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** The portal, and the page all of it is shown in. */
@SpringBootApplication
@Push
@Viewport("width=device-width, initial-scale=1")
@StyleSheet(Aura.STYLESHEET)
@StyleSheet("tokens.css")
@StyleSheet("icons.css")
@StyleSheet("components.css")
@StyleSheet("portal.css")
public class Portal implements AppShellConfigurator {

    private static final long serialVersionUID = 1L;

    /** Before the first paint, so that a dark portal does not flash. */
    private static final String THEME =
            """
            try { const theme = localStorage.getItem("penstock-theme");
              if (theme === "light" || theme === "dark") document.documentElement.setAttribute("theme", theme); } catch (denied) { }""";

    public static void main(String[] args) {
        new SpringApplicationBuilder(Portal.class).properties("spring.config.name=platform-ui").run(args);
    }

    @Override
    public void configurePage(AppShellSettings settings) {
        settings.addInlineWithContents(Inline.Position.PREPEND, THEME, Inline.Wrapping.JAVASCRIPT);
        settings.addMetaTag("color-scheme", "light dark");
        settings.addLink("icon", "favicon.svg");
    }
}
