package dev.penstock.bench.subject;

import dev.penstock.bench.bare.BareProxy;
import dev.penstock.bench.load.Address;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program of others that passes everything on and asks nobody anything, as lean as its own documentation has it. */
public final class Proxy implements Subject {

    public static final String HAPROXY = "haproxy";
    public static final String NGINX = "nginx";
    public static final String SPRING_CLOUD_GATEWAY = "spring-cloud-gateway";
    public static final String VERTX = "vertx";

    /** Those of a run are fewer. */
    private static final int MOST_CONNECTIONS = 2_000;

    private final String name;
    private final Child child;
    private final int port;

    private Proxy(String name, Child child, int port) {
        this.name = name;
        this.child = child;
        this.port = port;
        Patience.awaitAnswer(child, URI.create("http://127.0.0.1:" + port + "/health"));
    }

    /** One thread; connections to the upstream are kept and shared by whoever comes. */
    public static Subject haproxy(Run run, UpstreamProcess upstream) {
        int port = Run.freePort();
        Path configuration = run.write("haproxy.cfg", """
                global
                    nbthread 1
                    maxconn %d
                defaults
                    mode http
                    timeout connect 5s
                    timeout client 120s
                    timeout server 120s
                    http-reuse always
                frontend in
                    bind 127.0.0.1:%d
                    default_backend model
                backend model
                    server upstream 127.0.0.1:%d
                """.formatted(MOST_CONNECTIONS, port, upstream.port()));
        String program = Installed.find(HAPROXY, "haproxy");
        return new Proxy(HAPROXY, run.start(HAPROXY, Core.SUBJECT, List.of(program, "-db", "-f", configuration.toString())), port);
    }

    /** One worker; connections to the upstream are kept, and what comes is passed on as it comes. */
    public static Subject nginx(Run run, UpstreamProcess upstream) {
        int port = Run.freePort();
        Path own = run.makeFolder("nginx");
        Path configuration = run.write("nginx.conf", """
                daemon off;
                worker_processes 1;
                pid %1$s/pid;
                error_log stderr;
                events { worker_connections %2$d; }
                http {
                    access_log off;
                    client_body_temp_path %1$s/body;
                    proxy_temp_path %1$s/proxy;
                    fastcgi_temp_path %1$s/fastcgi;
                    uwsgi_temp_path %1$s/uwsgi;
                    scgi_temp_path %1$s/scgi;
                    keepalive_requests 100000000;
                    upstream model {
                        server 127.0.0.1:%3$d;
                        keepalive 512;
                        keepalive_requests 100000000;
                    }
                    server {
                        listen 127.0.0.1:%4$d;
                        location / {
                            proxy_pass http://model;
                            proxy_http_version 1.1;
                            proxy_set_header Connection "";
                            proxy_buffering off;
                            proxy_read_timeout 120s;
                        }
                    }
                }
                """.formatted(own, MOST_CONNECTIONS, upstream.port(), port));
        String program = Installed.find(NGINX, "nginx-light");
        return new Proxy(NGINX, run.start(NGINX, Core.SUBJECT, List.of(program, "-e", "stderr", "-c", configuration.toString())), port);
    }

    /** With the JVM's own choice of everything: on one core the serial collector, and both compilers. */
    public static Subject springCloudGateway(Run run, UpstreamProcess upstream, Path home) {
        int port = Run.freePort();
        Path jar = Jdk.laidOut(run, home.resolve("deploy/bench/ordinary"));
        List<String> command = new ArrayList<>(List.of(Jdk.program(), "-jar", jar.toString(), "--server.port=" + port, "--upstream=" + upstream.url()));
        return new Proxy(SPRING_CLOUD_GATEWAY, run.start(SPRING_CLOUD_GATEWAY, Core.SUBJECT, command), port);
    }

    /** What the gateway is made of and nothing else, with the options of quota-service's JVM. */
    public static Subject vertx(Run run, UpstreamProcess upstream, Path home, JvmOptions options) {
        int port = Run.freePort();
        List<String> command = new ArrayList<>(List.of(Jdk.program()));
        command.addAll(options.words());
        command.addAll(List.of(
                "-cp", Jdk.laidOut(run, home.resolve("quota-service")) + ":" + Jdk.classesOf(BareProxy.class), BareProxy.class.getName(),
                Integer.toString(port), Integer.toString(upstream.port())));
        return new Proxy(VERTX, run.start(VERTX, Core.SUBJECT, command), port);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Address address() {
        return new Address(port, null);
    }

    @Override
    public long[] pids() {
        return new long[] {child.pid()};
    }
}
