import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { expect, test } from 'vitest'
import { createOpenStreams } from '../../../src/sandbox/kubernetes/open-stream.ts'
import { createManualClock } from '../../support/manual-clock.ts'

test('who waits for the end of a stream and takes that back is not called', () => {
  const response = new ServerResponse(new IncomingMessage(new Socket()))
  const stream = createOpenStreams(createManualClock()).open(response)
  const called: string[] = []
  stream.onClose(() => called.push('stays'))
  stream.onClose(() => called.push('goes'))()
  response.emit('close')
  expect(called).toEqual(['stays'])
})
