import type { KeyObject } from 'node:crypto'
import { createSign, generateKeyPairSync } from 'node:crypto'

export interface Certificate {
  readonly cert: string
  readonly key: string
}

/** A P-256 certificate made on the spot, because Node can read X.509 but not write it. Signed by `issuer`, else by itself. */
export function createCertificate({
  name,
  hosts = [],
  addresses = [],
  issuer,
  notAfter = new Date(Date.now() + 86_400_000),
}: {
  readonly name: string
  readonly hosts?: readonly string[]
  readonly addresses?: readonly string[]
  readonly issuer?: Certificate & { readonly name: string }
  readonly notAfter?: Date
}): Certificate & { readonly name: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const signer = issuer?.key ?? privateKey
  const ecdsaWithSha256 = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02))
  const names = [
    ...hosts.map((host) => der(0x82, Buffer.from(host))),
    ...addresses.map((address) => der(0x87, Buffer.from(address.split('.').map(Number)))),
  ]
  const extensions = [
    extension(oid(0x55, 0x1d, 0x13), sequence(...(issuer ? [] : [der(0x01, Buffer.from([0xff]))]))),
    ...(names.length > 0 ? [extension(oid(0x55, 0x1d, 0x11), sequence(...names))] : []),
  ]
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1, ...Buffer.from(name).subarray(0, 15)])),
    ecdsaWithSha256,
    distinguished(issuer?.name ?? name),
    sequence(time(new Date(Date.now() - 172_800_000)), time(notAfter)),
    distinguished(name),
    spki(publicKey),
    der(0xa3, sequence(...extensions)),
  )
  const signature = createSign('sha256').update(body).sign(signer)
  const whole = sequence(body, ecdsaWithSha256, der(0x03, Buffer.concat([Buffer.from([0]), signature])))
  return { name, cert: pem('CERTIFICATE', whole), key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() }
}

function der(tag: number, content: Buffer): Buffer {
  const { length } = content
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts))
}

function oid(...bytes: readonly number[]): Buffer {
  return der(0x06, Buffer.from(bytes))
}

function extension(id: Buffer, value: Buffer): Buffer {
  return sequence(id, der(0x04, value))
}

function distinguished(name: string): Buffer {
  return sequence(der(0x31, sequence(oid(0x55, 0x04, 0x03), der(0x0c, Buffer.from(name)))))
}

function time(date: Date): Buffer {
  return der(0x17, Buffer.from(`${date.toISOString().replaceAll(/[-:T]/g, '').slice(2, 14)}Z`))
}

function spki(key: KeyObject): Buffer {
  return key.export({ type: 'spki', format: 'der' })
}

function pem(label: string, bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? []
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`
}
