package dev.penstock.ui.signin;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.AuthorizationGrantType;

/**
 * The provider as it describes itself, read when it is first needed: the portal starts before, and without, the provider. A provider that
 * does not answer is asked again at the next sign-in.
 */
final class ProviderRegistration implements ClientRegistrationRepository {

    static final String ID = "penstock";

    private final IdentitySettings settings;
    private volatile @Nullable ClientRegistration known;

    ProviderRegistration(IdentitySettings settings) {
        this.settings = settings;
    }

    @Override
    public @Nullable ClientRegistration findByRegistrationId(String registrationId) {
        return ID.equals(registrationId) ? get() : null;
    }

    /** @throws IllegalArgumentException when the provider does not answer, or describes another issuer */
    ClientRegistration get() {
        ClientRegistration present = known;
        if (present == null) {
            present = discover();
            known = present;
        }
        return present;
    }

    /** Where the provider ends its own session; null when it has no such address. */
    @Nullable String endSessionAddress() {
        Object address = get().getProviderDetails().getConfigurationMetadata().get("end_session_endpoint");
        return address == null ? null : address.toString();
    }

    private ClientRegistration discover() {
        // The id token says all we need of a person, so the user-info address stays unused: one call less at sign-in.
        return Objects.requireNonNull(ClientRegistrations.fromIssuerLocation(settings.issuer().toString()))
                .registrationId(ID)
                .clientId(settings.clientId())
                .clientSecret(settings.clientSecret())
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUri("{baseUrl}/login/oauth2/code/{registrationId}")
                .scope(settings.scopes())
                .userInfoUri(null)
                .userNameAttributeName("sub")
                .clientName("Penstock")
                .build();
    }
}
