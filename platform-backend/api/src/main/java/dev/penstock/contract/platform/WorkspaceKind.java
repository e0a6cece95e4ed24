package dev.penstock.contract.platform;

/** How one works in a workspace. */
public enum WorkspaceKind {
    JUPYTERLAB,
    VSCODE,
    /** A shell, reached with a certificate that is good for a short time. */
    SSH;

    /** Whether it is opened in a browser. */
    public boolean inBrowser() {
        return this != SSH;
    }
}
