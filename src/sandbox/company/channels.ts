/** What readback.yaml says about channels, for completion. */
export const places: Readonly<Record<string, { readonly cluster: string; readonly namespace: string }>> = {
  C0SHOP: { cluster: 'test', namespace: 'shop' },
}
