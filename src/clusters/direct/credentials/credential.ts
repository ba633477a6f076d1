import type { Clock } from '../../../time/clock.ts'
import type { Connection, Material } from '../connection.ts'
import type { Environment } from '../settings.ts'
import { createFreshFile } from '../fresh-file.ts'
import type { Credential, Grant } from './grant.ts'
import { createExecPlugin } from './exec-plugin.ts'

/** The credential of one connection, from whatever its user names. */
export function createCredential(
  connection: Connection,
  deps: { readonly clock: Clock; readonly environment: Environment },
): Credential {
  const { user } = connection
  const parts: Credential[] = []
  if (user.certificate) {
    parts.push(
      createMaterial('cert', user.certificate.cert, deps.clock),
      createMaterial('key', user.certificate.key, deps.clock),
    )
  }
  if (user.basic) {
    const pair = Buffer.from(`${user.basic.username}:${user.basic.password}`).toString('base64')
    parts.push(fixed({ authorization: `Basic ${pair}` }))
  }
  if (user.token !== undefined) parts.push(fixed({ authorization: `Bearer ${user.token.trim()}` }))
  if (user.tokenFile !== undefined) parts.push(createTokenFile(user.tokenFile, deps.clock))
  if (user.provider) parts.push(createProvider(user.provider))
  if (user.exec) parts.push(createExecPlugin(user.exec, { ...deps, connection }))
  return {
    get: async () => {
      const grants = await Promise.all(parts.map((part) => part.get()))
      return grants.reduce<Grant>((all, grant) => ({ ...all, ...grant }), {})
    },
    invalidate: () => parts.forEach((part) => part.invalidate()),
    close: () => parts.forEach((part) => part.close()),
  }
}

const nothing = (): void => undefined

function fixed(grant: Grant): Credential {
  return { get: async () => grant, invalidate: nothing, close: nothing }
}

function createTokenFile(path: string, clock: Clock): Credential {
  const file = createFreshFile(path, clock)
  return {
    get: async () => ({ authorization: `Bearer ${(await file.get()).trim()}` }),
    invalidate: () => file.invalidate(),
    close: nothing,
  }
}

function createMaterial(part: 'cert' | 'key', material: Material, clock: Clock): Credential {
  if ('pem' in material) return fixed({ [part]: material.pem })
  const file = createFreshFile(material.file, clock)
  return { get: async () => ({ [part]: await file.get() }), invalidate: () => file.invalidate(), close: nothing }
}

function createProvider(authorization: () => Promise<string | undefined>): Credential {
  let asking: Promise<Grant> | undefined
  const ask = async (): Promise<Grant> => {
    try {
      const header = await authorization()
      if (header === undefined) throw new Error('the auth provider of the kubeconfig gave no token')
      return { authorization: header }
    } finally {
      asking = undefined
    }
  }
  return {
    get: async () => {
      asking ??= ask()
      return await asking
    },
    invalidate: nothing,
    close: nothing,
  }
}
