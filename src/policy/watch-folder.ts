import { watch } from 'node:fs'

/** Calls `changed` whenever something in the folder may have changed; the returned function ends it. Never throws. */
export type WatchFolder = (folder: string, changed: () => void) => () => void

/**
 * The folder is watched, not the file: editors replace files, and a Kubernetes ConfigMap is swapped by renaming a
 * link beside it. Where watching is impossible (no folder, no inotify watches left) nothing is ever called.
 */
export const watchFolder: WatchFolder = (folder, changed) => {
  try {
    const watcher = watch(folder, { persistent: false }, changed)
    // The folder went away; whoever looks at the file now and then finds out as well.
    watcher.on('error', changed)
    return () => watcher.close()
  } catch {
    return () => undefined
  }
}
