import { killedOn } from '../contract/killed.ts'

killedOn(async () => {
  const file = process.env['KUBECONFIG']
  if (!file) throw new Error('test:cluster needs KUBECONFIG with contexts test and prod')
  return file
})
