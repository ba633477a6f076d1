/** Whether this process is the one that posts. With several replicas on one store, exactly one is at a time. */
export interface Turn {
  mine(): boolean
  /** Called when the answer changes. Returns the end of listening. */
  onChange(listener: () => void): () => void
}

/** For a process that is alone with its store. */
export const alone: Turn = { mine: () => true, onChange: () => () => {} }
