import type { AlertsConfig, ChannelConfig, ClusterConfig, SourceAuth } from './config.ts'
import type { AlertsText, ClusterText, ConfigFile } from './schema.ts'
import type { ClusterName } from '../clusters/names.ts'
import type { ChannelId } from '../chat/identity.ts'
import { resolve } from 'node:path'

/** `folder` is the file's own: relative paths start there. `kubeconfig` is what kubectl would read. */
export function toCluster(
  name: ClusterName,
  text: ClusterText,
  paths: { readonly folder: string; readonly kubeconfig: readonly string[] },
): ClusterConfig {
  const { context, environment, impersonate, timeout, kubeconfig } = text
  const files = kubeconfig === undefined ? paths.kubeconfig : [resolve(paths.folder, kubeconfig)]
  return {
    name,
    environment,
    impersonate,
    timeoutMs: timeout,
    way: context === undefined ? { kind: 'in-cluster' } : { kind: 'kubeconfig', files, context },
  }
}

export function toChannels(channels: ConfigFile['channels']): ReadonlyMap<ChannelId, ChannelConfig> {
  return new Map(
    [...channels].map(([id, { cluster, namespace, approvals, audit, language }]) => [
      id,
      { cluster, namespace, audit, language, approvals: approvals === true ? 'all' : (approvals ?? []) },
    ]),
  )
}

const everything: ReadonlyMap<string, readonly string[]> = new Map()

export function toAlerts({ alertmanager, watchdog, routes }: AlertsText, auth: SourceAuth): AlertsConfig {
  return {
    alertmanager,
    auth,
    watchdog: watchdog === undefined ? undefined : { match: watchdog.match, silenceMs: watchdog.silence },
    routes: routes.map(({ match, channel, escalate, quiet }) => ({
      match: match ?? everything,
      channel,
      escalate: escalate
        .map(({ after, mention }) => ({ afterMs: after, mention }))
        .sort((a, b) => a.afterMs - b.afterMs),
      quiet,
    })),
  }
}
