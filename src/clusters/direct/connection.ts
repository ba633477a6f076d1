/** PEM text, or the file that holds it and may be replaced while we run. */
export type Material = { readonly pem: string } | { readonly file: string }

/** Who a kubeconfig user acts as (`as`, `as-groups`, `as-uid`, `as-user-extra`). */
export interface ActingAs {
  readonly user: string
  readonly groups: readonly string[]
  readonly uid?: string
  readonly extra: Readonly<Record<string, readonly string[]>>
}

/** A client-go credential plugin as the kubeconfig describes it. */
export interface ExecPlugin {
  readonly apiVersion: string
  readonly command: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly provideClusterInfo: boolean
  /** Plugins with a relative path are found from the kubeconfig's folder. */
  readonly folder: string
}

/** Ways to show who we are; of several the last named here wins, except that a certificate goes along with any. */
export interface UserSource {
  readonly basic?: { readonly username: string; readonly password: string }
  readonly token?: string
  readonly tokenFile?: string
  /** `Authorization` from one of the older auth providers (oidc, azure, gcp), refreshed inside. */
  readonly provider?: () => Promise<string | undefined>
  readonly exec?: ExecPlugin
  readonly certificate?: { readonly cert: Material; readonly key: Material }
  readonly as?: ActingAs
}

/** One server and one identity. Never shared between two clusters. */
export interface Connection {
  /** URL; a path in it (a multi-cluster proxy) goes before every request's path. */
  readonly server: string
  readonly ca?: Material
  readonly skipVerify: boolean
  readonly serverName?: string
  readonly proxyUrl?: string
  readonly user: UserSource
}
