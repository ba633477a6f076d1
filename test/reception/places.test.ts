import { expect, test } from 'vitest'
import { parseImage } from '../../src/plans/image.ts'
import { compileImagePattern, splitImage } from '../../src/policy/images.ts'
import { questionFor } from '../../src/reception/question.ts'

test('an image whose registry is written in capitals is not taken for one of the default registry', () => {
  expect(parseImage('EVIL/shop/web:1').ok).toBe(true)
  expect(compileImagePattern('docker.io/**')(splitImage('EVIL/shop/web:1'))).toBe(false)
})

test('a name that stands for a mistyped one keeps cluster, namespace and kind of the order', () => {
  const problem = {
    code: 'target_not_found',
    cluster: 'prod',
    namespace: 'shop',
    name: 'payrol',
    nearest: ['payroll'],
  } as const
  const [button] = questionFor(problem, { line: 'deploy prod:shop/deployment/payrol 2' })
  expect(button?.value).toBe('deploy prod:shop/deployment/payroll 2')
  const [found] = questionFor({ ...problem, nearest: ['pay/payroll'] }, { line: 'deploy prod:payrol 2' })
  expect(found?.value).toBe('deploy prod:pay/payroll 2')
})
