/** What stands below a channel's name. */
export const topics: Readonly<Record<string, string>> = {
  C0SHOP: 'The shop team. Orders without a cluster go to test, namespace shop',
  C0OPS: 'Production, both clusters, on call',
  C0ALERTS: 'What the monitoring says',
  C0AUDIT: 'Who did what',
  C0PARTNER: 'With our supplier, who reads along',
  C0RANDOM: 'Coffee, cats, 午饭吃什么',
}

/** What readback.yaml says about channels, for completion. */
export const places: Readonly<Record<string, { readonly cluster: string; readonly namespace: string }>> = {
  C0SHOP: { cluster: 'test', namespace: 'shop' },
}
