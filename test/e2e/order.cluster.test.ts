import { ordersOn } from '../contract/orders.ts'

ordersOn(async () => {
  const file = process.env['KUBECONFIG']
  if (!file) throw new Error('test:cluster needs KUBECONFIG with contexts test and prod')
  return file
})
