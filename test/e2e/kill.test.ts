import { killedOn } from '../contract/killed.ts'
import { simulatedClusters } from '../support/clusters.ts'

killedOn(simulatedClusters)
