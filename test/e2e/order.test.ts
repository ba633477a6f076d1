import { ordersOn } from '../contract/orders.ts'
import { simulatedClusters } from '../support/clusters.ts'

ordersOn(simulatedClusters)
