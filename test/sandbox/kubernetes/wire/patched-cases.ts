import type { WireCase } from './wire-case.ts'
import { apps, dry, json, merge, web, webDetails } from './wire-case.ts'

/** Patches that apply but may not be stored. */
export const patchedCases: readonly WireCase[] = [
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
