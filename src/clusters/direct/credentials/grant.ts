/** What a request or a connection carries to show who we are. */
export interface Grant {
  readonly authorization?: string
  readonly cert?: string
  readonly key?: string
}

/** One identity's proof, renewed as it ages. */
export interface Credential {
  /** Throws where no proof can be had. */
  get(): Promise<Grant>
  /** The server refused it: the next `get` fetches anew. */
  invalidate(): void
  close(): void
}
