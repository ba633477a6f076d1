import type { Json, JsonObject } from '../../../src/json.ts'

/**
 * Requests and what a kube-apiserver 1.37 answers to them. The same list runs against the simulation and, with KUBECONFIG, against a real
 * cluster: a case that fails there is a mistake of this list and so of the simulation.
 */
export interface WireCase {
  readonly name: string
  readonly method: string
  /** `{ns}` stands for the test's namespace. */
  readonly path: string
  readonly type?: string
  readonly body?: Json | string
  readonly as?: string
  readonly expect: {
    readonly code: number
    readonly reason?: string
    /** Exact, or a pattern where the server's own version shows. */
    readonly message?: string | RegExp
    readonly details?: JsonObject
    readonly text?: string
    readonly body?: JsonObject
    readonly warning?: string
  }
}

export const namespace = 'wire-cases'
const ns = `/api/v1/namespaces/${namespace}`
const apps = `/apis/apps/v1/namespaces/${namespace}`
const web = `${apps}/deployments/web`
const dry = `${web}?dryRun=All`
const json = 'application/json-patch+json'
const merge = 'application/merge-patch+json'
const strategic = 'application/strategic-merge-patch+json'
const webDetails = { name: 'web', group: 'apps', kind: 'deployments' }
const moved = {
  code: 422,
  reason: 'Invalid',
  message: 'the server rejected our request due to an error in our request',
  details: {},
} as const

const patchCases: readonly WireCase[] = [
  {
    name: 'a failed test on the uid',
    method: 'PATCH',
    path: web,
    type: json,
    body: [{ op: 'test', path: '/metadata/uid', value: 'x' }],
    expect: moved,
  },
  {
    name: 'a failed test on a missing parent',
    method: 'PATCH',
    path: web,
    type: json,
    body: [{ op: 'test', path: '/spec/nope/x', value: 1 }],
    expect: moved,
  },
  {
    name: 'a test for null where nothing stands',
    method: 'PATCH',
    path: dry,
    type: json,
    body: [{ op: 'test', path: '/spec/paused', value: null }],
    expect: { code: 200 },
  },
  {
    name: 'a test that holds, then one that does not',
    method: 'PATCH',
    path: web,
    type: json,
    body: [
      { op: 'test', path: '/spec/replicas', value: 2 },
      { op: 'test', path: '/spec/replicas', value: 3 },
    ],
    expect: moved,
  },
  {
    name: 'removing what is not there',
    method: 'PATCH',
    path: web,
    type: json,
    body: [{ op: 'remove', path: '/spec/nope' }],
    expect: moved,
  },
  {
    name: 'an index past the end',
    method: 'PATCH',
    path: web,
    type: json,
    body: [{ op: 'replace', path: '/spec/template/spec/containers/4/image', value: 'x' }],
    expect: moved,
  },
  {
    name: 'an index from the end',
    method: 'PATCH',
    path: dry,
    type: json,
    body: [{ op: 'test', path: '/spec/template/spec/containers/-1/name', value: 'app' }],
    expect: { code: 200 },
  },
  {
    name: 'an unknown operation',
    method: 'PATCH',
    path: web,
    type: json,
    body: [{ op: 'frob', path: '/spec' }],
    expect: moved,
  },
  {
    name: 'a JSON patch that is no list',
    method: 'PATCH',
    path: web,
    type: json,
    body: { a: 1 },
    expect: {
      code: 400,
      reason: 'BadRequest',
      message: 'error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp',
    },
  },
  {
    name: 'a JSON patch that is no JSON',
    method: 'PATCH',
    path: web,
    type: json,
    body: '{',
    expect: { code: 400, reason: 'BadRequest', message: 'invalid JSON patch' },
  },
  {
    name: 'a merge patch that is a list',
    method: 'PATCH',
    path: web,
    type: merge,
    body: [],
    expect: {
      code: 400,
      reason: 'BadRequest',
      message: 'error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}',
    },
  },
  {
    name: 'a strategic merge without the merge key',
    method: 'PATCH',
    path: web,
    type: strategic,
    body: { spec: { template: { spec: { containers: [{ image: 'x' }] } } } },
    expect: { code: 500, message: 'map: map[image:x] does not contain declared merge key: name' },
  },
  {
    name: 'a content type that no patch has',
    method: 'PATCH',
    path: web,
    type: 'application/json',
    body: {},
    expect: { code: 415, reason: 'UnsupportedMediaType', message: '415: Unsupported Media Type', details: {} },
  },
  {
    name: 'a patch of nothing',
    method: 'PATCH',
    path: `${apps}/deployments/nope`,
    type: json,
    body: [{ op: 'test', path: '/metadata/uid', value: 'x' }],
    expect: {
      code: 404,
      reason: 'NotFound',
      message: 'deployments.apps "nope" not found',
      details: { name: 'nope', group: 'apps', kind: 'deployments' },
    },
  },
  {
    name: 'a patch with an old version',
    method: 'PATCH',
    path: web,
    type: merge,
    body: { metadata: { resourceVersion: '1' }, spec: { replicas: 3 } },
    expect: {
      code: 409,
      reason: 'Conflict',
      message:
        'Operation cannot be fulfilled on deployments.apps "web": the object has been modified; please apply your changes to the latest version and try again',
      details: webDetails,
    },
  },
  {
    name: 'a patch of the uid',
    method: 'PATCH',
    path: web,
    type: merge,
    body: { metadata: { uid: 'x' } },
    expect: {
      code: 422,
      reason: 'Invalid',
      message: 'Deployment.apps "web" is invalid: metadata.uid: Invalid value: "x": field is immutable',
    },
  },
  {
    name: 'a patch of the name',
    method: 'PATCH',
    path: web,
    type: merge,
    body: { metadata: { name: 'z' } },
    expect: {
      code: 400,
      reason: 'BadRequest',
      message: 'the name of the object (z) does not match the name on the URL (web)',
    },
  },
  {
    name: 'a patch of the namespace',
    method: 'PATCH',
    path: web,
    type: merge,
    body: { metadata: { namespace: 'z' } },
    expect: {
      code: 400,
      reason: 'BadRequest',
      message: 'the namespace of the provided object does not match the namespace sent on the request',
    },
  },
  {
    name: 'a dry run of something else than All',
    method: 'PATCH',
    path: `${web}?dryRun=Yes`,
    type: merge,
    body: {},
    expect: {
      code: 422,
      reason: 'Invalid',
      message: 'PatchOptions.meta.k8s.io "" is invalid: dryRun: Unsupported value: ["Yes"]: supported values: "All"',
      details: {
        group: 'meta.k8s.io',
        kind: 'PatchOptions',
        causes: [
          {
            reason: 'FieldValueNotSupported',
            message: 'Unsupported value: ["Yes"]: supported values: "All"',
            field: 'dryRun',
          },
        ],
      },
    },
  },
  {
    name: 'an unknown field',
    method: 'PATCH',
    path: dry,
    type: merge,
    body: { spec: { foo: 1 } },
    expect: { code: 200, warning: '299 - "unknown field \\"spec.foo\\""' },
  },
  {
    name: 'an unknown field, ignored',
    method: 'PATCH',
    path: `${dry}&fieldValidation=Ignore`,
    type: merge,
    body: { spec: { foo: 1 } },
    expect: { code: 200 },
  },
  {
    name: 'an unknown field, strictly',
    method: 'PATCH',
    path: `${dry}&fieldValidation=Strict`,
    type: merge,
    body: { spec: { foo: 1 } },
    expect: { code: 422, reason: 'Invalid', message: /strict decoding error: unknown field "spec\.foo"$/ },
  },
  {
    name: 'replicas that are no number',
    method: 'PATCH',
    path: dry,
    type: json,
    body: [{ op: 'replace', path: '/spec/replicas', value: 'x' }],
    expect: {
      code: 422,
      reason: 'Invalid',
      message:
        /^ "" is invalid: patch: Invalid value: ".*": json: cannot unmarshal string into Go struct field DeploymentSpec\.spec\.replicas of type int32$/s,
    },
  },
]

const validationCases: readonly WireCase[] = [
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

const scaleCases: readonly WireCase[] = [
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

const readCases: readonly WireCase[] = [
  {
    name: 'one that is not there',
    method: 'GET',
    path: `${apps}/deployments/nope`,
    expect: {
      code: 404,
      reason: 'NotFound',
      message: 'deployments.apps "nope" not found',
      details: { name: 'nope', group: 'apps', kind: 'deployments' },
    },
  },
  {
    name: 'a pod that is not there',
    method: 'GET',
    path: `${ns}/pods/nope`,
    expect: {
      code: 404,
      reason: 'NotFound',
      message: 'pods "nope" not found',
      details: { name: 'nope', kind: 'pods' },
    },
  },
  {
    name: 'a resource that is not there',
    method: 'GET',
    path: `${apps}/foos`,
    expect: { code: 404, reason: 'NotFound', message: 'the server could not find the requested resource', details: {} },
  },
  {
    name: 'a subresource that is not there',
    method: 'GET',
    path: `${web}/nope`,
    expect: { code: 404, reason: 'NotFound', message: 'the server could not find the requested resource', details: {} },
  },
  {
    name: 'a group that is not there',
    method: 'GET',
    path: '/apis/foo.example/v1/foos',
    expect: { code: 404, text: '404 page not found\n' },
  },
  {
    name: 'a list of an empty namespace',
    method: 'GET',
    path: '/apis/apps/v1/namespaces/not-there/deployments',
    expect: { code: 200, body: { kind: 'DeploymentList', apiVersion: 'apps/v1', items: [] } },
  },
  {
    name: 'a field that pods have not',
    method: 'GET',
    path: `${ns}/pods?fieldSelector=foo=bar`,
    expect: { code: 400, reason: 'BadRequest', message: 'field label not supported: foo' },
  },
  {
    name: 'a field that deployments have not',
    method: 'GET',
    path: `${apps}/deployments?fieldSelector=foo=bar`,
    expect: {
      code: 400,
      reason: 'BadRequest',
      message: '"foo" is not a known field selector: only "metadata.name", "metadata.namespace"',
    },
  },
  {
    name: 'a field selector that is none',
    method: 'GET',
    path: `${apps}/deployments?fieldSelector=foo`,
    expect: { code: 400, reason: 'BadRequest', message: "invalid selector: 'foo'; can't understand 'foo'" },
  },
  {
    name: 'a label selector that is none',
    method: 'GET',
    path: `${apps}/deployments?labelSelector==`,
    expect: { code: 400, reason: 'BadRequest', message: "found '=', expected: !, identifier, or 'end of string'" },
  },
  {
    name: 'a continue token that is none',
    method: 'GET',
    path: `${ns}/pods?limit=1&continue=abc`,
    expect: { code: 400, reason: 'BadRequest', message: /^invalid continue token: continue key is not valid: / },
  },
  {
    name: 'a limit that is none',
    method: 'GET',
    path: `${ns}/pods?limit=x`,
    expect: { code: 400, reason: 'BadRequest', message: 'strconv.ParseInt: parsing "x": invalid syntax' },
  },
  {
    name: 'a version of the future',
    method: 'GET',
    path: `${ns}/pods?resourceVersion=99999999`,
    expect: { code: 504, reason: 'Timeout', message: /^Timeout: Too large resource version: 99999999, current: \d+$/ },
  },
  {
    name: 'posting to an object',
    method: 'POST',
    path: web,
    body: {},
    expect: {
      code: 405,
      reason: 'MethodNotAllowed',
      message: 'the server does not allow this method on the requested resource',
      details: {},
    },
  },
  {
    name: 'putting to a list',
    method: 'PUT',
    path: `${apps}/deployments`,
    body: {},
    expect: {
      code: 405,
      reason: 'MethodNotAllowed',
      message: 'the server does not allow this method on the requested resource',
      details: {},
    },
  },
]

const writeCases: readonly WireCase[] = [
  {
    name: 'creating what exists',
    method: 'POST',
    path: `${apps}/deployments`,
    body: {
      metadata: { name: 'web' },
      spec: {
        selector: { matchLabels: { app: 'web' } },
        template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'app', image: 'x' }] } },
      },
    },
    expect: {
      code: 409,
      reason: 'AlreadyExists',
      message: 'deployments.apps "web" already exists',
      details: webDetails,
    },
  },
  {
    name: 'creating in a namespace that is not there',
    method: 'POST',
    path: '/api/v1/namespaces/not-there/configmaps',
    body: { metadata: { name: 'a' } },
    expect: {
      code: 404,
      reason: 'NotFound',
      message: 'namespaces "not-there" not found',
      details: { name: 'not-there', kind: 'namespaces' },
    },
  },
  {
    name: 'creating another kind',
    method: 'POST',
    path: `${apps}/deployments`,
    body: { kind: 'Foo', apiVersion: 'v1' },
    expect: {
      code: 400,
      reason: 'BadRequest',
      message:
        /^Foo in version "v1" cannot be handled as a Deployment: no kind "Foo" is registered for version "v1" in scheme /,
    },
  },
  {
    name: 'creating from no JSON',
    method: 'POST',
    path: `${apps}/deployments`,
    body: '{',
    expect: {
      code: 400,
      reason: 'BadRequest',
      message:
        "the object provided is unrecognized (must be of type Deployment): couldn't get version/kind; json parse error: unexpected end of JSON input ({)",
    },
  },
  {
    name: 'creating from text',
    method: 'POST',
    path: `${apps}/deployments`,
    type: 'text/plain',
    body: '{}',
    expect: {
      code: 415,
      reason: 'UnsupportedMediaType',
      message:
        /^the body of the request was in an unknown format - accepted media types include: application\/json, application\/yaml/,
    },
  },
  {
    name: 'deleting another uid',
    method: 'DELETE',
    path: web,
    body: { preconditions: { uid: 'x' } },
    expect: {
      code: 409,
      reason: 'Conflict',
      message:
        /^Operation cannot be fulfilled on Deployment\.apps "web": the UID in the precondition \(x\) does not match the UID in record \([0-9a-f-]{36}\)\. The object might have been deleted and then recreated$/,
    },
  },
  {
    name: 'deleting as a dry run',
    method: 'DELETE',
    path: dry,
    expect: { code: 200, body: { kind: 'Status', status: 'Success' } },
  },
  {
    name: 'reviewing one’s own access',
    method: 'POST',
    path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
    body: { spec: { resourceAttributes: { namespace, verb: 'patch', group: 'apps', resource: 'deployments' } } },
    as: 'ann',
    expect: { code: 201, body: { kind: 'SelfSubjectAccessReview', status: { allowed: false } } },
  },
]

const denied = (verb: string, what: string, scope: string) =>
  `User "ann" cannot ${verb} resource "${what}" in API group "apps" ${scope}`
const inside = `in the namespace "${namespace}"`
const deniedCases: readonly WireCase[] = [
  {
    name: 'getting one without the right',
    method: 'GET',
    path: web,
    as: 'ann',
    expect: {
      code: 403,
      reason: 'Forbidden',
      message: `deployments.apps "web" is forbidden: ${denied('get', 'deployments', inside)}`,
      details: webDetails,
    },
  },
  {
    name: 'listing without the right',
    method: 'GET',
    path: `${apps}/deployments`,
    as: 'ann',
    expect: {
      code: 403,
      reason: 'Forbidden',
      message: `deployments.apps is forbidden: ${denied('list', 'deployments', inside)}`,
      details: { group: 'apps', kind: 'deployments' },
    },
  },
  {
    name: 'listing everywhere without the right',
    method: 'GET',
    path: '/apis/apps/v1/deployments',
    as: 'ann',
    expect: {
      code: 403,
      reason: 'Forbidden',
      message: `deployments.apps is forbidden: ${denied('list', 'deployments', 'at the cluster scope')}`,
    },
  },
  {
    name: 'patching without the right',
    method: 'PATCH',
    path: web,
    type: json,
    body: [],
    as: 'ann',
    expect: {
      code: 403,
      reason: 'Forbidden',
      message: `deployments.apps "web" is forbidden: ${denied('patch', 'deployments', inside)}`,
    },
  },
  {
    name: 'a dry run without the right',
    method: 'PATCH',
    path: dry,
    type: json,
    body: [],
    as: 'ann',
    expect: {
      code: 403,
      reason: 'Forbidden',
      message: `deployments.apps "web" is forbidden: ${denied('patch', 'deployments', inside)}`,
    },
  },
  {
    name: 'scaling without the right',
    method: 'PATCH',
    path: `${web}/scale`,
    type: merge,
    body: {},
    as: 'ann',
    expect: {
      code: 403,
      reason: 'Forbidden',
      message: `deployments.apps "web" is forbidden: ${denied('patch', 'deployments/scale', inside)}`,
    },
  },
  {
    name: 'a cluster-wide object without the right',
    method: 'GET',
    path: '/api/v1/nodes/node-1',
    as: 'ann',
    expect: {
      code: 403,
      reason: 'Forbidden',
      message:
        'nodes "node-1" is forbidden: User "ann" cannot get resource "nodes" in API group "" at the cluster scope',
      details: { name: 'node-1', kind: 'nodes' },
    },
  },
  {
    name: 'a path without the right',
    method: 'GET',
    path: '/foo',
    as: 'ann',
    expect: { code: 403, reason: 'Forbidden', message: 'forbidden: User "ann" cannot get path "/foo"', details: {} },
  },
  {
    name: 'the version as anybody',
    method: 'GET',
    path: '/version',
    as: 'ann',
    expect: { code: 200, body: { major: '1' } },
  },
]

const logsOf = (pod: string) => `${ns}/pods/${pod}/log`
const logFault = (message: string) => ({
  code: 422,
  reason: 'Invalid',
  message: `PodLogOptions "plain" is invalid: ${message}`,
})
const logCases: readonly WireCase[] = [
  {
    name: 'no lines of the end',
    method: 'GET',
    path: `${logsOf('plain')}?tailLines=0`,
    expect: { code: 200, text: '' },
  },
  {
    name: 'fewer than no lines',
    method: 'GET',
    path: `${logsOf('plain')}?tailLines=-1`,
    expect: logFault('tailLines: Invalid value: -1: must be greater than or equal to 0'),
  },
  {
    name: 'lines of the last 0 seconds',
    method: 'GET',
    path: `${logsOf('plain')}?sinceSeconds=0`,
    expect: logFault('sinceSeconds: Invalid value: 0: must be greater than 0'),
  },
  {
    name: 'no bytes',
    method: 'GET',
    path: `${logsOf('plain')}?limitBytes=0`,
    expect: logFault('limitBytes: Invalid value: 0: must be greater than 0'),
  },
  {
    name: 'two beginnings',
    method: 'GET',
    path: `${logsOf('plain')}?sinceSeconds=3&sinceTime=2026-01-01T00:00:00Z`,
    expect: logFault('[]: Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified'),
  },
  {
    name: 'a number that is none',
    method: 'GET',
    path: `${logsOf('plain')}?tailLines=x`,
    expect: { code: 400, reason: 'BadRequest', message: 'strconv.ParseInt: parsing "x": invalid syntax' },
  },
  {
    name: 'a container that is not there',
    method: 'GET',
    path: `${logsOf('plain')}?container=nope`,
    expect: { code: 400, reason: 'BadRequest', message: 'container nope is not valid for pod plain' },
  },
  {
    name: 'no container of two',
    method: 'GET',
    path: logsOf('pair'),
    expect: {
      code: 400,
      reason: 'BadRequest',
      message: 'a container name must be specified for pod pair, choose one of: [app proxy]',
    },
  },
  {
    name: 'the run before the first',
    method: 'GET',
    path: `${logsOf('plain')}?previous=true`,
    expect: {
      code: 400,
      reason: 'BadRequest',
      message: /^previous terminated container "app" in pod "plain" not found\n?$/,
    },
  },
  {
    name: 'the log of a pod whose image is missing',
    method: 'GET',
    path: logsOf('absent'),
    expect: { code: 400, reason: 'BadRequest', message: /^container "app" in pod "absent" is waiting to start/ },
  },
  {
    name: 'the log of no pod',
    method: 'GET',
    path: logsOf('nope'),
    expect: { code: 404, reason: 'NotFound', message: 'pods "nope" not found' },
  },
]

export const wireCases: Readonly<Record<string, readonly WireCase[]>> = {
  patches: patchCases,
  validation: validationCases,
  scale: scaleCases,
  reads: readCases,
  writes: writeCases,
  denials: deniedCases,
  logs: logCases,
}

const template = (name: string): JsonObject => ({
  metadata: { labels: { app: name } },
  spec: { containers: [{ name: 'app', image: `registry.example/shop/${name}:1.0` }] },
})
const pod = (name: string, containers: readonly JsonObject[]): JsonObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace, labels: { app: name } },
  spec: { containers },
})

/** What must stand in the namespace, as `[collection, manifest]`. */
export const wireSetup: readonly (readonly [string, JsonObject])[] = [
  [
    `${apps}/deployments`,
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace },
      spec: { replicas: 2, selector: { matchLabels: { app: 'web' } }, template: template('web') },
    },
  ],
  [
    `${apps}/statefulsets`,
    {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'db', namespace },
      spec: { replicas: 1, serviceName: 'db', selector: { matchLabels: { app: 'db' } }, template: template('db') },
    },
  ],
  [
    `${apps}/daemonsets`,
    {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: { name: 'agent', namespace },
      spec: { selector: { matchLabels: { app: 'agent' } }, template: template('agent') },
    },
  ],
  [`${ns}/pods`, pod('plain', [{ name: 'app', image: 'registry.example/shop/plain:1.0' }])],
  [
    `${ns}/pods`,
    pod('pair', [
      { name: 'app', image: 'registry.example/shop/app:1.0' },
      { name: 'proxy', image: 'registry.example/shop/proxy:1.0' },
    ]),
  ],
  [`${ns}/pods`, pod('absent', [{ name: 'app', image: 'registry.example/shop/app:missing' }])],
]
