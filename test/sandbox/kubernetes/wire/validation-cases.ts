import type { WireCase } from './wire-case.ts'
import { apps, dry, json, merge, namespace, strategic, web } from './wire-case.ts'

export const validationCases: readonly WireCase[] = [
  {
    name: 'negative replicas',
    method: 'PATCH',
    path: web,
    type: merge,
    body: { spec: { replicas: -1 } },
    expect: {
      code: 422,
      reason: 'Invalid',
      message: 'Deployment.apps "web" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0',
      details: {
        name: 'web',
        group: 'apps',
        kind: 'Deployment',
        causes: [
          {
            reason: 'FieldValueInvalid',
            message: 'Invalid value: -1: must be greater than or equal to 0',
            field: 'spec.replicas',
          },
        ],
      },
    },
  },
  {
    name: 'another selector',
    method: 'PATCH',
    path: web,
    type: merge,
    body: { spec: { selector: { matchLabels: { x: 'y' } } } },
    expect: {
      code: 422,
      reason: 'Invalid',
      message:
        'Deployment.apps "web" is invalid: [spec.template.metadata.labels: Invalid value: {"app":"web"}: `selector` does not match template `labels`, spec.selector: Invalid value: {"matchLabels":{"app":"web","x":"y"}}: field is immutable]',
    },
  },
  {
    name: 'a container without image',
    method: 'PATCH',
    path: web,
    type: strategic,
    body: { spec: { template: { spec: { containers: [{ name: 'app', image: null }] } } } },
    expect: {
      code: 422,
      reason: 'Invalid',
      message: 'Deployment.apps "web" is invalid: spec.template.spec.containers[0].image: Required value',
    },
  },
  {
    name: 'an image with spaces around it, which only pods refuse',
    method: 'PATCH',
    path: dry,
    type: strategic,
    body: { spec: { template: { spec: { containers: [{ name: 'app', image: ' x' }] } } } },
    expect: { code: 200 },
  },
  {
    name: 'two containers of one name',
    method: 'PATCH',
    path: dry,
    type: json,
    body: [{ op: 'add', path: '/spec/template/spec/containers/-', value: { name: 'app', image: 'x' } }],
    expect: {
      code: 422,
      reason: 'Invalid',
      message: 'Deployment.apps "web" is invalid: spec.template.spec.containers[1].name: Duplicate value: "app"',
    },
  },
  {
    name: 'no containers',
    method: 'PATCH',
    path: dry,
    type: json,
    body: [{ op: 'replace', path: '/spec/template/spec/containers', value: [] }],
    expect: {
      code: 422,
      reason: 'Invalid',
      message: 'Deployment.apps "web" is invalid: spec.template.spec.containers: Required value',
    },
  },
  {
    name: 'a label that is none',
    method: 'PATCH',
    path: dry,
    type: merge,
    body: { metadata: { labels: { team: 'a b' } } },
    expect: {
      code: 422,
      reason: 'Invalid',
      message:
        /^Deployment\.apps "web" is invalid: metadata\.labels: Invalid value: "a b": a valid label must be an empty string or consist of/,
    },
  },
  {
    name: 'a rollout that may neither surge nor shrink',
    method: 'PATCH',
    path: dry,
    type: merge,
    body: { spec: { strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } } } },
    expect: {
      code: 422,
      reason: 'Invalid',
      message:
        'Deployment.apps "web" is invalid: spec.strategy.rollingUpdate.maxUnavailable: Invalid value: 0: may not be 0 when `maxSurge` is 0',
    },
  },
  {
    name: 'Recreate beside rollingUpdate',
    method: 'PATCH',
    path: dry,
    type: merge,
    body: { spec: { strategy: { type: 'Recreate' } } },
    expect: {
      code: 422,
      reason: 'Invalid',
      message:
        'Deployment.apps "web" is invalid: spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is \'Recreate\'',
    },
  },
  {
    name: 'a strategy that is none',
    method: 'PATCH',
    path: dry,
    type: merge,
    body: { spec: { strategy: { type: 'Slow', rollingUpdate: null } } },
    expect: {
      code: 422,
      reason: 'Invalid',
      message:
        'Deployment.apps "web" is invalid: spec.strategy: Unsupported value: {"Type":"Slow","RollingUpdate":null}: supported values: "Recreate", "RollingUpdate"',
    },
  },
  {
    name: 'a deadline shorter than minReadySeconds',
    method: 'PATCH',
    path: dry,
    type: merge,
    body: { spec: { progressDeadlineSeconds: 5, minReadySeconds: 5 } },
    expect: {
      code: 422,
      reason: 'Invalid',
      message:
        'Deployment.apps "web" is invalid: spec.progressDeadlineSeconds: Invalid value: 5: must be greater than minReadySeconds',
    },
  },
  {
    name: 'an empty deployment of a bad name',
    method: 'POST',
    path: `${apps}/deployments`,
    body: { kind: 'Deployment', apiVersion: 'apps/v1', metadata: { name: 'A_b' } },
    expect: {
      code: 422,
      reason: 'Invalid',
      message:
        /^Deployment\.apps "A_b" is invalid: \[metadata\.name: Invalid value: "A_b": a lowercase RFC 1123 subdomain .*, spec\.selector: Required value, spec\.template\.metadata\.labels: Invalid value: null: `selector` does not match template `labels`, spec\.template\.spec\.containers: Required value\]$/s,
    },
  },
  {
    name: 'an autoscaler with max below min',
    method: 'POST',
    path: `/apis/autoscaling/v2/namespaces/${namespace}/horizontalpodautoscalers?dryRun=All`,
    body: {
      metadata: { name: 'web' },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
        minReplicas: 5,
        maxReplicas: 2,
      },
    },
    expect: {
      code: 422,
      reason: 'Invalid',
      message:
        'HorizontalPodAutoscaler.autoscaling "web" is invalid: spec.maxReplicas: Invalid value: 2: must be greater than or equal to `minReplicas`',
    },
  },
  {
    name: 'an autoscaler with min 0',
    method: 'POST',
    path: `/apis/autoscaling/v2/namespaces/${namespace}/horizontalpodautoscalers?dryRun=All`,
    body: {
      metadata: { name: 'web' },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
        minReplicas: 0,
        maxReplicas: 2,
      },
    },
    expect: {
      code: 422,
      reason: 'Invalid',
      message:
        'HorizontalPodAutoscaler.autoscaling "web" is invalid: spec.metrics: Forbidden: must specify at least one Object or External metric to support scaling to zero replicas',
    },
  },
  {
    name: 'a stateful set’s service name',
    method: 'PATCH',
    path: `${apps}/statefulsets/db?dryRun=All`,
    type: merge,
    body: { spec: { serviceName: 'other' } },
    expect: {
      code: 422,
      reason: 'Invalid',
      message: 'StatefulSet.apps "db" is invalid: spec.serviceName: Invalid value: "other": field is immutable',
    },
  },
]
