// The one file of client-node that is needed, imported when it is: beside it lie a thousand models.
export { KubeConfig } from '@kubernetes/client-node/dist/config.js'
