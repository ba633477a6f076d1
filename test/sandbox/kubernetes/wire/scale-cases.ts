import type { WireCase } from './wire-case.ts'
import { apps, merge, web } from './wire-case.ts'

export const scaleCases: readonly WireCase[] = [
  {
    name: 'the scale',
    method: 'GET',
    path: `${web}/scale`,
    expect: { code: 200, body: { kind: 'Scale', spec: { replicas: 2 }, status: { replicas: 2, selector: 'app=web' } } },
  },
  {
    name: 'a scale to zero leaves the number out',
    method: 'PATCH',
    path: `${web}/scale?dryRun=All`,
    type: merge,
    body: { spec: { replicas: 0 } },
    expect: { code: 200, body: { kind: 'Scale', spec: {} } },
  },
  {
    name: 'a negative scale',
    method: 'PATCH',
    path: `${web}/scale`,
    type: merge,
    body: { spec: { replicas: -3 } },
    expect: {
      code: 422,
      reason: 'Invalid',
      message:
        'Scale.autoscaling "web" is invalid: spec.replicas: Invalid value: -3: must be greater than or equal to 0',
    },
  },
  {
    name: 'a scale with an old version',
    method: 'PATCH',
    path: `${web}/scale`,
    type: merge,
    body: { metadata: { resourceVersion: '1' }, spec: { replicas: 3 } },
    expect: {
      code: 409,
      reason: 'Conflict',
      message:
        'Operation cannot be fulfilled on deployments.apps "web": the object has been modified; please apply your changes to the latest version and try again',
    },
  },
  {
    name: 'the scale of a daemon set',
    method: 'GET',
    path: `${apps}/daemonsets/agent/scale`,
    expect: { code: 404, reason: 'NotFound', message: 'the server could not find the requested resource' },
  },
]
