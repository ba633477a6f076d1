import type { OutgoingConfig } from '../../config/config.ts'
import type { ProxySettings } from './transport.ts'

/** The proxy as the transport takes it; nothing where there is none. */
export function slackProxy({ httpsProxy, noProxy }: OutgoingConfig): { readonly proxy?: ProxySettings } {
  return httpsProxy === undefined ? {} : { proxy: { httpsProxy: httpsProxy.href, noProxy: noProxy.join(',') } }
}
