import type { WireCase } from './wire-case.ts'
import { ns } from './wire-case.ts'

const logsOf = (pod: string) => `${ns}/pods/${pod}/log`
const logFault = (message: string) => ({
  code: 422,
  reason: 'Invalid',
  message: `PodLogOptions "plain" is invalid: ${message}`,
})
export const logCases: readonly WireCase[] = [
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
